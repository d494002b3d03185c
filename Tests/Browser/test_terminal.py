# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""From another maker's terminal to the region's books and back to the terminal: the programs that ship, and a browser."""
import json
import unittest
import urllib.request

from selenium.webdriver.common.by import By

import hall_pages
from hall_pages import LANDSCAPE, choose, is_shown, look, press, resize, screenshot, wait
from hall_processes import Hall
from terminal_page import Terminal

KEY = "key-of-terminal-1-5f0c2d1e9a7b"
CONFIGURATION = """
ingest:
  sources:
    - name: terminal-1
      channel: terminal
      key_file: PATH/terminal-1.key
      windows: [A01]
      page: {back: ['ORIGIN'], frames: ['ORIGIN'], lifetime: 5m, return_after: RETURN}
"""
LATE = "window.late = 0; const now = Date.now; Date.now = () => now() + window.late;"


class AtATerminal(unittest.TestCase):
    return_after = "4s"

    def setUp(self):
        self.terminal = Terminal()
        self.addCleanup(self.terminal.stop)
        self.stranger = Terminal()
        self.addCleanup(self.stranger.stop)
        words = CONFIGURATION.replace("ORIGIN", self.terminal.origin).replace("RETURN", self.return_after)
        self.hall = Hall(more=words, sources={"terminal-1": KEY})
        self.addCleanup(self.hall.stop)
        self.driver = hall_pages.browser()
        self.addCleanup(self.driver.quit)
        resize(self.driver, LANDSCAPE)

    def address(self, number):
        """What the terminal's server asks the hall for."""
        body = {"number": number, "window": "A01", "project": f"P-{number}", "service": "1",
                "back": self.terminal.back(number)}
        request = urllib.request.Request(
            f"{self.hall.url}/ingest/v1/addresses", json.dumps(body).encode(),
            {"Content-Type": "application/json", "Ingest-Source": "terminal-1", "Authorization": f"Bearer {KEY}"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return self.hall.url + json.load(answer)["path"]

    def open_in_frame(self, address, terminal=None):
        self.driver.get((terminal or self.terminal).page(address))
        self.into_frame()

    def into_frame(self):
        self.driver.switch_to.default_content()
        self.driver.switch_to.frame(self.driver.find_element(By.TAG_NAME, "iframe"))

    def text(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector).text

    def visit(self):
        """The visit whose citizen is back at the terminal; nothing while they are not."""
        found = self.driver.find_elements(By.ID, "visit")
        return found[0].text if found else None

    def rate(self):
        wait(lambda: is_shown(self.driver, ".levels"))
        choose(self.driver, "dissatisfied")
        press(self.driver, ".reasons:not([hidden]) .chip")
        self.driver.find_element(By.ID, "text").send_keys("等了很久")

    def held(self, number):
        [rating] = wait(lambda: self.hall.held(f"P-{number}"), 60)
        return {name: rating[name] for name in ("serviceNumber", "pf", "satisfaction", "writingEvaluation")}

    def log(self):
        return "\n".join(line["message"] for line in self.driver.get_log("browser"))


class TheWayBack(AtATerminal):
    def test_a_citizen_rates_in_the_terminals_frame_and_is_back(self):
        address = self.address("T-1")
        self.open_in_frame(address)
        self.rate()
        self.assertEqual(self.text("#submit"), "提交评价")
        self.driver.switch_to.default_content()
        screenshot(self.driver, "terminal-way-1-frame-1366x768", whole=False)
        self.into_frame()
        press(self.driver, "#submit")
        wait(lambda: is_shown(self.driver, "#done"), 60)
        self.assertIn("4 秒后自动返回", self.text("#done"))
        self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, "#done a[href^='/c/']"), [])
        self.driver.switch_to.default_content()
        screenshot(self.driver, "terminal-way-2-thanks-1366x768", whole=False)
        self.into_frame()
        self.assertEqual(wait(self.visit, 60), "T-1")
        # The way back is the address as the terminal gave it, and says nothing.
        self.assertEqual(self.driver.execute_script("return location.href"), self.terminal.back("T-1"))
        self.assertEqual(self.terminal.referrers[-1], None)
        self.assertEqual(self.held("T-1"), {"serviceNumber": "1", "pf": "5", "satisfaction": "2", "writingEvaluation": "等了很久"})
        [rating] = self.hall.held("P-T-1")
        self.assertIn("on the page of terminal-1, channel: ", self.hall.why(rating["id"]))
        self.assertNotIn("Content Security Policy", self.log())

        # Who opens it again is told so, and is taken back as well.
        self.open_in_frame(address)
        self.assertIn("已经评价过", self.text("main"))
        self.assertNotIn("二维码", self.text("main"))
        self.driver.switch_to.default_content()
        screenshot(self.driver, "terminal-way-3-again-1366x768", whole=False)
        self.into_frame()
        self.assertEqual(wait(self.visit, 60), "T-1")
        self.assertEqual(len(self.hall.held("P-T-1")), 1)

    def test_a_citizen_who_does_not_want_to_rate_is_back_at_once(self):
        self.driver.get(self.terminal.origin + "/done?visit=before")
        past = self.driver.execute_script("return history.length")
        self.driver.get(self.address("T-2"))
        self.assertEqual(look(self.driver), [])
        choose(self.driver, "very_dissatisfied")
        press(self.driver, "form .leave")
        self.assertEqual(wait(self.visit), "T-2")
        self.assertEqual(self.hall.held("P-T-2"), [])
        # Whoever comes next finds nothing by the back button but what was there before.
        self.assertEqual(self.driver.execute_script("return history.length"), past + 1)
        self.driver.back()
        self.assertEqual(wait(self.visit), "before")

    def test_nobody_else_frames_it(self):
        self.open_in_frame(self.address("T-3"), self.stranger)
        self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, ".levels, main"), [])
        wait(lambda: "frame-ancestors" in self.log())
        # Nor does the terminal frame what is not its page.
        self.open_in_frame(f"{self.hall.url}/c")
        self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, "main"), [])

    def test_a_gateway_that_is_away_loses_nothing_and_holds_nobody(self):
        address = self.address("T-4")
        self.open_in_frame(address)
        self.rate()
        self.hall.kill("gateway")
        press(self.driver, "#submit")
        wait(lambda: is_shown(self.driver, "#pending"), 60)
        self.assertFalse(is_shown(self.driver, "#done"))
        self.assertIn("评价可能没有保存", self.text("#pending .leave"))
        self.driver.switch_to.default_content()
        screenshot(self.driver, "terminal-way-4-pending-1366x768", whole=False)
        # A second terminal that opens a page meanwhile is told so in its frame, which looks again by itself.
        self.driver.switch_to.new_window("tab")
        other = self.driver.current_window_handle
        self.open_in_frame(address)
        wait(lambda: "暂时无法评价" in self.text("main"))
        first = [handle for handle in self.driver.window_handles if handle != other][0]
        self.hall.start_gateway()
        self.hall.until("web", self.hall.is_well)
        wait(lambda: is_shown(self.driver, ".levels") or "已经评价过" in self.text("main"), 60)
        self.driver.switch_to.window(first)
        self.into_frame()
        self.assertEqual(wait(self.visit, 90), "T-4")
        self.assertEqual(self.held("T-4")["satisfaction"], "2")
        self.assertEqual(len(self.hall.held("P-T-4")), 1)

    def test_a_citizen_need_not_wait_for_a_gateway_that_is_away(self):
        self.open_in_frame(self.address("T-5"))
        self.rate()
        self.hall.kill("gateway")
        press(self.driver, "#submit")
        wait(lambda: is_shown(self.driver, "#pending"), 60)
        press(self.driver, "#pending .leave")
        self.assertEqual(wait(self.visit), "T-5")


class TheClock(AtATerminal):
    """The page's own clock is put forward instead of waiting."""

    return_after = "off"

    def setUp(self):
        super().setUp()
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": LATE})

    def later(self, seconds):
        self.driver.execute_script(f"window.late += {seconds * 1000}")

    def test_who_walks_away_leaves_nothing_behind(self):
        self.driver.get(self.address("T-6"))
        choose(self.driver, "very_satisfied")
        self.later(45)
        wait(lambda: is_shown(self.driver, "#idle"))
        self.assertEqual(look(self.driver), [])
        press(self.driver, "#idle [value=keep]")
        wait(lambda: not is_shown(self.driver, "#idle"))
        self.later(65)
        self.assertEqual(wait(self.visit), "T-6")
        self.assertEqual(self.hall.held("P-T-6"), [])
        self.driver.get(self.address("T-6"))
        self.assertEqual(self.driver.execute_script(
            "return document.getElementById('rating').elements.level.value + sessionStorage.length"), "0")

    def test_thanks_stay_until_they_are_left(self):
        self.driver.get(self.address("T-7"))
        choose(self.driver, "satisfied")
        press(self.driver, "#submit")
        wait(lambda: is_shown(self.driver, "#done"), 60)
        self.assertIn("60 秒后自动返回", self.text("#done"), "as long as anybody who walks away")
        press(self.driver, "#done .leave")
        self.assertEqual(wait(self.visit), "T-7")
        self.assertEqual(self.held("T-7")["pf"], "5")

    def test_a_page_that_waits_goes_back_once_its_address_has_run_out(self):
        self.driver.get(self.address("T-8"))
        choose(self.driver, "satisfied")
        self.hall.kill("gateway")
        press(self.driver, "#submit")
        wait(lambda: is_shown(self.driver, "#pending"), 60)
        self.later(301)
        self.assertEqual(wait(self.visit, 90), "T-8")

    def test_without_a_script_a_page_leads_back(self):
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        self.driver.get(self.address("T-9"))
        for selector in ["input[value=satisfied]", "#submit"]:
            self.driver.find_element(By.CSS_SELECTOR, selector).click()
        wait(lambda: "感谢您的评价" in self.text("main"), 60)
        self.driver.find_element(By.CSS_SELECTOR, ".leave").click()
        self.assertEqual(wait(self.visit), "T-9")
        self.assertEqual(self.held("T-9")["satisfaction"], "4")
