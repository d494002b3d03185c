# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""A self-service kiosk: it proves that it is one, finds numbers, forgets whoever leaves, and speaks where it may."""
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hall_pages import KIOSK, LANDSCAPE, choose, is_shown, look, press, resize, screenshot, wait
from in_browser import KIOSK_PROOF, InBrowser

ENTRANCE = "/kiosk/k1#key=lab"
LATE = "window.late = 0; const now = Date.now; Date.now = () => now() + window.late;"


class AtAKiosk(InBrowser):
    def setUp(self):
        resize(self.driver, LANDSCAPE)
        self.scripts = []
        self.open("/c")

    def tearDown(self):
        for script in self.scripts:
            self.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
        for line in self.driver.get_log("browser"):
            self.assertNotIn("Content Security Policy", line["message"])
            self.assertNotIn("Uncaught", line["message"])

    def prepare(self, source):
        """Has every page begin with a script."""
        self.scripts.append(self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source}))

    def enter(self, number):
        field = self.driver.find_element(By.ID, "number")
        field.clear()
        field.send_keys(number + Keys.ENTER)

    def is_at_entrance(self):
        return self.driver.current_url == self.pages.url + ENTRANCE and is_shown(self.driver, "#number")

    def past(self):
        """What the tab remembers: pages that the back button leads to, and what was kept."""
        return self.driver.execute_script("return [history.length, sessionStorage.length]")


class SelfService(AtAKiosk):
    def test_a_scanner_types_the_address(self):
        code = self.code()
        self.open("/kiosk/k1?lang=en#key=lab")
        field = self.driver.switch_to.active_element
        self.assertEqual(field.get_attribute("name"), "number")
        field.send_keys(f"http://hall.example/r/{code}?x=1" + Keys.ENTER)
        wait(lambda: f"/r/{code}" in self.driver.current_url)
        self.assertNotIn("hall.example", self.driver.current_url)
        choose(self.driver, "satisfied")
        press(self.driver, "#submit")
        self.thanks()
        self.assertEqual([one["place"] for one in self.pages.recorded(code)], ["kiosk"])
        wait(self.is_at_entrance)
        self.assertEqual(self.driver.find_element(By.TAG_NAME, "html").get_attribute("lang"), "zh-Hans")
        self.assertEqual(self.past()[1], 0)

    def test_a_number_that_is_found_leads_to_its_visit(self):
        self.open(ENTRANCE)
        self.enter(" a012 ")
        wait(lambda: self.text("#problem"))
        self.assertIn("没有找到这个号码", self.text("#problem"))
        self.enter("A012")
        wait(lambda: "/r/once-visit-A012" in self.driver.current_url)
        self.assertTrue(is_shown(self.driver, ".levels"))
        choose(self.driver, "dissatisfied")
        press(self.driver, "#submit")
        self.thanks()
        code = self.driver.current_url.split("/r/")[1].split("?")[0]
        self.assertEqual([one["place"] for one in self.pages.recorded(code)], ["kiosk"])

    def test_what_was_rated_already_is_said_and_nothing_else(self):
        self.open(ENTRANCE)
        self.enter("B7")
        wait(lambda: self.text("#problem"))
        self.assertIn("已经评价过", self.text("#problem"))
        self.assertNotIn("满意", self.text("body"))
        self.assertEqual(look(self.driver), [])
        screenshot(self.driver, "kiosk-already-zh-Hans-1366x768")

    def test_numbers_that_come_too_fast_wait(self):
        self.open(ENTRANCE)
        self.enter("C7")
        wait(lambda: self.text("#problem"))
        self.assertIn("太快", self.text("#problem"))

    def test_who_has_no_number_chooses_the_window(self):
        self.open(ENTRANCE)
        self.enter("Z1")
        wait(lambda: self.text("#problem"))
        press(self.driver, "#choose")
        press(self.driver, ".place-choice[value=w3]")
        wait(lambda: "/r/sign-kiosk" in self.driver.current_url)
        self.open("/c")
        self.open(ENTRANCE)
        press(self.driver, "#choose")
        press(self.driver, ".place-choice[value='']")
        wait(lambda: "/r/hall-kiosk" in self.driver.current_url)
        self.assertIn("大厅整体服务", self.text("h1"))

    def test_keys_that_are_touched(self):
        resize(self.driver, KIOSK)
        self.open(ENTRANCE)
        for value in ["change", "A", "change", "0", "1", "9", "delete", "2"]:
            press(self.driver, f".key[value='{value}']")
        self.assertEqual(self.driver.find_element(By.ID, "number").get_property("value"), "A012")
        self.assertEqual(self.driver.switch_to.active_element.get_attribute("id"), "number", "the scanner still types there")
        press(self.driver, ".find .main")
        wait(lambda: "/r/once-visit-A012" in self.driver.current_url)

    def test_tab_order(self):
        self.open(ENTRANCE)
        names = []
        self.driver.execute_script("document.querySelector('.languages a').focus()")
        for _ in range(18):
            element = self.driver.switch_to.active_element
            names.append(element.get_attribute("id") or element.get_attribute("value") or element.text.strip())
            element.send_keys(Keys.TAB)
        self.assertEqual(names, ["简体中文", "English", "ᠮᠣᠩᠭᠣᠯ", "number", *"1234567890", "change", "delete", "开始评价", "choose"])


class Proof(AtAKiosk):
    def test_a_wrong_or_no_key_says_so(self):
        self.open("/kiosk/k1#key=wrong")
        wait(lambda: is_shown(self.driver, "#unknown"))
        self.assertFalse(is_shown(self.driver, "#number"))
        self.open("/c")
        self.open("/kiosk/k1")
        wait(lambda: is_shown(self.driver, "#no-key"))
        self.assertFalse(is_shown(self.driver, "#number"))

    def test_a_page_that_shows_no_key_is_a_phones(self):
        for proof in ["", "#kiosk=k1&key=wrong", "#kiosk=other&key=lab"]:
            code = self.code()
            self.open("/c")
            self.open(f"/r/{code}?at=kiosk{proof}")
            choose(self.driver, "satisfied")
            press(self.driver, "#submit")
            self.thanks()
            self.assertEqual([one["place"] for one in self.pages.recorded(code)], ["phone"], proof)
        self.driver.execute_script("sessionStorage.clear()")

    def test_the_key_is_in_no_address_and_no_body(self):
        self.prepare("const load = window.fetch; window.fetch = (address, options) => {"
                     "sessionStorage.asked = (sessionStorage.asked || '') + JSON.stringify([address, options.body, options.headers]);"
                     "return load(address, options); };")
        self.open(ENTRANCE)
        self.enter("A1")
        wait(lambda: "/r/once-visit" in self.driver.current_url)
        choose(self.driver, "satisfied")
        press(self.driver, "#submit")
        self.thanks()
        asked = self.driver.execute_script("const asked = sessionStorage.asked; sessionStorage.clear(); return asked")
        self.assertEqual(asked.count("lab"), asked.count("Bearer lab"))
        self.assertGreaterEqual(asked.count("Bearer lab"), 3)


class WalkingAway(AtAKiosk):
    def test_a_refusal_and_a_core_that_is_away_pass(self):
        self.open(f"/r/expired?at=kiosk{KIOSK_PROOF}")
        self.assertIn("已过期", self.text("main"))
        self.pages.order("away", away=True)
        try:
            wait(lambda: "/kiosk/k1" in self.driver.current_url and "暂时无法评价" in self.text("main"))
        finally:
            self.pages.order("away", away=False)
        wait(self.is_at_entrance)

    def test_who_walks_away_leaves_nothing_behind(self):
        code = self.code()
        # The page's clock is put forward instead of waiting for a minute.
        self.prepare(LATE)
        self.open(f"/r/{code}?at=kiosk{KIOSK_PROOF}")
        choose(self.driver, "very_satisfied")
        self.driver.find_element(By.ID, "name").send_keys("其其格")
        self.driver.execute_script("window.late += 45000")
        wait(lambda: is_shown(self.driver, "#idle"))
        self.assertEqual(look(self.driver), [])
        press(self.driver, "#idle [value=keep]")
        wait(lambda: not is_shown(self.driver, "#idle"))
        self.assertEqual(self.driver.find_element(By.ID, "name").get_property("value"), "其其格")
        self.driver.execute_script("window.late += 65000")
        wait(self.is_at_entrance)
        self.assertEqual(self.past()[1], 0)
        self.assertEqual(self.pages.recorded(code), [])
        self.open(f"/r/{code}?at=kiosk{KIOSK_PROOF}")
        self.assertEqual(self.driver.execute_script(
            "const f = document.getElementById('rating').elements; return f.level.value + f.name.value"), "")

    def test_the_question_is_asked_in_every_language_and_fits(self):
        self.prepare(LATE)
        for size_name, size in {"1080x1920": KIOSK, "1366x768": LANDSCAPE}.items():
            resize(self.driver, size)
            for language in ["zh-Hans", "en", "mn-Mong"]:
                self.open("/c")
                self.open(f"/r/{self.code()}?lang={language}&at=kiosk{KIOSK_PROOF}")
                choose(self.driver, "satisfied")
                self.driver.execute_script("window.late += 45000")
                wait(lambda: is_shown(self.driver, "#idle"))
                self.assertTrue(is_shown(self.driver, "#idle [value=submit]"))
                self.assertEqual(look(self.driver), [])
                mode = self.driver.execute_script("return getComputedStyle(document.querySelector('#idle p')).writingMode")
                self.assertEqual(mode, "vertical-lr" if language == "mn-Mong" else "horizontal-tb")
                box = self.driver.execute_script(
                    "const b = document.getElementById('idle').getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]")
                self.assertTrue(box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1], f"{language} {box}")
                screenshot(self.driver, f"idle-{language}-{size_name}", whole=False)
                press(self.driver, "#idle [value=drop]")
                wait(self.is_at_entrance)

    def test_whoever_drops_it_is_forgotten_and_whoever_submits_it_is_thanked(self):
        self.prepare(LATE)
        for choice in ["drop", "submit"]:
            code = self.code()
            self.open("/c")
            self.open(f"/r/{code}?at=kiosk{KIOSK_PROOF}")
            self.driver.execute_script("window.late += 45000")
            wait(lambda: is_shown(self.driver, "#idle"))
            self.assertFalse(is_shown(self.driver, "#idle [value=submit]"), "nothing is chosen yet")
            press(self.driver, "#idle [value=keep]")
            choose(self.driver, "satisfied")
            self.driver.execute_script("window.late += 45000")
            wait(lambda: is_shown(self.driver, "#idle"))
            press(self.driver, f"#idle [value={choice}]")
            if choice == "submit":
                self.thanks()
            wait(self.is_at_entrance)
            self.assertEqual(len(self.pages.recorded(code)), 1 if choice == "submit" else 0)

    def test_the_back_button_leads_nowhere(self):
        self.open(ENTRANCE)
        before = self.past()[0]
        press(self.driver, ".languages a:nth-child(2)")
        wait(lambda: "lang=en" in self.driver.current_url)
        self.enter("A012")
        wait(lambda: "/r/once-visit" in self.driver.current_url)
        choose(self.driver, "satisfied")
        press(self.driver, ".languages a:nth-child(1)")
        wait(lambda: "lang=zh-Hans" in self.driver.current_url)
        choose(self.driver, "satisfied")
        press(self.driver, "#submit")
        self.thanks()
        wait(self.is_at_entrance)
        self.assertEqual(self.past(), [before, 0])
        self.driver.back()
        self.assertNotIn("/r/", self.driver.current_url)

    def test_the_entrance_forgets_what_was_typed(self):
        self.prepare(LATE)
        self.open("/kiosk/k1?lang=en#key=lab")
        self.driver.find_element(By.ID, "number").send_keys("15012120260042")
        self.driver.execute_script("window.late += 45000")
        wait(self.is_at_entrance)
        self.assertEqual(self.driver.find_element(By.ID, "number").get_property("value"), "")


# What the browser says aloud, kept instead of said.
SPEECH = """
    window.said = [];
    const voices = VOICES.map((lang) => ({ lang, name: lang }));
    let listeners = [], isThere = false;
    Object.defineProperty(window, 'speechSynthesis', { value: {
      getVoices: () => (isThere ? voices : []), cancel: () => window.said.push('(silence)'),
      speak: (words) => window.said.push(words.lang + ' ' + words.voice.lang + ' ' + words.text),
      addEventListener: (_, listener) => listeners.push(listener),
    } });
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
    setTimeout(() => { isThere = true; for (const one of listeners) one(); }, 300);
"""


class Voice(AtAKiosk):
    options = ("--speak",)

    def said(self):
        return [one for one in self.driver.execute_script("return window.said") if one != "(silence)"]

    def test_question_and_thanks_are_said_and_never_a_level(self):
        self.prepare(SPEECH.replace("VOICES", "['en-US', 'zh-CN']"))
        self.open(f"/r/{self.code()}?at=kiosk{KIOSK_PROOF}")
        wait(self.said)
        question = "zh-CN zh-CN 请您对本次服务作出评价"
        self.assertEqual(self.said(), [question])
        for size_name, size in {"1080x1920": KIOSK, "1366x768": LANDSCAPE}.items():
            resize(self.driver, size)
            self.assertEqual(look(self.driver), [])
            screenshot(self.driver, f"voice-zh-Hans-{size_name}")
        press(self.driver, "#voice [value=again]")
        self.assertEqual(self.said(), [question] * 2)
        choose(self.driver, "very_dissatisfied")
        press(self.driver, ".reasons:not([hidden]) .chip")
        press(self.driver, "#submit")
        self.thanks()
        wait(lambda: len(self.said()) == 3)
        self.assertEqual(self.said()[2], "zh-CN zh-CN 感谢您的评价")
        self.assertNotIn("满意", "".join(self.said()))

    def test_whoever_wants_silence_has_it(self):
        self.prepare(SPEECH.replace("VOICES", "['zh-CN']"))
        self.open(f"/r/{self.code()}?at=kiosk{KIOSK_PROOF}")
        wait(self.said)
        press(self.driver, "#voice [value=silent]")
        self.assertEqual(self.driver.execute_script("return window.said.at(-1)"), "(silence)")
        press(self.driver, "#voice [value=again]")
        choose(self.driver, "satisfied")
        press(self.driver, "#submit")
        self.thanks()
        self.assertEqual(len(self.said()), 1)

    def test_without_a_voice_of_the_language_nothing_is_offered(self):
        self.prepare(SPEECH.replace("VOICES", "['en-US', 'zh-TW']"))
        self.open(f"/r/{self.code()}?at=kiosk{KIOSK_PROOF}")
        wait(lambda: self.driver.execute_script("return speechSynthesis.getVoices().length"))
        self.assertFalse(is_shown(self.driver, "#voice"))
        self.assertEqual(self.said(), [])

    def test_other_languages_and_phones_are_silent(self):
        self.prepare(SPEECH.replace("VOICES", "['zh-CN']"))
        for address in [f"/r/{self.code()}?lang=en&at=kiosk{KIOSK_PROOF}", f"/r/{self.code()}"]:
            self.open("/c")
            self.open(address)
            wait(lambda: self.driver.execute_script("return speechSynthesis.getVoices().length"))
            self.assertEqual((self.said(), self.driver.find_elements(By.ID, "voice")), ([], []))


class Silent(AtAKiosk):
    def test_a_hall_that_does_not_ask_for_it_hears_nothing(self):
        self.open(f"/r/{self.code()}?at=kiosk{KIOSK_PROOF}")
        self.assertEqual(self.driver.find_elements(By.ID, "voice"), [])
