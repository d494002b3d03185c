# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""From the code on a screen to the region's books: the programs that ship, a kiosk's browser and a phone's."""
import subprocess
import unittest

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import hall_pages
from hall_pages import KIOSK, LANDSCAPE, PHONE, choose, is_shown, look, press, resize, screenshot, wait
from hall_processes import SCREEN_KEY, KIOSK_KEY, Hall


class InHall(unittest.TestCase):
    """What every test has: a hall, the browser of its kiosk screen and the browser of a phone."""

    qr = "{source: local}"
    region = ()
    code = ".qr svg"

    def setUp(self):
        self.hall = Hall(self.qr, region=self.region)
        self.addCleanup(self.hall.stop)
        self.screen = hall_pages.browser()
        self.addCleanup(self.screen.quit)
        # The phone takes the certificate of a region that is made up for the test.
        self.phone = hall_pages.browser("--ignore-certificate-errors")
        self.addCleanup(self.phone.quit)
        resize(self.screen, KIOSK)
        resize(self.phone, PHONE)
        self.screen.get(f"{self.hall.url}/screen/counter#key={SCREEN_KEY}")
        self.until_screen_shows("idle")

    def until_screen_shows(self, kind):
        wait(lambda: self.screen.find_element(By.TAG_NAME, "body").get_attribute("data-kind") == kind, 60)

    def scan(self, name):
        """What a phone's camera reads off the screen."""
        wait(lambda: is_shown(self.screen, self.code))
        self.assertEqual(look(self.screen), [])
        picture = screenshot(self.screen, name, whole=False)
        read = subprocess.run(["zbarimg", "--raw", "-q", picture], capture_output=True, text=True, check=True)
        return read.stdout.strip()

    def open_as_another(self, address):
        """A phone that has not seen the code before: another tab keeps nothing of the first."""
        self.phone.switch_to.new_window("tab")
        resize(self.phone, PHONE)
        self.phone.get(address)


class WholeWay(InHall):
    """Hallgate's own code and page."""

    def text(self, selector):
        return self.phone.find_element(By.CSS_SELECTOR, selector).text

    def choose_all(self, text):
        choose(self.phone, "dissatisfied")
        chip = ".reasons:not([hidden]) .chip"
        press(self.phone, chip)
        self.phone.find_element(By.ID, "text").send_keys(text)
        return self.phone.find_element(By.CSS_SELECTOR, chip + " input").get_attribute("value")

    def submission(self):
        return self.phone.execute_script("return document.getElementById('rating').elements.submission.value")

    def thanks(self):
        wait(lambda: is_shown(self.phone, "#done"), 60)
        return self.text("#done .number")

    def test_a_rating_goes_from_the_screen_to_the_region(self):
        self.hall.open_session("150121202600017", ticket="B012", staff="0017")
        self.until_screen_shows("prompt")
        address = self.scan("whole-way-1-screen-1080x1920")
        self.assertTrue(address.startswith(f"{self.hall.url}/r/"), address)

        self.phone.get(address)
        self.assertIn("3号综合窗口", self.text("header"))
        indicator = self.choose_all("等了很久")
        screenshot(self.phone, "whole-way-2-rating-390x844")
        self.assertEqual(self.hall.held("150121202600017"), [])
        press(self.phone, "#submit")
        self.until_screen_shows("thanks")
        self.assertFalse(is_shown(self.screen, ".qr svg"))
        self.assertEqual(look(self.screen), [])
        screenshot(self.screen, "whole-way-3-screen-thanks-1080x1920", whole=False)
        receipt = self.thanks()
        self.assertEqual(look(self.phone), [])
        screenshot(self.phone, "whole-way-4-thanks-390x844")

        [rating] = wait(lambda: self.hall.held("150121202600017"), 60)
        self.assertEqual(
            {name: rating[name] for name in ("serviceNumber", "pf", "satisfaction", "evalDetail", "writingEvaluation")},
            {"serviceNumber": "1", "pf": "3", "satisfaction": "2", "evalDetail": indicator,
             "writingEvaluation": "等了很久"})

        self.open_as_another(address)
        self.assertIn("这个二维码已经评价过", self.text("main"))
        self.assertFalse(is_shown(self.phone, "#rating"))
        self.assertEqual(look(self.phone), [])
        screenshot(self.phone, "whole-way-5-again-390x844")

        def is_delivered():
            self.phone.get(f"{self.hall.url}/c/{receipt}")
            return len(self.phone.find_elements(By.CSS_SELECTOR, ".progress .reached")) == 2
        wait(is_delivered, 60)
        self.assertEqual(look(self.phone), [])
        screenshot(self.phone, "whole-way-6-receipt-390x844")
        for word in ("不满意", "等了很久"):
            self.assertNotIn(word, self.phone.page_source)
        self.assertEqual(len(self.hall.held("150121202600017")), 1)

    def test_a_killed_gateway_makes_no_rating_lost_or_double(self):
        self.hall.open_session("150121202600018")
        self.until_screen_shows("prompt")
        self.phone.get(self.scan("whole-way-kill-1-screen-1080x1920"))
        address = self.phone.current_url
        self.choose_all("差")
        number = self.submission()

        self.hall.kill("gateway")
        press(self.phone, "#submit")
        wait(lambda: is_shown(self.phone, "#pending"))
        self.assertFalse(is_shown(self.phone, "#done"), "nobody is thanked for what is not recorded")
        self.assertEqual(look(self.phone), [])
        screenshot(self.phone, "whole-way-kill-2-pending-390x844")
        wait(lambda: is_shown(self.screen, ".link"), 60)
        screenshot(self.screen, "whole-way-kill-3-screen-1080x1920", whole=False)

        self.hall.start_gateway()
        receipt = self.thanks()
        self.phone.refresh()
        self.assertEqual(self.thanks(), receipt)
        wait(lambda: not is_shown(self.screen, ".link"), 60)
        wait(lambda: not is_shown(self.screen, ".qr svg"), 60)
        wait(lambda: self.hall.held("150121202600018"), 60)
        # Whoever sends it again by the same number has the same receipt, and by another none.
        send = """const done = arguments[2];
            fetch(arguments[0] + '/ratings', {method: 'POST', headers: {'Content-Type': 'application/json'},
              body: JSON.stringify({submission: arguments[1], level: 'satisfied', indicators: [], text: null, name: null,
                mobile: null, language: 'zh-Hans', place: 'phone'})})
              .then((answer) => answer.json().then((body) => done([answer.status, body.receipt])), done);"""
        self.assertEqual(self.phone.execute_async_script(send, address, number), [200, receipt])
        other = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"
        self.assertEqual(self.phone.execute_async_script(send, address, other), [409, None])
        self.hall.open_session("150121202600019")
        self.until_screen_shows("prompt")
        [rating] = self.hall.held("150121202600018")
        self.assertEqual((rating["satisfaction"], rating["writingEvaluation"]), ("2", "差"))

    def test_a_screen_outlives_the_web_process(self):
        self.hall.open_session("150121202600020")
        self.until_screen_shows("prompt")
        address = self.scan("whole-way-web-1-screen-1080x1920")
        self.hall.kill("web")
        wait(lambda: is_shown(self.screen, ".link"), 60)
        screenshot(self.screen, "whole-way-web-2-screen-1080x1920", whole=False)
        self.hall.start_web()
        wait(lambda: not is_shown(self.screen, ".link"), 60)
        self.until_screen_shows("prompt")
        self.assertEqual(self.scan("whole-way-web-3-screen-1080x1920"), address, "the code is still the session's")
        self.phone.get(address)
        choose(self.phone, "satisfied")
        press(self.phone, "#submit")
        self.thanks()
        self.until_screen_shows("thanks")
        [rating] = wait(lambda: self.hall.held("150121202600020"), 60)
        self.assertEqual((rating["pf"], rating["satisfaction"]), ("3", "4"))


class SelfService(InHall):
    """A kiosk finds what a ticket was served, proves that it is a kiosk, and a session is rated by code once."""

    def setUp(self):
        super().setUp()
        self.kiosk = self.phone
        resize(self.kiosk, LANDSCAPE)

    def enter(self, number, key=KIOSK_KEY):
        self.kiosk.get(f"{self.hall.url}/c")
        self.kiosk.get(f"{self.hall.url}/kiosk/hall-1#key={key}")
        self.kiosk.find_element(By.ID, "number").send_keys(number + Keys.ENTER)

    def problem(self, number):
        self.enter(number)
        return wait(lambda: self.kiosk.find_element(By.ID, "problem").text)

    def test_a_ticket_is_rated_at_the_kiosk_once(self):
        case = "150121202600041"
        self.hall.open_session(case, ticket="B041")
        self.until_screen_shows("prompt")
        on_screen = self.scan("kiosk-way-1-screen-1080x1920")
        self.assertIn("没有找到", self.problem("B042"))
        self.enter("b041")
        wait(lambda: "/r/" in self.kiosk.current_url)
        self.assertNotIn(on_screen, self.kiosk.current_url, "the kiosk has a code of its own")
        self.assertIn("3号综合窗口", self.kiosk.find_element(By.TAG_NAME, "header").text)
        screenshot(self.kiosk, "kiosk-way-2-rating-1366x768")
        choose(self.kiosk, "satisfied")
        press(self.kiosk, "#submit")
        wait(lambda: is_shown(self.kiosk, "#done"), 60)
        self.until_screen_shows("thanks")
        [rating] = wait(lambda: self.hall.held(case), 60)
        self.assertEqual((rating["pf"], rating["satisfaction"]), ("5", "4"))
        # The code on the screen, and one made anew after a restart, are the same session's.
        for again in range(2):
            self.assertIn("已经评价过", self.problem("B041"))
            self.kiosk.get(on_screen)
            self.assertIn("这个二维码已经评价过", self.kiosk.find_element(By.TAG_NAME, "main").text)
            if not again:
                self.hall.kill("gateway")
                self.hall.start_gateway()
                self.hall.until("web", self.hall.is_well)
        self.assertEqual(len(self.hall.held(case)), 1)

    def test_a_key_that_is_none_finds_nothing(self):
        self.hall.open_session("150121202600042", ticket="B042")
        self.kiosk.get(f"{self.hall.url}/kiosk/hall-1#key=8d21c6f0a4be7736")
        wait(lambda: is_shown(self.kiosk, "#unknown"), 60)
        self.assertFalse(is_shown(self.kiosk, "#number"))


class RegionsOwnCode(InHall):
    """A hall whose region has a code and a page of its own for every case."""

    qr = "{source: region-template, template: 'REGION/evaluate?c={case}&s={service}', ask_rated: 1s}"

    def test_the_screen_shows_the_regions_page_of_the_case(self):
        case = "150121202600031"
        session = self.hall.open_session(case)["session"]
        self.until_screen_shows("prompt")
        address = self.scan("whole-way-region-1-screen-1080x1920")
        self.assertEqual(address, f"{self.hall.region_url}/evaluate?c={case}&s=1")

        self.phone.get(address)
        self.phone.find_element(By.CSS_SELECTOR, "input[value='2']").click()
        self.phone.find_element(By.CSS_SELECTOR, "option[value='214']").click()
        self.phone.find_element(By.NAME, "writingEvaluation").send_keys("等了很久")
        screenshot(self.phone, "whole-way-region-2-rating-390x844")
        self.phone.find_element(By.TAG_NAME, "button").click()
        wait(lambda: is_shown(self.phone, "#thanks"), 60)
        screenshot(self.phone, "whole-way-region-3-thanks-390x844")

        [rating] = self.hall.held(case)
        self.assertEqual(
            {name: rating[name] for name in ("pf", "satisfaction", "evalDetail", "writingEvaluation")},
            {"pf": "3", "satisfaction": "2", "evalDetail": "214", "writingEvaluation": "等了很久"})
        # The hall asks the region whether the case was rated, and never how.
        self.until_screen_shows("thanks")
        self.assertFalse(is_shown(self.screen, self.code))
        self.assertEqual(look(self.screen), [])
        screenshot(self.screen, "whole-way-region-4-screen-thanks-1080x1920", whole=False)
        self.assertEqual(self.hall.result(session), "answered")

        self.open_as_another(address)
        self.assertTrue(is_shown(self.phone, "#before"))
        screenshot(self.phone, "whole-way-region-5-again-390x844")
        self.assertEqual(len(self.hall.held(case)), 1, "the hall has no rating of its own to deliver")


class RegionIsAsked(RegionsOwnCode):
    """A hall that asks its region for the code of every case."""

    qr = "{source: region-call, ask_rated: 1s}"


class RegionGivesPictures(RegionsOwnCode):
    """A hall whose region draws the codes itself and gives no addresses."""

    qr = "{source: region-call, ask_rated: 1s}"
    region = ("--code-images",)
    code = ".qr canvas"

    def tearDown(self):
        loaded = self.screen.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)")
        self.assertTrue(all("/assets/" in name or name.endswith("/events") for name in loaded), loaded)
        for line in self.screen.get_log("browser"):
            self.assertNotIn("Content Security Policy", line["message"])
            self.assertNotIn("Uncaught", line["message"])

    def test_a_picture_is_as_sharp_as_the_region_drew_it(self):
        self.hall.open_session("150121202600032")
        self.until_screen_shows("prompt")
        wait(lambda: is_shown(self.screen, self.code))
        wide, shades = self.screen.execute_script("""
            const canvas = document.querySelector('.qr canvas');
            const points = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            return [canvas.width, [...new Set(points)].sort((one, other) => one - other)];""")
        self.assertEqual(shades, [0, 255])
        self.assertEqual(wide % 6, 0, "six points a module")
        # The next session's picture takes its place.
        self.hall.open_session("150121202600033")
        address = f"{self.hall.region_url}/evaluate?c=150121202600033&s=1"
        wait(lambda: self.scan("whole-way-pictures-1080x1920") == address)
