# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""From a sheet of paper to the journal: the office's page in a browser, before the programs that ship."""
import unittest

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

import hall_pages
from hall_pages import LANDSCAPE, PHONE, is_shown, look, press, resize, screenshot, wait
from hall_processes import Hall

KEY = "key-of-office-5f0c2d1e9a7b"
# The region of the test has no code for paper: what is typed in stays in the journal.
CONFIGURATION = """
ingest:
  sources:
    - {name: office, channel: paper, key_file: PATH/office.key}
    - {name: letters, channel: sms, key_file: PATH/letters.key}
"""


class Office(unittest.TestCase):
    def setUp(self):
        self.hall = Hall(more=CONFIGURATION, sources={"office": KEY, "letters": KEY})
        self.addCleanup(self.hall.stop)
        self.page = hall_pages.browser()
        self.addCleanup(self.page.quit)
        resize(self.page, LANDSCAPE)
        self.page.get(f"{self.hall.url}/office/paper")
        self.fill(source="office", key=KEY)

    def fill(self, level=None, indicator=None, window=None, **texts):
        for name, text in texts.items():
            field = self.page.find_element(By.ID, name)
            if name == "ratedAt":
                # What a date field is typed in as depends on the browser's language.
                self.page.execute_script("arguments[0].value = arguments[1]", field, text)
                continue
            field.clear()
            field.send_keys(text)
        if window:
            Select(self.page.find_element(By.ID, "window")).select_by_value(window)
        if level:
            Select(self.page.find_element(By.ID, "level")).select_by_value(level)
        if indicator:
            press(self.page, f'.marks:not([hidden]) input[value="{indicator}"]')

    def fill_sheet(self, **other):
        self.fill(**{"number": "S-0042", "ratedAt": "2026-11-02", "window": "A01", "project": "P-S-0042", "service": "1",
                     "level": "dissatisfied", "indicator": "213", "text": "等了很久", **other})

    def text(self, selector):
        return self.page.find_element(By.CSS_SELECTOR, selector).text

    def values(self):
        names = ("number", "ratedAt", "window", "project", "service", "level", "text")
        return [self.page.find_element(By.ID, name).get_attribute("value") for name in names]

    def journal(self):
        return self.hall.ask("operator", ("status", {}))["journal"]["lastSequence"]

    def receipt(self):
        wait(lambda: is_shown(self.page, "#done"), 30)
        return self.text("#done .number")

    def test_a_sheet_is_typed_in_twice_and_recorded_once(self):
        self.assertEqual(look(self.page), [])
        screenshot(self.page, "office-1-first-1366x768")
        press(self.page, "#go")
        self.assertIn("评价表编号", self.text("#problem"))
        self.fill_sheet()
        press(self.page, "#go")
        # The second entry begins empty, and nothing was sent.
        self.assertEqual(self.text("#which"), "第二遍录入")
        self.assertEqual(self.values(), [""] * 7)
        self.assertFalse(is_shown(self.page, ".marks"))
        before = self.journal()
        self.fill_sheet(level="very_dissatisfied", indicator=None, text="等了好久")
        press(self.page, "#go")
        said = self.text("#problem")
        for name in ("评价等级", "勾选的指标", "文字评价"):
            self.assertIn(name, said)
        for word in ("评价表编号", "不满意", "213", "等了", "dissatisfied"):
            self.assertNotIn(word, said)
        self.assertEqual(self.values()[5:], ["", ""], "what differs is empty again")
        self.assertEqual(self.values()[0], "S-0042")
        self.assertEqual(look(self.page), [])
        screenshot(self.page, "office-2-differs-1366x768")
        self.assertEqual(self.journal(), before, "nothing is sent while the entries differ")

        self.fill(level="dissatisfied", indicator="213", text="等了很久")
        press(self.page, "#go")
        receipt = self.receipt()
        self.assertRegex(receipt, "^[0-9A-Z]{26}$")
        self.assertEqual(look(self.page), [])
        screenshot(self.page, "office-3-recorded-1366x768")

        # The same sheet from another pile is the same rating, and one that was misread is said to be another.
        for text, answer in [("等了很久", receipt), ("等了一会儿", None)]:
            if is_shown(self.page, "#done"):
                press(self.page, "#more")
            for _ in range(2):
                self.fill_sheet(text=text)
                press(self.page, "#go")
            if answer:
                self.assertEqual(self.receipt(), answer)
            else:
                wait(lambda: "该编号已对应另一评价" in self.text("#problem"))
        self.assertEqual(self.page.find_element(By.ID, "key").get_attribute("value"), KEY)
        stored = self.page.execute_script("return JSON.stringify([localStorage, sessionStorage, document.cookie])")
        self.assertNotIn(KEY, stored)

    def test_a_wrong_key_a_wrong_channel_and_a_gateway_that_is_away_are_said(self):
        def send():
            for _ in range(2):
                self.fill_sheet()
                press(self.page, "#go")
        self.fill(key="key-of-nobody-5f0c2d1e9a7b")
        send()
        wait(lambda: "没有使用该名称和密钥的来源" in self.text("#problem"))
        self.fill(source="letters", key=KEY)
        press(self.page, "#go")
        wait(lambda: "channel" in self.text("#problem"))
        self.fill(source="office")
        self.hall.kill("gateway")
        wait(lambda: not self.hall.is_well())
        press(self.page, "#go")
        wait(lambda: "暂时无法连接" in self.text("#problem"))
        self.hall.start_gateway()
        # The web process looks for the gateway again within seconds.
        wait(self.hall.is_well, 60)
        press(self.page, "#go")
        self.receipt()

    def test_it_fits_a_phone_and_is_there_in_english(self):
        resize(self.page, PHONE)
        for language in ("zh-Hans", "en"):
            self.page.get(f"{self.hall.url}/office/paper?lang={language}")
            self.assertEqual(look(self.page), [])
            screenshot(self.page, f"office-{language}-390x844")
