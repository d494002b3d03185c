# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""What every test in a browser has: the pages, the browser, and what a citizen does with them."""
import unittest

from selenium.webdriver.common.by import By

import hall_pages
from hall_pages import PHONE, choose, is_shown, press, resize, wait

WINDOW = {"id": "w3", "name": "3号综合窗口"}
# What stands behind # at a page of the kiosk of the script.
KIOSK_PROOF = "#kiosk=k1&key=lab"
SERVING = {"window": WINDOW, "staff": "巴雅尔 · 010306", "ticket": "A012"}


class InBrowser(unittest.TestCase):
    options = ()
    codes = 0

    @classmethod
    def setUpClass(cls):
        cls.pages = hall_pages.Pages(*cls.options)
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
