# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""A citizen rates: once, whatever happens to tap, page, network and answer."""
import json

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hall_pages import choose, is_shown, look, press, screenshot, wait
from in_browser import InBrowser


class Rating(InBrowser):
    def test_the_whole_way(self):
        code = self.code()
        self.rate(code)
        self.assertIn("4 / 150", self.text("#count"))
        press(self.driver, "#submit")
        receipt = self.thanks()
        self.assertNotIn("不满意", self.text("body"))
        [rating] = self.pages.recorded(code)
        self.assertEqual((rating["level"], rating["indicators"], rating["text"], rating["place"]),
                         ("dissatisfied", ["207"], "等了很久", "phone"))
        press(self.driver, "#done a")
        wait(lambda: "/c/" in self.driver.current_url)
        self.assertIn(receipt, self.text("main"))
        self.assertNotIn("不满意", self.text("body"))
        # The phone that rated finds its thanks again; any other is refused kindly.
        self.open(f"/r/{code}")
        self.assertEqual(self.thanks(), receipt)
        self.driver.execute_script("sessionStorage.clear()")
        self.open(f"/r/{code}")
        self.assertIn("已经评价过", self.text("main"))
        self.assertFalse(is_shown(self.driver, "#done"))

    def test_a_double_tap_is_one_rating(self):
        code = self.code("sign")
        before = self.pages.ratings()["attempts"]
        self.rate(code)
        self.driver.execute_script("const b = document.getElementById('submit'); b.click(); b.click(); b.click();")
        self.thanks()
        self.assertEqual(len(self.pages.recorded(code)), 1)
        self.assertEqual(self.pages.ratings()["attempts"], before + 1)

    def test_fingers_that_tap_twice(self):
        code = self.code("sign")
        self.rate(code)
        ActionChains(self.driver).double_click(self.driver.find_element(By.ID, "submit")).perform()
        self.thanks()
        self.assertEqual(len(self.pages.recorded(code)), 1)

    def test_a_reload_keeps_choice_and_number(self):
        code = self.code()
        self.rate(code)

        def state():
            return self.driver.execute_script(
                "const f = document.getElementById('rating').elements; return [f.submission.value, f.level.value,"
                "[...document.querySelectorAll('.chip input:checked')].map((one) => one.value), f.text.value];")
        before = state()
        self.assertEqual(before[1:], ["dissatisfied", ["207"], "等了很久"])
        self.driver.refresh()
        self.assertEqual(state(), before)
        self.open(f"/r/{code}?lang=en")
        self.assertEqual(state(), before)
        press(self.driver, "#submit")
        receipt = self.thanks()
        self.assertEqual([one["submission"] for one in self.pages.recorded(code)], [before[0]])
        self.driver.refresh()
        self.assertEqual(self.thanks(), receipt)

    def test_a_lost_network_sends_the_same_number_when_it_is_back(self):
        code = self.code()
        self.rate(code)
        number = self.driver.execute_script("return document.getElementById('rating').elements.submission.value")
        self.offline(True)
        try:
            press(self.driver, "#submit")
            wait(lambda: is_shown(self.driver, "#pending"))
            self.assertEqual(look(self.driver), [])
            screenshot(self.driver, "pending-zh-Hans-390x844")
            self.assertEqual(self.pages.recorded(code), [])
            self.assertFalse(is_shown(self.driver, "#done"))
        finally:
            self.offline(False)
        self.thanks()
        self.assertEqual([one["submission"] for one in self.pages.recorded(code)], [number])

    def test_a_lost_answer_is_asked_for_again(self):
        code = self.code()
        self.rate(code)
        before = self.pages.ratings()["attempts"]
        self.pages.order("lose", lose=1)
        press(self.driver, "#submit")
        self.thanks()
        self.assertEqual(len(self.pages.recorded(code)), 1)
        self.assertEqual(self.pages.ratings()["attempts"], before + 2)

    def test_a_reload_while_the_answer_is_lost(self):
        code = self.code()
        self.rate(code)
        self.pages.order("lose", lose=1)
        press(self.driver, "#submit")
        wait(lambda: is_shown(self.driver, "#pending"))
        # By now the code is redeemed, by this very rating: the page of the refusal finds the thanks.
        self.driver.refresh()
        self.thanks()
        self.assertEqual(len(self.pages.recorded(code)), 1)

    def test_a_code_that_ran_out_meanwhile_is_said_so(self):
        code = self.code()
        self.rate(code)
        # Somebody else redeems the code first.
        body = json.dumps({"submission": "1b4e28ba-2fa1-41d2-883f-0016d3cca427", "level": "satisfied"})
        self.driver.execute_async_script(
            "const done = arguments[2]; fetch('/r/' + arguments[0] + '/ratings', {method: 'POST', body: arguments[1],"
            "headers: {'Content-Type': 'application/json'}}).then(done, done)", code, body)
        press(self.driver, "#submit")
        wait(lambda: is_shown(self.driver, "#refused"))
        self.assertIn("已经评价过", self.text("#refused"))
        self.assertFalse(is_shown(self.driver, "#done"))

    def test_too_long_a_text_is_counted_and_kept(self):
        code = self.code()
        self.rate(code, text="好" * 148 + "👍")
        self.assertIn("149 / 150", self.text("#count"))
        self.driver.find_element(By.ID, "text").send_keys("好好")
        press(self.driver, "#submit")
        wait(lambda: is_shown(self.driver, "#problem"))
        self.assertIn("超过 150 字", self.text("#problem"))
        self.assertEqual(self.pages.recorded(code), [])

    def test_keyboard_and_tab_order(self):
        self.open(f"/r/{self.code()}")
        self.assertEqual(self.tab_through(4), ["简体中文", "English", "ᠮᠣᠩᠭᠣᠯ", "level"])
        self.driver.switch_to.active_element.send_keys(Keys.SPACE)
        self.driver.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
        self.assertEqual(self.driver.execute_script("return document.getElementById('rating').elements.level.value"),
                         "satisfied")
        self.assertEqual(self.driver.switch_to.active_element.get_attribute("name"), "level")
        self.driver.execute_script("document.activeElement.blur()")
        self.open(self.driver.current_url.replace(self.pages.url, ""))
        self.assertEqual(self.tab_through(), [
            "简体中文", "English", "ᠮᠣᠩᠭᠣᠯ", "level", "indicators", "indicators", "indicators", "更多选项", "text", "name",
            "mobile", "submit"])
        press(self.driver, "#submit")
        self.thanks()
        self.assertEqual(self.driver.switch_to.active_element.text, "感谢您的评价")

    def tab_through(self, steps=30):
        names = []
        for _ in range(steps):
            self.driver.switch_to.active_element.send_keys(Keys.TAB)
            element = self.driver.switch_to.active_element
            if element.tag_name == "body":
                break
            names.append(element.get_attribute("name") or (element.get_attribute("id") or element.text.strip()))
        # After the last the focus leaves the page, or goes round.
        return names[:names.index(names[0], 1)] if names.count(names[0]) > 1 else names

    def test_without_scripts(self):
        code = self.code()
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        try:
            self.open(f"/r/{code}")
            self.assertFalse(is_shown(self.driver, "#submit"), "what follows shows with its level")
            self.driver.find_element(By.CSS_SELECTOR, "input[value=dissatisfied]").click()
            shown = [one for one in self.driver.find_elements(By.CSS_SELECTOR, ".reasons") if one.is_displayed()]
            self.assertEqual([one.get_attribute("data-level") for one in shown], ["dissatisfied"])
            press(self.driver, "input[value='208']")
            press(self.driver, "#submit")
            wait(lambda: "感谢您的评价" in self.text("main"))
            screenshot(self.driver, "noscript-thanks-zh-Hans-390x844")
        finally:
            self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        self.assertEqual([one["indicators"] for one in self.pages.recorded(code)], [["208"]])


class Reasons(InBrowser):
    """A hall whose region takes a bad rating only with a reason, and wants to know who rates."""

    options = ("--reason-required", "--real-name", "required", "--languages", "zh-Hans")

    def test_reason_name_and_number_are_asked_for(self):
        code = self.code()
        self.open(f"/r/{code}")
        self.assertFalse(is_shown(self.driver, ".languages"))
        choose(self.driver, "very_dissatisfied")
        for words, field, value in [("请至少选择一项感受", "text", "差"), ("请填写姓名", "name", "其其格"),
                                    ("联系电话", "mobile", "13800000000")]:
            press(self.driver, "#submit")
            self.assertIn(words, self.text("#problem"))
            self.assertEqual(self.driver.switch_to.active_element.get_attribute("id"), field)
            self.driver.find_element(By.ID, field).send_keys(value)
        press(self.driver, "#submit")
        self.thanks()
        [rating] = self.pages.recorded(code)
        self.assertEqual((rating["name"], rating["mobile"], rating["text"]), ("其其格", "13800000000", "差"))

    def test_a_good_rating_needs_none(self):
        code = self.code()
        self.open(f"/r/{code}")
        choose(self.driver, "satisfied")
        self.driver.find_element(By.ID, "name").send_keys("其其格")
        self.driver.find_element(By.ID, "mobile").send_keys("0471-1234567")
        press(self.driver, "#submit")
        self.thanks()
        self.assertEqual(len(self.pages.recorded(code)), 1)
