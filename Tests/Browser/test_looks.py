# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""How every page looks in every language and size. The screenshots are there to be looked at."""
import subprocess

from axe_selenium_python import Axe
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hall_pages import KIOSK, LANDSCAPE, PHONE, SMALL_PHONE, choose, is_shown, look, press, resize, screenshot, wait
from in_browser import KIOSK_PROOF, SERVING, InBrowser

LANGUAGES = ["zh-Hans", "en", "mn-Mong"]
SIZES = {"390x844": PHONE, "1080x1920": KIOSK, "1366x768": LANDSCAPE}


class Looks(InBrowser):
    """Every page in every language at every size: overflow, glyphs, contrast, sizes; axe once a page and language."""

    def check(self, name, is_screen=False):
        self.assertEqual(look(self.driver, is_screen), [], name)
        screenshot(self.driver, name, whole=not is_screen)

    def check_axe(self, name):
        axe = Axe(self.driver)
        axe.inject()
        found = [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:120]}" for one in axe.run()["violations"]
                 if one["impact"] in ("serious", "critical")]
        self.assertEqual(found, [], name)

    def check_pages(self, language, size_name, size):
        resize(self.driver, size)
        at, kiosk = ("", "") if size == PHONE else ("&at=kiosk", KIOSK_PROOF)
        name = f"{language}-{size_name}"
        is_first = size == PHONE

        def done(page):
            self.check(f"{page}-{name}")
            if is_first:
                self.check_axe(f"{page}-{name}")

        self.open(f"/r/{self.code()}?lang={language}{at}{kiosk}")
        self.assertEqual(self.driver.find_element(By.TAG_NAME, "html").get_attribute("lang"), language)
        done("rate")
        choose(self.driver, "basically_satisfied")
        press(self.driver, ".reasons:not([hidden]) summary")
        press(self.driver, ".reasons:not([hidden]) .chip")
        done("reasons")
        press(self.driver, "#submit")
        receipt = self.thanks()
        done("thanks")
        self.open(f"/c/{receipt}?lang={language}")
        done("receipt")
        for refusal in ["expired", "redeemed", "foreign", "nonsense"] if is_first else ["foreign"]:
            self.open(f"/r/{refusal}?lang={language}{at}{kiosk}")
            done(refusal)
        self.check_terminal(language, done)
        self.open(f"/kiosk/k1?lang={language}#key=lab")
        done("kiosk")
        press(self.driver, ".key[value=change]")
        done("kiosk-letters")
        self.driver.find_element(By.ID, "number").send_keys("Z999" + Keys.ENTER)
        wait(lambda: self.text("#problem"))
        done("kiosk-not-found")
        press(self.driver, "#choose")
        done("kiosk-windows")
        self.open(f"/kiosk/k1?lang={language}#key=wrong")
        self.driver.refresh()
        wait(lambda: self.text("#unknown"))
        done("kiosk-unknown")

    def check_terminal(self, language, done):
        """The page at another maker's terminal, which leads back to it."""
        self.open(f"/t/t1/{self.code()}?lang={language}")
        done("terminal")
        choose(self.driver, "basically_satisfied")
        done("terminal-reasons")
        self.driver.execute_script("window.hallgateShared.leaveSoon = () => {}")
        press(self.driver, "#submit")
        self.thanks()
        done("terminal-thanks")
        self.open(f"/t/t1/redeemed?lang={language}")
        done("terminal-redeemed")
        self.open(f"/t/t1/{self.code()}?lang={language}")
        choose(self.driver, "satisfied")
        self.offline(True)
        try:
            press(self.driver, "#submit")
            wait(lambda: is_shown(self.driver, "#pending"))
            done("terminal-pending")
        finally:
            self.offline(False)

    def test_pages(self):
        for language in LANGUAGES:
            for size_name, size in SIZES.items():
                with self.subTest(language=language, size=size_name):
                    self.check_pages(language, size_name, size)

    def test_smallest_phone(self):
        resize(self.driver, SMALL_PHONE)
        for language in LANGUAGES:
            self.open(f"/r/{self.code()}?lang={language}")
            self.check(f"rate-{language}-320x640")
            choose(self.driver, "very_dissatisfied")
            self.check(f"reasons-{language}-320x640")

    def test_what_is_wrong_is_seen(self):
        self.open(f"/r/{self.code()}")
        for css, words in [
                ("main { width: 500px }", "px wide"), (".hint { color: #999 }", "contrast"),
                (".hint { font-size: 12px }", "small"), (".languages a { padding: 0 }", "too small to press"),
                (".level span { position: relative; left: 300px }", "beyond the edge")]:
            self.driver.execute_script(
                "const sheet = new CSSStyleSheet(); sheet.replaceSync(arguments[0]);"
                "document.adoptedStyleSheets = [sheet]", css)
            self.assertTrue(any(words in sentence for sentence in look(self.driver)), css)
        self.driver.execute_script("document.adoptedStyleSheets = []")
        self.driver.execute_script("document.querySelector('.hint').textContent = '\\u{18B00}\\u{16D40}'")
        self.assertTrue(any("no font" in sentence for sentence in look(self.driver)))
        self.driver.execute_script("document.querySelector('button').textContent = ''")
        choose(self.driver, "satisfied")
        with self.assertRaises(AssertionError):
            self.check_axe("a button without a name")

    def test_core_away(self):
        self.pages.order("away", away=True)
        try:
            self.open("/r/once-away")
            self.check("away-zh-Hans-390x844")
            self.check_axe("away")
        finally:
            self.pages.order("away", away=False)

    def test_screens(self):
        for size_name, size in list(SIZES.items())[1:]:
            resize(self.driver, size)
            self.open("/screen/w3#key=lab")
            for kind in ["idle", "prompt", "thanks", "paused", "outOfService"]:
                words = dict(SERVING)
                if kind == "prompt":
                    words.update(codeText=f"{self.pages.url}/r/once-screen", remainingSeconds=90)
                self.pages.scene(kind, **words)
                wait(lambda: self.driver.find_element(By.TAG_NAME, "body").get_attribute("data-kind") == kind)
                self.check(f"screen-{kind}-{size_name}", is_screen=True)
                if kind == "prompt":
                    picture = screenshot(self.driver, f"screen-{kind}-{size_name}", whole=False)
                    read = subprocess.run(["zbarimg", "--raw", "-q", picture], capture_output=True, text=True, check=True)
                    self.assertEqual(read.stdout.strip(), words["codeText"])
                if size == KIOSK:
                    self.check_axe(f"screen-{kind}")

    def test_pages_are_light_and_ask_nobody_else(self):
        self.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
        for path in [f"/r/{self.code()}", "/screen/w3#key=lab"]:
            self.open("/c")
            self.open(path)
            loaded = self.driver.execute_script(
                "return performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
                ".map((one) => [one.name, one.decodedBodySize])")
            self.assertGreaterEqual(len(loaded), 3)
            self.assertLess(sum(size for _, size in loaded), 60_000, loaded)
            for address, _ in loaded:
                self.assertTrue(address.startswith((self.pages.url, "data:")), address)

    def tearDown(self):
        # Whatever the pages' own policy refused would stand here.
        for line in self.driver.get_log("browser"):
            self.assertNotIn("Content Security Policy", line["message"])
            self.assertNotIn("Uncaught", line["message"])
