# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""In the guest: a phone that opens the page behind a code, rates, and prints its receipt.

usage: phone.py ADDRESS
"""
import json
import re
import sys
import urllib.request


def rate(address):
    """The receipt that a citizen is shown."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        page = answer.read().decode()
    number = re.search(r'name="submission" value="([0-9a-f-]{36})"', page)[1]
    body = json.dumps({
        "submission": number, "level": "satisfied", "indicators": [], "text": None, "name": None, "mobile": None,
        "language": "zh-Hans", "place": "phone"}).encode()
    request = urllib.request.Request(
        address + "/ratings", body, {"Content-Type": "application/json"}, method="POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["receipt"]


if __name__ == "__main__":
    print(rate(sys.argv[1]))
