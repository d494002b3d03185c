#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""The citizens' pages in a real browser, over a hall that follows a script.

usage: test_pages.py BINARY [unittest arguments]; BINARY is hallgate-lab. Screenshots go to $HALLGATE_SCREENSHOTS, else
.build/screenshots: they are there to be looked at.
"""
import json
import subprocess
import sys
import time
import unittest

from axe_selenium_python import Axe
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import hall_pages
from hall_pages import (KIOSK, LANDSCAPE, PHONE, SMALL_PHONE, Pages, choose, is_shown, look, press, resize, screenshot,
                        wait)

BINARY = sys.argv.pop(1)
LANGUAGES = ["zh-Hans", "en", "mn-Mong"]
SIZES = {"390x844": PHONE, "1080x1920": KIOSK, "1366x768": LANDSCAPE}
WINDOW = {"id": "w3", "name": "3号综合窗口"}
SERVING = {"window": WINDOW, "staff": "巴雅尔 · 010306", "ticket": "A012"}


class InBrowser(unittest.TestCase):
    codes = 0

    @classmethod
    def setUpClass(cls):
        cls.pages = Pages(BINARY)
        cls.driver = hall_pages.browser()

    @classmethod
    def tearDownClass(cls):
        cls.driver.quit()
        cls.pages.stop()

    def setUp(self):
        resize(self.driver, PHONE)

    def code(self, kind="once"):
        """A code that no other test uses."""
        InBrowser.codes += 1
        return f"{kind}-{InBrowser.codes}"

    def open(self, path):
        self.driver.get(self.pages.url + path)

    def text(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector).text

    def offline(self, flag):
        self.driver.execute_cdp_cmd("Network.enable", {})
        self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {
            "offline": flag, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})

    def rate(self, code, level="dissatisfied", text="等了很久"):
        self.open(f"/r/{code}")
        choose(self.driver, level)
        press(self.driver, ".reasons:not([hidden]) .chip")
        self.driver.find_element(By.ID, "text").send_keys(text)

    def thanks(self):
        wait(lambda: is_shown(self.driver, "#done"))
        return self.text("#done .number")


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
        at = "" if size == PHONE else "&at=kiosk"
        name = f"{language}-{size_name}"
        is_first = size == PHONE

        def done(page):
            self.check(f"{page}-{name}")
            if is_first:
                self.check_axe(f"{page}-{name}")

        self.open(f"/r/{self.code()}?lang={language}{at}")
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
        for refusal in ["expired", "redeemed", "foreign", "nonsense"]:
            self.open(f"/r/{refusal}?lang={language}{at}")
            done(refusal)
        self.open(f"/kiosk?lang={language}")
        done("kiosk")

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

    @classmethod
    def setUpClass(cls):
        cls.pages = Pages(BINARY, "--reason-required", "--real-name", "required", "--languages", "zh-Hans")
        cls.driver = hall_pages.browser()

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
        server = Pages(BINARY)
        try:
            self.driver.get(server.url + "/screen/w3#key=lab")
            wait(lambda: self.kind() == "idle")
            server.stop(9)
            wait(lambda: is_shown(self.driver, ".link"))
            screenshot(self.driver, "screen-reconnecting-1080x1920", whole=False)
            server = Pages(BINARY, port=server.port)
            wait(lambda: not is_shown(self.driver, ".link"), 60)
            server.scene("prompt", **SERVING)
            wait(lambda: self.kind() == "prompt")
        finally:
            server.stop()

    def test_it_notices_a_line_that_is_dead_without_a_word(self):
        server = Pages(BINARY)
        try:
            self.driver.get(server.url + "/screen/w3#key=lab")
            wait(lambda: self.kind() == "idle")
            server.process.send_signal(19)
            wait(lambda: is_shown(self.driver, ".link"), 70)
            server.process.send_signal(18)
            wait(lambda: not is_shown(self.driver, ".link"), 60)
        finally:
            server.stop()


class SelfService(InBrowser):
    def setUp(self):
        resize(self.driver, LANDSCAPE)

    def test_a_scanner_types_the_address(self):
        code = self.code()
        self.open("/kiosk?lang=en")
        field = self.driver.switch_to.active_element
        self.assertEqual(field.get_attribute("name"), "code")
        field.send_keys(f"http://hall.example/r/{code}?x=1" + Keys.ENTER)
        wait(lambda: f"/r/{code}" in self.driver.current_url)
        self.assertNotIn("hall.example", self.driver.current_url)
        choose(self.driver, "satisfied")
        press(self.driver, "#submit")
        self.thanks()
        self.assertEqual([one["place"] for one in self.pages.recorded(code)], ["kiosk"])
        wait(lambda: self.driver.current_url.endswith("/kiosk?lang=en"))
        self.assertEqual(self.driver.execute_script("return sessionStorage.length"), 0)

    def test_who_walks_away_leaves_nothing_behind(self):
        code = self.code()
        self.open("/c")
        # The page's clock is put forward instead of waiting for a minute.
        script = self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {
            "source": "window.late = 0; const now = Date.now; Date.now = () => now() + window.late;"})
        try:
            self.open(f"/r/{code}?at=kiosk")
            choose(self.driver, "very_satisfied")
            self.driver.find_element(By.ID, "name").send_keys("其其格")
            self.driver.execute_script("window.late += 45000")
            wait(lambda: is_shown(self.driver, "#idle"))
            self.assertEqual(look(self.driver), [])
            screenshot(self.driver, "idle-zh-Hans-1366x768", whole=False)
            press(self.driver, "#idle [value=keep]")
            wait(lambda: not is_shown(self.driver, "#idle"))
            self.driver.execute_script("window.late += 65000")
            wait(lambda: "/kiosk" in self.driver.current_url)
            self.assertEqual(self.driver.execute_script("return sessionStorage.length"), 0)
            self.assertEqual(self.pages.recorded(code), [])
            self.open(f"/r/{code}?at=kiosk")
            self.assertEqual(self.driver.execute_script(
                "const f = document.getElementById('rating').elements; return f.level.value + f.name.value"), "")
        finally:
            self.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


if __name__ == "__main__":
    started = time.monotonic()
    unittest.main(verbosity=2, exit=True)
