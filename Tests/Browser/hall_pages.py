# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""The server of the pages and a browser to look at them, for the tests beside this file."""
import base64
import json
import os
import pathlib
import signal
import subprocess
import time
import urllib.request

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

PHONE = (390, 844)
SMALL_PHONE = (320, 640)
KIOSK = (1080, 1920)
LANDSCAPE = (1366, 768)
HERE = pathlib.Path(__file__).parent


class Pages:
    """`hallgate-lab pages` with a hall that follows a script."""

    def __init__(self, *options, port=0):
        self.process = subprocess.Popen(
            [os.environ["HALLGATE_LAB"], "pages", "--port", str(port), "--heartbeat", "1", *options], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the server of the pages did not start")
        self.port = json.loads(line)["port"]
        self.url = f"http://127.0.0.1:{self.port}"

    def order(self, path, **words):
        request = urllib.request.Request(
            f"{self.url}/lab/{path}", json.dumps(words).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=20).close()

    def ratings(self):
        with urllib.request.urlopen(f"{self.url}/lab/ratings", timeout=20) as answer:
            return json.load(answer)

    def recorded(self, code):
        return [rating for rating in self.ratings()["recorded"] if rating["code"] == code]

    def scene(self, kind, screen="w3", **words):
        self.order("scene", screen=screen, scene={"kind": kind, **words})

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(20)
        self.process.stdout.close()


def browser(*more):
    options = Options()
    for flag in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                 "--no-first-run", "--disable-background-networking", "--disable-component-update", "--lang=zh-CN",
                 "--force-color-profile=srgb", "--no-proxy-server", *more]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options, Service("/usr/bin/chromedriver"))


def resize(driver, size):
    width, height = size
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": height, "deviceScaleFactor": 2 if width < 500 else 1, "mobile": width < 500})
    driver.size = size


def wait(condition, seconds=30):
    """Waits until a condition holds and gives its value; a page that is just being replaced is looked at again."""
    end = time.monotonic() + seconds
    while True:
        try:
            value = condition()
        except (NoSuchElementException, StaleElementReferenceException):
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        time.sleep(0.05)


def is_shown(driver, selector):
    return any(element.is_displayed() for element in driver.find_elements(By.CSS_SELECTOR, selector))


def choose(driver, level):
    element = driver.find_element(By.CSS_SELECTOR, f'input[value="{level}"]')
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


def press(driver, selector):
    element = driver.find_element(By.CSS_SELECTOR, selector)
    driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
    element.click()


def screenshot(driver, name, whole=True):
    folder = pathlib.Path(os.environ.get("HALLGATE_SCREENSHOTS", ".build/screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    if whole:
        data = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})["data"]
        path.write_bytes(base64.b64decode(data))
    else:
        driver.save_screenshot(str(path))
    return path


def settle(driver):
    """Waits until nothing moves any more."""
    driver.execute_async_script("""
        const done = arguments[0];
        Promise.all(document.getAnimations().map((one) => one.finished.catch(() => 0)))
          .then(() => document.fonts.ready).then(() => requestAnimationFrame(() => requestAnimationFrame(done)));""")


def look(driver, own_scroll=False):
    """What a person who looks closely would find wrong: overflow, boxes for letters, pale, small or cramped text."""
    settle(driver)
    return driver.execute_script((HERE / "look.js").read_text(), own_scroll, *driver.size)
