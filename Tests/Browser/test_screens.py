# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Kiosk screens follow their window and recover; self-service kiosks forget."""
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hall_pages import KIOSK, LANDSCAPE, Pages, choose, is_shown, look, press, resize, screenshot, wait
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
            server = Pages(port=server.port)
            wait(lambda: not is_shown(self.driver, ".link"), 60)
            server.scene("prompt", **SERVING)
            wait(lambda: self.kind() == "prompt")
        finally:
            server.stop()

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
        wait(lambda: self.driver.current_url.endswith("/kiosk"))
        self.assertEqual(self.driver.find_element(By.TAG_NAME, "html").get_attribute("lang"), "zh-Hans")
        self.assertEqual(self.driver.execute_script("return sessionStorage.length"), 0)

    def test_a_refusal_and_a_core_that_is_away_pass(self):
        self.open("/r/expired?at=kiosk")
        self.assertIn("已过期", self.text("main"))
        self.pages.order("away", away=True)
        try:
            wait(lambda: "/kiosk" in self.driver.current_url and "暂时无法评价" in self.text("main"))
        finally:
            self.pages.order("away", away=False)
        wait(lambda: is_shown(self.driver, "#code"))

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
