# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Kiosk screens follow their window and recover."""
from selenium.webdriver.common.by import By

from hall_pages import KIOSK, LANDSCAPE, Pages, is_shown, look, resize, screenshot, wait
from in_browser import SERVING, WINDOW, InBrowser


class Screens(InBrowser):
    def kind(self):
        return self.driver.find_element(By.TAG_NAME, "body").get_attribute("data-kind")

    def setUp(self):
        resize(self.driver, KIOSK)

    def test_scenes_follow_at_once(self):
        self.pages.scene("idle", window=WINDOW)
        self.open("/screen/w3#key=lab")
        wait(lambda: self.kind() == "idle")
        self.pages.scene("prompt", **SERVING)
        wait(lambda: self.kind() == "prompt")
        self.assertIn("巴雅尔", self.text(".staff"))
        self.pages.scene("thanks", **SERVING)
        wait(lambda: self.kind() == "thanks")
        self.assertFalse(is_shown(self.driver, ".staff"))
        self.pages.scene("paused")
        wait(lambda: self.kind() == "paused")

    def test_text_from_outside_is_text(self):
        self.open("/screen/w3#key=lab")
        self.pages.scene("prompt", window=WINDOW, staff="<img src=x onerror=alert(1)>", ticket="<b>1</b>")
        wait(lambda: self.kind() == "prompt" and is_shown(self.driver, ".staff"))
        self.assertIn("<img src=x", self.text(".staff"))
        self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, ".staff img, .staff b"), [])

    def test_a_wrong_or_no_key_says_so(self):
        # From the same page another key behind # would load nothing.
        self.open("/c")
        self.open("/screen/w3#key=wrong")
        wait(lambda: self.kind() == "unknown")
        self.open("/c")
        self.open("/screen/w3")
        wait(lambda: self.kind() == "noKey")

    def test_the_key_is_in_no_address(self):
        script = self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {
            "source": "window.asked = []; const load = window.fetch; window.fetch = (address, options) => {"
                      "window.asked.push([address, options.headers]); return load(address, options); };"})
        try:
            self.open("/c")
            self.open("/screen/w3#key=lab")
            wait(lambda: self.kind() not in ("starting",))
            self.assertEqual(self.driver.execute_script("return window.asked"),
                             [["/screen/w3/events", {"Authorization": "Bearer lab"}]])
        finally:
            self.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)

    def test_it_recovers_when_the_core_was_away(self):
        self.pages.scene("idle", window=WINDOW)
        self.open("/screen/w3#key=lab")
        wait(lambda: self.kind() == "idle")
        self.pages.order("away", away=True)
        wait(lambda: is_shown(self.driver, ".link"))
        self.pages.order("away", away=False)
        wait(lambda: not is_shown(self.driver, ".link"), 60)
        self.pages.scene("thanks", window=WINDOW)
        wait(lambda: self.kind() == "thanks")

    def test_it_recovers_when_the_server_was_killed(self):
        server = Pages()
        try:
            self.driver.get(server.url + "/screen/w3#key=lab")
            wait(lambda: self.kind() == "idle")
            server.stop(9)
            wait(lambda: is_shown(self.driver, ".link"))
            screenshot(self.driver, "screen-reconnecting-1080x1920", whole=False)
            self.check_notice_covers_nothing()
            server = Pages(port=server.port)
            wait(lambda: not is_shown(self.driver, ".link"), 60)
            server.scene("prompt", **SERVING)
            wait(lambda: self.kind() == "prompt")
        finally:
            server.stop()

    def check_notice_covers_nothing(self):
        for size in [KIOSK, LANDSCAPE]:
            resize(self.driver, size)
            self.assertEqual(look(self.driver, True), [])
            covered = self.driver.execute_script("""
                const notice = document.querySelector('.link').getBoundingClientRect();
                return [...document.querySelectorAll('footer p, main *, header *')].filter((one) => {
                  const box = one.getBoundingClientRect();
                  return box.height && box.width && box.bottom > notice.top + 1 && box.top < notice.bottom - 1
                    && box.right > notice.left && box.left < notice.right;
                }).map((one) => one.textContent);""")
            self.assertEqual(covered, [])

    def test_a_screen_that_comes_later_shows_how_much_time_is_gone(self):
        self.pages.scene("prompt", codeText=f"{self.pages.url}/r/once-late", remainingSeconds=15, wholeSeconds=60, **SERVING)
        self.open("/screen/w3#key=lab")
        wait(lambda: is_shown(self.driver, ".track"))
        share = self.driver.execute_script(
            "return Number(document.querySelector('[data-field=track]').style.transform.match(/[\\d.]+/)[0])")
        self.assertLess(share, 0.26)
        self.assertGreater(share, 0.1)

    def test_it_notices_a_line_that_is_dead_without_a_word(self):
        server = Pages()
        try:
            self.driver.get(server.url + "/screen/w3#key=lab")
            wait(lambda: self.kind() == "idle")
            server.process.send_signal(19)
            wait(lambda: is_shown(self.driver, ".link"), 70)
            server.process.send_signal(18)
            wait(lambda: not is_shown(self.driver, ".link"), 60)
        finally:
            server.stop()
