# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""From a questionnaire in a browser to the region's books: the programs that ship, a kiosk's browser and a phone's."""
import unittest

from selenium.webdriver.common.by import By

import hall_pages
from hall_pages import KIOSK, PHONE, is_shown, look, press, resize, screenshot, wait
from hall_processes import KIOSK_KEY, Hall

QUESTIONNAIRE = """
questionnaire: hall-2026
version: 1
title: {zh-Hans: 大厅服务问卷}
questions:
  - id: purpose
    type: choice
    text: {zh-Hans: 您今天来办什么？}
    required: true
    options: [{id: apply, text: {zh-Hans: 申请办件}}, {id: ask, text: {zh-Hans: 咨询}}]
    skip: [{is: ask, to: wish}]
  - {id: effort, type: scale, text: {zh-Hans: 办事容易吗？}, required: true}
  - {id: wish, type: text, text: {zh-Hans: 您希望我们改进什么？}}
"""


class WholeWay(unittest.TestCase):
    def setUp(self):
        self.hall = Hall(questionnaire=QUESTIONNAIRE)
        self.addCleanup(self.hall.stop)
        self.phone = hall_pages.browser()
        self.addCleanup(self.phone.quit)
        resize(self.phone, PHONE)

    def answer(self, driver, question, value):
        press(driver, f'[data-question="{question}"] input[value="{value}"]')

    def thanks(self, driver):
        wait(lambda: is_shown(driver, "#done"), 60)
        return driver.find_element(By.CSS_SELECTOR, "#done .number").text

    def delivered(self, count):
        return wait(lambda: len(self.hall.responses()) == count and self.hall.responses(), 60)

    def test_answers_of_kiosk_and_phone_reach_the_region_with_their_channels(self):
        kiosk = hall_pages.browser()
        self.addCleanup(kiosk.quit)
        resize(kiosk, KIOSK)
        self.open_at_kiosk(kiosk)
        press(kiosk, "a[href^='/q/hall-2026']")
        wait(lambda: kiosk.find_elements(By.ID, "answers"))
        self.answer(kiosk, "purpose", "apply")
        self.answer(kiosk, "effort", "2")
        self.assertEqual(look(kiosk), [])
        screenshot(kiosk, "questionnaire-way-1-kiosk-1080x1920")
        press(kiosk, "#submit")
        self.thanks(kiosk)
        screenshot(kiosk, "questionnaire-way-2-kiosk-thanks-1080x1920")

        self.phone.get(f"{self.hall.url}/q/hall-2026")
        self.answer(self.phone, "purpose", "ask")
        self.phone.find_element(By.TAG_NAME, "textarea").send_keys("多设座椅")
        press(self.phone, "#submit")
        receipt = self.thanks(self.phone)
        self.assertEqual(look(self.phone), [])
        screenshot(self.phone, "questionnaire-way-3-phone-thanks-390x844")

        responses = self.delivered(2)
        self.assertEqual(sorted(one[1:] for one in responses), [
            ("3", "hall-2026", "1", "purpose=ask\nwish=多设座椅"), (self.kiosk_channel, "hall-2026", "1", "purpose=apply\neffort=2")])
        for number, channel, *_ in responses:
            told = self.hall.why(number)
            self.assertIn("hall-2026 1", told)
            self.assertIn({"3": "a scanned code"}.get(channel, "another terminal of the hall"), told)
            self.assertIn("delivered", told)
            for word in ("座椅", "effort", "purpose", "apply"):
                self.assertNotIn(word, told)

        def is_delivered():
            self.phone.get(f"{self.hall.url}/c/{receipt}")
            return len(self.phone.find_elements(By.CSS_SELECTOR, ".progress .reached")) == 2
        wait(is_delivered, 60)
        self.assertNotIn("座椅", self.phone.page_source)
        self.assertTrue(is_shown(self.phone, "a.offer[href^='/q/hall-2026']"))

    # 大厅其他终端 in the national list of channels.
    kiosk_channel = "5"

    def open_at_kiosk(self, kiosk):
        """From the entrance, as a citizen at the kiosk comes there."""
        kiosk.get(f"{self.hall.url}/kiosk/hall-1#key={KIOSK_KEY}")
        press(kiosk, "#questionnaires")
        wait(lambda: "/q?" in kiosk.current_url)

    def test_a_killed_gateway_makes_no_response_lost_or_double(self):
        self.phone.get(f"{self.hall.url}/q/hall-2026")
        self.answer(self.phone, "purpose", "ask")
        self.phone.find_element(By.TAG_NAME, "textarea").send_keys("多设座椅")
        number = self.phone.execute_script("return document.getElementById('answers').elements.submission.value")
        self.hall.kill("gateway")
        press(self.phone, "#submit")
        wait(lambda: is_shown(self.phone, "#pending"))
        self.assertFalse(is_shown(self.phone, "#done"), "nobody is thanked for what is not recorded")
        self.hall.start_gateway()
        receipt = self.thanks(self.phone)
        self.phone.refresh()
        self.assertEqual(self.thanks(self.phone), receipt)
        # Killed once more right behind the thanks: it was on disk.
        self.hall.kill("gateway")
        self.hall.start_gateway()
        # Whoever sends it again by the same number has the same receipt, and other answers have none.
        send = """const done = arguments[2];
            fetch('/q/hall-2026/answers', {method: 'POST', headers: {'Content-Type': 'application/json'},
              body: JSON.stringify({submission: arguments[0], version: 1, answers: arguments[1], language: 'zh-Hans',
                place: 'phone'})}).then((answer) => answer.json().then((body) => done([answer.status, body.receipt])), done);"""
        asked = {"question": "purpose", "choices": ["ask"]}
        wait(self.hall.is_well, 60)
        self.assertEqual(self.phone.execute_async_script(
            send, number, [asked, {"question": "wish", "text": "多设座椅"}]), [200, receipt])
        self.assertEqual(self.phone.execute_async_script(send, number, [asked]), [409, None])
        [response] = self.delivered(1)
        self.assertEqual(response[4], "purpose=ask\nwish=多设座椅")

    def test_a_gateway_that_is_killed_while_it_records(self):
        """Many phones send while it is killed: each is thanked in the end, and the region holds each once."""
        send = """const done = arguments[1];
            const one = async (number) => {
              const body = JSON.stringify({submission: number, version: 1, language: 'zh-Hans', place: 'phone',
                answers: [{question: 'purpose', choices: ['apply']}, {question: 'effort', scale: 3}]});
              for (;;) {
                try {
                  const answer = await fetch('/q/hall-2026/answers',
                    {method: 'POST', headers: {'Content-Type': 'application/json'}, body});
                  if (answer.ok) return (await answer.json()).receipt;
                } catch (_) { /* sent again */ }
                await new Promise((resolve) => setTimeout(resolve, 500));
              }
            };
            window.receipts = Promise.all(arguments[0].map(one));
            done(true);"""
        numbers = [f"1b4e28ba-2fa1-41d2-883f-0016d3cc{number:04x}" for number in range(20)]
        self.phone.get(f"{self.hall.url}/q")
        self.phone.execute_async_script(send, numbers)
        self.hall.kill("gateway")
        self.hall.start_gateway()
        self.phone.set_script_timeout(90)
        receipts = self.phone.execute_async_script("window.receipts.then(arguments[0])")
        self.assertEqual(len(set(receipts)), 20)
        self.assertEqual(len(self.delivered(20)), 20)
