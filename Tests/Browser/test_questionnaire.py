# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""A citizen answers a questionnaire: once, along its rules, whatever happens to tap, page, network and answer."""
import json
import urllib.request

from axe_selenium_python import Axe
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hall_pages import KIOSK, LANDSCAPE, PHONE, SMALL_PHONE, is_shown, look, press, resize, screenshot, wait
from in_browser import KIOSK_PROOF, InBrowser
from test_kiosk import ENTRANCE, LATE, AtAKiosk

LANGUAGES = ["zh-Hans", "en", "mn-Mong"]
SIZES = {"390x844": PHONE, "1080x1920": KIOSK, "1366x768": LANDSCAPE}


class Answering(InBrowser):
    def setUp(self):
        super().setUp()
        self.driver.get(self.pages.url + "/c")
        self.driver.execute_script("sessionStorage.clear()")
        self.recorded_before = len(self.responses()["recorded"])

    def responses(self):
        with urllib.request.urlopen(f"{self.pages.url}/lab/answers", timeout=20) as answer:
            return json.load(answer)

    def new(self):
        """The responses that were recorded since the test began."""
        return self.responses()["recorded"][self.recorded_before:]

    def answer(self, question, value):
        press(self.driver, f'[data-question="{question}"] input[value="{value}"]')

    def write(self, text):
        self.driver.find_element(By.TAG_NAME, "textarea").send_keys(text)

    def shown(self):
        return [one.get_attribute("data-question") for one in self.driver.find_elements(By.CSS_SELECTOR, ".question")
                if one.is_displayed()]

    def fill_in(self, path="/q/hall"):
        self.open(path)
        self.answer("purpose", "apply")
        self.answer("liked", "speed")
        self.answer("effort", "2")
        self.write("多设座椅")

    def state(self):
        return self.driver.execute_script(
            "const f = document.getElementById('answers'); return [f.elements.submission.value,"
            "[...f.querySelectorAll('input:checked')].map((one) => one.value), f.querySelector('textarea').value];")

    def number(self):
        return self.state()[0]


class Questionnaire(Answering):
    def test_the_whole_way(self):
        self.open("/q")
        press(self.driver, "a[href^='/q/hall']")
        wait(lambda: "/q/hall" in self.driver.current_url)
        self.fill_in()
        self.assertIn("4 / 100", self.text(".count"))
        press(self.driver, "#submit")
        receipt = self.thanks()
        self.assertIn("感谢您填写问卷", self.text("#done"))
        self.assertIn("答卷", self.text("#done"))
        [response] = self.new()
        self.assertEqual((response["questionnaire"], response["place"], response["language"]),
                         ("hall", "phone", "zh-Hans"))
        self.assertEqual(response["answers"], [
            {"question": "purpose", "choices": ["apply"]}, {"question": "liked", "choices": ["speed"]},
            {"question": "effort", "scale": 2}, {"question": "wish", "text": "多设座椅"}])
        # A reload finds its thanks again; who comes anew finds an empty page.
        self.driver.refresh()
        self.assertEqual(self.thanks(), receipt)
        self.open("/q/hall")
        self.assertTrue(is_shown(self.driver, "#answers"))
        self.assertEqual(self.state()[1:], [[], ""])
        self.assertEqual(len(self.new()), 1)

    def test_rules_leave_questions_out(self):
        self.open("/q/hall")
        self.assertEqual(self.shown(), ["purpose", "liked", "effort", "wish"])
        address = self.driver.current_url
        self.answer("effort", "5")
        self.assertEqual(self.shown(), ["purpose", "liked", "effort"])
        self.answer("effort", "3")
        self.write("多设座椅")
        self.answer("purpose", "ask")
        self.assertEqual(self.shown(), ["purpose", "wish"])
        self.assertEqual(self.driver.current_url, address, "no page was loaded")
        press(self.driver, "#submit")
        self.thanks()
        # What was chosen in a question that was left out afterwards is not sent.
        self.assertEqual(self.new()[0]["answers"], [
            {"question": "purpose", "choices": ["ask"]}, {"question": "wish", "text": "多设座椅"}])

    def test_what_was_left_out_comes_back_as_it_was(self):
        self.fill_in()
        before = self.state()
        self.answer("purpose", "ask")
        self.answer("purpose", "apply")
        self.assertEqual(self.state(), before)
        self.assertEqual(len(self.shown()), 4)

    def test_required_questions_most_options_and_length(self):
        self.open("/q/hall")
        for words, question, value in [("请回答：您今天来办什么", "purpose", "apply"), ("请回答：办事容易吗", "effort", "3")]:
            press(self.driver, "#submit")
            self.assertIn(words, self.text("#problem"))
            self.assertEqual([one.get_attribute("data-question") for one in
                              self.driver.find_elements(By.CSS_SELECTOR, "[data-wrong]")], [question])
            focused = self.driver.switch_to.active_element
            self.assertEqual(focused.get_attribute("name"), f"q.{question}")
            self.answer(question, value)
            self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, "[data-wrong]"), [])
        for value in ["speed", "manner", "place"]:
            self.answer("liked", value)
        press(self.driver, "#submit")
        self.assertIn("最多选 2 项", self.text("#problem"))
        self.answer("liked", "place")
        self.write("好" * 101)
        self.assertIn("101 / 100", self.text(".count"))
        press(self.driver, "#submit")
        self.assertIn("超过 100 字", self.text("#problem"))
        self.assertEqual(self.driver.switch_to.active_element.tag_name, "textarea")
        self.assertEqual(self.new(), [])
        self.driver.switch_to.active_element.send_keys(Keys.END, Keys.BACKSPACE)
        press(self.driver, "#submit")
        self.thanks()
        self.assertEqual(len(self.new()), 1)

    def test_an_answer_can_be_taken_back(self):
        self.open("/q/short")
        press(self.driver, "#submit")
        self.assertIn("请至少回答一道题", self.text("#problem"))
        self.answer("again", "7")
        self.answer("again", "")
        press(self.driver, "#submit")
        self.assertIn("请至少回答一道题", self.text("#problem"))
        self.assertEqual(self.new(), [])

    def test_a_double_tap_is_one_response(self):
        before = self.responses()["attempts"]
        self.fill_in()
        self.driver.execute_script("const b = document.getElementById('submit'); b.click(); b.click(); b.click();")
        self.thanks()
        self.assertEqual((len(self.new()), self.responses()["attempts"]), (1, before + 1))
        self.fill_in()
        ActionChains(self.driver).double_click(self.driver.find_element(By.ID, "submit")).perform()
        self.thanks()
        self.assertEqual(len(self.new()), 2)

    def test_a_reload_keeps_answers_and_number(self):
        self.fill_in()
        before = self.state()
        self.driver.refresh()
        self.assertEqual(self.state(), before)
        self.open("/q/hall?lang=en")
        self.assertEqual(self.state(), before)
        press(self.driver, "#submit")
        self.thanks()
        self.assertEqual([one["submission"] for one in self.new()], [before[0]])

    def test_a_lost_network_sends_the_same_number_when_it_is_back(self):
        self.fill_in()
        number = self.number()
        self.offline(True)
        try:
            press(self.driver, "#submit")
            wait(lambda: is_shown(self.driver, "#pending"))
            self.assertEqual(look(self.driver), [])
            screenshot(self.driver, "questionnaire-pending-zh-Hans-390x844")
            self.assertEqual(self.new(), [])
            self.assertFalse(is_shown(self.driver, "#done"))
        finally:
            self.offline(False)
        self.thanks()
        self.assertEqual([one["submission"] for one in self.new()], [number])

    def test_a_lost_answer_is_asked_for_again(self):
        self.fill_in()
        before = self.responses()["attempts"]
        self.pages.order("lose-answers", lose=1)
        press(self.driver, "#submit")
        self.thanks()
        self.assertEqual((len(self.new()), self.responses()["attempts"]), (1, before + 2))

    def test_a_reload_while_the_core_is_away(self):
        self.fill_in()
        self.pages.order("lose-answers", lose=4)
        press(self.driver, "#submit")
        wait(lambda: is_shown(self.driver, "#pending"))
        self.pages.order("away", away=True)
        try:
            self.driver.refresh()
            wait(lambda: is_shown(self.driver, "#pending"))
            self.assertFalse(is_shown(self.driver, "#done"))
        finally:
            self.pages.order("away", away=False)
        self.thanks()
        self.assertEqual(len(self.new()), 1)

    def test_another_version_keeps_what_is_still_asked(self):
        self.fill_in()
        self.pages.order("renew")
        press(self.driver, "#submit")
        wait(lambda: "问卷已更新" in self.text("#problem"))
        self.assertEqual(self.new(), [])
        self.assertEqual(self.state()[1:], [["apply", "speed", "2"], "多设座椅"])
        press(self.driver, "#submit")
        self.thanks()
        self.assertEqual(len(self.new()), 1)

    def test_keyboard_and_tab_order(self):
        self.open("/q/hall")
        names = []
        for _ in range(9):
            self.driver.switch_to.active_element.send_keys(Keys.TAB)
            element = self.driver.switch_to.active_element
            names.append(element.get_attribute("name") or element.get_attribute("id") or element.text.strip())
        self.assertEqual(names, [
            "简体中文", "English", "ᠮᠣᠩᠭᠣᠯ", "q.purpose", "q.liked", "q.liked", "q.liked", "q.effort", "q.wish"])
        self.driver.switch_to.active_element.send_keys(Keys.TAB)
        self.assertEqual(self.driver.switch_to.active_element.get_attribute("id"), "submit")

    def test_without_scripts(self):
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        try:
            self.open("/q/hall")
            self.assertTrue(is_shown(self.driver, "#submit"))
            self.assertEqual(len(self.shown()), 4)
            self.assertIn("请跳到第 4 题", self.text('[data-question="purpose"]'))
            screenshot(self.driver, "questionnaire-noscript-zh-Hans-390x844")
            self.answer("liked", "speed")
            press(self.driver, "#submit")
            wait(lambda: "请回答：您今天来办什么" in self.text("#problem"))
            self.answer("purpose", "ask")
            self.write("多设座椅")
            press(self.driver, "#submit")
            wait(lambda: "感谢您填写问卷" in self.text("main"))
            screenshot(self.driver, "questionnaire-noscript-thanks-zh-Hans-390x844")
        finally:
            self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        self.assertEqual([one["answers"] for one in self.new()], [[
            {"question": "purpose", "choices": ["ask"]}, {"question": "wish", "text": "多设座椅"}]])

    def test_the_receipt_offers_what_the_site_says(self):
        code = self.code()
        self.rate(code)
        press(self.driver, "#submit")
        receipt = self.thanks()
        self.open(f"/c/{receipt}")
        offers = [one.get_attribute("href") for one in self.driver.find_elements(By.CSS_SELECTOR, "a.offer")]
        self.assertEqual(offers, [f"{self.pages.url}/q/short?lang=zh-Hans"])


class AtTheKiosk(AtAKiosk, Answering):
    """A self-service kiosk leads to the questionnaires, and forgets whoever walks away."""

    def setUp(self):
        super().setUp()
        self.recorded_before = len(self.responses()["recorded"])

    def come_in(self):
        self.open(ENTRANCE)
        self.go_on()

    def go_on(self):
        press(self.driver, "#questionnaires")
        wait(lambda: "/q?" in self.driver.current_url)
        press(self.driver, "a[href^='/q/hall']")
        wait(lambda: "/q/hall" in self.driver.current_url and is_shown(self.driver, "#answers"))

    def test_the_entrance_leads_to_it_and_the_key_goes_along(self):
        self.open(ENTRANCE)
        before = self.past()[0]
        self.go_on()
        self.assertTrue(self.driver.current_url.endswith(KIOSK_PROOF))
        self.answer("purpose", "ask")
        self.write("多设座椅")
        press(self.driver, ".languages a:nth-child(2)")
        wait(lambda: "lang=en" in self.driver.current_url)
        self.answer("purpose", "ask")
        press(self.driver, "#submit")
        self.thanks()
        wait(self.is_at_entrance)
        self.assertEqual(self.past(), [before, 0])
        [response] = self.new()
        self.assertEqual((response["place"], response["kiosk"], response["key"]), ("kiosk", "k1", "lab"))
        # The next citizen sees nothing of it.
        self.come_in()
        self.assertEqual(self.state()[1:], [[], ""])

    def test_whoever_walks_away_is_forgotten_and_nothing_is_sent(self):
        self.prepare(LATE)
        self.come_in()
        self.answer("purpose", "ask")
        self.write("多设座椅")
        self.driver.execute_script("window.late += 45000")
        wait(lambda: is_shown(self.driver, "#idle"))
        self.assertEqual(look(self.driver), [])
        screenshot(self.driver, "questionnaire-idle-zh-Hans-1366x768", whole=False)
        press(self.driver, "#idle [value=keep]")
        wait(lambda: not is_shown(self.driver, "#idle"))
        self.assertEqual(self.state()[1:], [["ask"], "多设座椅"])
        self.driver.execute_script("window.late += 65000")
        wait(self.is_at_entrance)
        self.assertEqual((self.new(), self.past()[1]), ([], 0))
        # Nor does the list stay.
        self.open("/q?at=kiosk" + KIOSK_PROOF)
        self.driver.execute_script("window.late += 65000")
        wait(self.is_at_entrance)

    def test_the_choice_to_submit_or_drop(self):
        self.prepare(LATE)
        for choice in ["drop", "submit"]:
            self.come_in()
            self.driver.execute_script("window.late += 45000")
            wait(lambda: is_shown(self.driver, "#idle"))
            self.assertFalse(is_shown(self.driver, "#idle [value=submit]"), "nothing is answered yet")
            press(self.driver, "#idle [value=keep]")
            self.answer("purpose", "ask")
            self.driver.execute_script("window.late += 45000")
            wait(lambda: is_shown(self.driver, "#idle"))
            press(self.driver, f"#idle [value={choice}]")
            if choice == "submit":
                self.thanks()
            wait(self.is_at_entrance)
            self.assertEqual(len(self.new()), 1 if choice == "submit" else 0)

    def test_what_is_half_filled_in_is_not_sent_by_the_choice_to_submit(self):
        self.prepare(LATE)
        self.come_in()
        self.answer("purpose", "apply")
        self.driver.execute_script("window.late += 45000")
        wait(lambda: is_shown(self.driver, "#idle"))
        press(self.driver, "#idle [value=submit]")
        wait(lambda: "请回答：办事容易吗" in self.text("#problem"))
        self.assertEqual(self.new(), [])


class Looks(Answering):
    """Every page of questionnaires in every language at every size; axe once a page and language."""

    def check(self, name, is_first):
        self.assertEqual(look(self.driver), [], name)
        screenshot(self.driver, f"questionnaire-{name}")
        if not is_first:
            return
        axe = Axe(self.driver)
        axe.inject()
        found = [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:120]}" for one in axe.run()["violations"]
                 if one["impact"] in ("serious", "critical")]
        self.assertEqual(found, [], name)

    def check_pages(self, language, size_name, size):
        resize(self.driver, size)
        at = "" if size == PHONE else f"&at=kiosk{KIOSK_PROOF}"
        name, is_first = f"{language}-{size_name}", size == PHONE
        self.open(f"/q?lang={language}{at}")
        self.check(f"list-{name}", is_first)
        self.open(f"/q/hall?lang={language}{at}")
        self.assertEqual(self.driver.find_element(By.TAG_NAME, "html").get_attribute("lang"), language)
        self.check(f"open-{name}", is_first)
        press(self.driver, "#submit")
        self.check(f"problem-{name}", is_first)
        self.answer("purpose", "apply")
        self.answer("liked", "manner")
        self.answer("effort", "2")
        self.write("多设座椅")
        self.check(f"answered-{name}", is_first)
        press(self.driver, "#submit")
        self.thanks()
        self.check(f"thanks-{name}", is_first)
        self.open(f"/q/other?lang={language}{at}")
        self.check(f"unknown-{name}", is_first)

    def test_pages(self):
        for language in LANGUAGES:
            for size_name, size in SIZES.items():
                with self.subTest(language=language, size=size_name):
                    self.check_pages(language, size_name, size)

    def test_smallest_phone(self):
        resize(self.driver, SMALL_PHONE)
        for language in LANGUAGES:
            with self.subTest(language=language):
                self.open(f"/q/hall?lang={language}")
                self.check(f"open-{language}-320x640", False)

    def test_pages_are_light(self):
        self.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
        self.open("/q/hall")
        loaded = self.driver.execute_script(
            "return performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
            ".map((one) => [one.name, one.decodedBodySize])")
        self.assertGreaterEqual(len(loaded), 4)
        self.assertLess(sum(size for _, size in loaded), 60_000, loaded)
        for address, _ in loaded:
            self.assertTrue(address.startswith((self.pages.url, "data:")), address)

    def tearDown(self):
        for line in self.driver.get_log("browser"):
            self.assertNotIn("Content Security Policy", line["message"])
            self.assertNotIn("Uncaught", line["message"])
