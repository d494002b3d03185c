# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""The clerk's page: how it looks, what it does, and that it never learns a level."""
import asyncio
import json
import threading
import unittest

import websockets
from axe_selenium_python import Axe
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import hall_pages
from hall_pages import KIOSK, LANDSCAPE, PHONE, is_shown, look, press, resize, screenshot, wait
from hall_processes import DESK_KEY, PAD_KEY, Hall
from in_browser import InBrowser

WINDOW = {"id": "w3", "name": "3号综合窗口"}
PADS = [{"name": "EV-2 0417", "isConnected": True}, {"name": "pad-7", "isConnected": False}]
SIZES = {"390x844": PHONE, "1080x1920": KIOSK, "1366x768": LANDSCAPE}


class OnClerksPage(InBrowser):
    def setUp(self):
        self.desk()
        resize(self.driver, LANDSCAPE)

    def desk(self, question="none", isPaused=False, staff="010306", **more):
        self.pages.order("desk", window=WINDOW, staff=staff, isPaused=isPaused, question=question, pads=PADS, **more)

    def now(self):
        return self.driver.find_element(By.TAG_NAME, "body").get_attribute("data-now")

    def kind(self):
        return self.driver.find_element(By.TAG_NAME, "body").get_attribute("data-kind")

    def open_desk(self, key="#key=lab"):
        self.open("/c")
        self.open("/clerk/w3" + key)

    def tearDown(self):
        for line in self.driver.get_log("browser"):
            self.assertNotIn("Content Security Policy", line["message"])
            self.assertNotIn("Uncaught", line["message"])


class Looks(OnClerksPage):
    def check(self, name):
        self.assertEqual(look(self.driver), [], name)
        screenshot(self.driver, name)

    def check_axe(self, name):
        axe = Axe(self.driver)
        axe.inject()
        found = [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:120]}" for one in axe.run()["violations"]
                 if one["impact"] in ("serious", "critical")]
        self.assertEqual(found, [], name)

    def test_every_state_at_every_size(self):
        states = {"none": {}, "waiting": {"remainingSeconds": 9}, "answered": {}, "noAnswer": {}, "cancelled": {},
                  "paused": {}}
        for size_name, size in SIZES.items():
            resize(self.driver, size)
            for state, more in states.items():
                with self.subTest(state=state, size=size_name):
                    self.desk(question="none" if state == "paused" else state, isPaused=state == "paused", **more)
                    self.open_desk()
                    wait(lambda: self.now() == state)
                    self.check(f"clerk-{state}-{size_name}")
                    if size == LANDSCAPE:
                        self.check_axe(f"clerk-{state}")
                        # All of it is seen at once on a clerk's screen.
                        self.assertLessEqual(self.driver.execute_script(
                            "return document.documentElement.scrollHeight"), size[1])

    def test_what_else_it_says(self):
        for size_name, size in SIZES.items():
            resize(self.driver, size)
            self.open_desk("#key=wrong")
            wait(lambda: self.kind() == "unknown")
            self.check(f"clerk-unknown-{size_name}")
            self.open_desk("")
            wait(lambda: self.kind() == "noKey")
            self.check(f"clerk-no-key-{size_name}")
            self.desk(staff=None)
            self.open_desk()
            wait(lambda: self.now() == "none")
            self.driver.find_element(By.ID, "staff").send_keys("9999" + Keys.ENTER)
            wait(lambda: is_shown(self.driver, '[data-part="unknownStaff"]'))
            self.check(f"clerk-unknown-staff-{size_name}")
            self.check_axe("clerk-unknown-staff")

    def test_all_answers_look_the_same(self):
        """What follows a rating is one picture: nothing of the page depends on what was pressed."""
        self.desk(question="answered")
        self.open_desk()
        wait(lambda: self.now() == "answered")
        self.assertEqual(self.text('.now[data-now="answered"] .big'), "已评价")
        shown = [one.text for one in self.driver.find_elements(By.CSS_SELECTOR, ".now") if one.is_displayed()]
        self.assertEqual(shown, ["已评价\nRated"])


class Does(OnClerksPage):
    def test_it_is_used_by_keys_alone(self):
        self.open_desk()
        wait(lambda: self.now() == "none")
        order = []
        for _ in range(5):
            self.driver.switch_to.active_element.send_keys(Keys.TAB)
            active = self.driver.switch_to.active_element
            order.append(active.get_attribute("data-step") or active.get_attribute("id") or active.text.split("\n")[0])
        self.assertEqual(order, ["ask", "cancel", "pause", "staff", "更换工号"])
        self.driver.execute_script("document.activeElement.blur()")
        self.open_desk()
        wait(lambda: self.now() == "none")
        self.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
        self.driver.switch_to.active_element.send_keys(Keys.ENTER)
        wait(lambda: self.now() == "waiting")
        self.driver.switch_to.active_element.send_keys(Keys.TAB)
        self.driver.switch_to.active_element.send_keys(Keys.SPACE)
        wait(lambda: self.now() == "cancelled")
        self.driver.switch_to.active_element.send_keys(Keys.TAB)
        self.driver.switch_to.active_element.send_keys(Keys.ENTER)
        wait(lambda: self.now() == "paused")
        # The key that paused is the one that resumes.
        self.assertEqual(self.driver.switch_to.active_element.get_attribute("data-step"), "resume")
        self.driver.switch_to.active_element.send_keys(Keys.ENTER)
        wait(lambda: self.now() == "cancelled")

    def test_staff_change_by_number(self):
        self.open_desk()
        wait(lambda: self.text('[data-field="staff"]') == "010306")
        field = self.driver.find_element(By.ID, "staff")
        field.send_keys("0017" + Keys.ENTER)
        wait(lambda: self.text('[data-field="staff"]') == "0017")
        self.assertEqual(field.get_attribute("value"), "")
        field.send_keys("9999" + Keys.ENTER)
        wait(lambda: is_shown(self.driver, '[data-part="unknownStaff"]') and is_shown(self.driver, '[data-part="nobody"]'))
        self.assertIn("没有此工号", self.text('[data-part="unknownStaff"]'))
        field.send_keys("010306" + Keys.ENTER)
        wait(lambda: self.text('[data-field="staff"]') == "010306")
        self.assertFalse(is_shown(self.driver, '[data-part="unknownStaff"]'))

    def test_it_follows_its_window_and_recovers(self):
        self.open_desk()
        wait(lambda: self.now() == "none")
        self.desk(question="answered")
        wait(lambda: self.now() == "answered")
        self.pages.order("away", away=True)
        try:
            wait(lambda: is_shown(self.driver, ".link"))
            press(self.driver, '[data-step="ask"]')
            wait(lambda: is_shown(self.driver, '[data-part="failed"]'))
            self.assertEqual(look(self.driver), [])
            screenshot(self.driver, "clerk-away-1366x768")
        finally:
            self.pages.order("away", away=False)
        wait(lambda: not is_shown(self.driver, ".link"))
        self.desk(question="noAnswer")
        wait(lambda: self.now() == "noAnswer")

    def test_text_from_outside_is_text(self):
        self.pages.order("desk", window=WINDOW, staff="<b>1</b>", isPaused=False, question="none",
                         pads=[{"name": "<img src=x onerror=alert(1)>", "isConnected": True}])
        self.open_desk()
        wait(lambda: self.text('[data-field="staff"]') == "<b>1</b>")
        self.assertIn("<img src=x", self.text('[data-field="pads"]'))
        self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, "li img, .name b"), [])


class Pad:
    """A pad of a WebSocket client that is not ours."""

    def __init__(self, hall):
        self.address = f"ws://127.0.0.1:{hall.web}/pads/pad-1"
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.socket = self.run(websockets.connect(self.address, additional_headers={"Authorization": f"Bearer {PAD_KEY}"}))
        self.say("Login", winNum="1", userCode="0017")
        answer = self.hear()
        assert (answer["request"], answer["code"]) == ("Login", 0), answer

    def run(self, coroutine):
        async def awaited():
            return await coroutine
        return asyncio.run_coroutine_threadsafe(awaited(), self.loop).result(60)

    def say(self, method, **words):
        self.run(self.socket.send(json.dumps({"method": method, "param": words})))

    def hear(self):
        return json.loads(self.run(self.socket.recv()))

    def stop(self):
        self.run(self.socket.close())
        self.loop.call_soon_threadsafe(self.loop.stop)


class WholeWay(unittest.TestCase):
    """The programs that ship: asked on the clerk's page, pressed at a pad, and nothing of the level comes back."""

    def setUp(self):
        self.hall = Hall()
        self.addCleanup(self.hall.stop)
        self.driver = hall_pages.browser()
        self.addCleanup(self.driver.quit)
        resize(self.driver, LANDSCAPE)
        self.traffic = []
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": """
            window.heard = []; const load = window.fetch;
            window.fetch = async (address, options) => {
              const answer = await load(address, options);
              const head = [...answer.headers].filter(([name]) => name !== 'date' && name !== 'x-request-id').join('|');
              window.heard.push([address, answer.status, head, await answer.clone().text()]);
              return answer;
            };"""})

    def now(self):
        return self.driver.find_element(By.TAG_NAME, "body").get_attribute("data-now")

    def rate(self, pad, level):
        """Asks on the page, presses at the pad; what the page heard from the press to some looks behind it."""
        press(self.driver, '[data-step="ask"]')
        quest = pad.hear()
        self.assertEqual(quest["method"], "RateQuest")
        wait(lambda: self.now() == "waiting")
        self.driver.execute_script("window.heard = []")
        pad.say("RateSubmit", rateId=quest["param"]["rateId"], attitude=level, quality=level, efficiency=level,
                honest=level)
        thanks = pad.hear()
        self.assertEqual((thanks["request"], thanks["code"]), ("RateSubmit", 0))
        wait(lambda: self.now() == "answered")
        self.assertIn("已评价", self.driver.find_element(By.CSS_SELECTOR, ".state").text)
        wait(lambda: len([one for one in self.driver.execute_script("return window.heard") if "answered" in one[3]]) > 2)
        return [one for one in self.driver.execute_script("return window.heard") if "answered" in one[3]]

    def test_asked_pressed_and_nothing_of_the_level_comes_back(self):
        self.driver.get(f"{self.hall.url}/clerk/A01#key={DESK_KEY}")
        wait(lambda: self.now() == "none")
        self.assertIn("未连接", self.driver.find_element(By.CSS_SELECTOR, "ul").text)
        pad = Pad(self.hall)
        self.addCleanup(pad.stop)
        wait(lambda: "已连接" in self.driver.find_element(By.CSS_SELECTOR, "ul").text)
        heard = {level: self.rate(pad, level) for level in (1, 2, 3, 4, 5)}
        self.assertEqual(look(self.driver), [])
        screenshot(self.driver, "whole-way-clerk-1366x768")
        # Whatever was pressed, every byte that the page heard behind it is the same.
        alike = {json.dumps(one, ensure_ascii=False) for answers in heard.values() for one in answers}
        self.assertEqual(len(alike), 1, alike)
        for word in ("满意", "satisf", "level", "attitude", "score"):
            self.assertNotIn(word, "".join(alike))
        for name in ("gateway", "web"):
            for word in ("满意", "satisfied", DESK_KEY, PAD_KEY):
                self.assertNotIn(word, self.hall.log(name))
        status = self.hall.ask("operator", ("status", {}))
        self.assertEqual(sum(device["recorded"] for device in status["devices"]), 5)

        # Taken back and paused away: flagged, as the business system's is.
        press(self.driver, '[data-step="ask"]')
        wait(lambda: self.now() == "waiting")
        press(self.driver, '[data-step="cancel"]')
        wait(lambda: self.now() == "cancelled")
        press(self.driver, '[data-step="ask"]')
        wait(lambda: self.now() == "waiting")
        press(self.driver, '[data-step="pause"]')
        wait(lambda: self.now() == "paused")
        def causes():
            flags = self.hall.ask("operator", ("devices.flags", {}))["flags"]
            return {flag["cause"] for flag in flags}
        wait(lambda: {"prompt-cancelled", "prompt-paused"} <= causes())

    def test_a_gateway_that_was_killed_is_found_again(self):
        self.driver.get(f"{self.hall.url}/clerk/A01#key={DESK_KEY}")
        wait(lambda: self.now() == "none")
        self.hall.kill("gateway")
        wait(lambda: is_shown(self.driver, ".link"), 60)
        self.hall.start_gateway()
        wait(lambda: not is_shown(self.driver, ".link"), 60)
        press(self.driver, '[data-step="ask"]')
        wait(lambda: self.now() == "waiting")
