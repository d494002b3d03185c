#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/Traces/websocket: conversations with the Android pads of the public host code, by Devices.md.

A message goes between a record separator and a line feed; the gateway writes members in the order of their names.
"""
import json
import pathlib

FOLDER = pathlib.Path(__file__).parent.parent / "websocket"
NOISE = ["% noise FF 00 7B 22", '% noise 7B 22 6D 0A', "% noise 0A 1E 1E 0A"]
LEVELS = ["verySatisfied", "satisfied", "basicallySatisfied", "dissatisfied", "veryDissatisfied"]
BAD = "= observed badFrame"


def text(value, spaced=False):
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=spaced, separators=(", ", " : ") if spaced else (",", ":"))


def frame(message):
    return (b"\x1e" + message.encode() + b"\n").hex(" ").upper()


def pad(method, param=None, spaced=False):
    return "< " + frame(text({"method": method, "param": param}, spaced))


def raw(message):
    return "< " + frame(message)


def gateway(value):
    return "> " + frame(json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True))


def answer(method, code=0, result=None):
    return gateway({"request": method, "code": code, "result": result})


def rate(rate_id, attitude, **others):
    scores = {"attitude": attitude, "quality": 3, "efficiency": 2, "honest": 1, **others}
    return pad("RateSubmit", {"rateId": rate_id, **scores})


def named(number):
    """The rateId of a prompt: its number and six check digits, FNV-1a (32 bits) of its digits modulo a million."""
    check = 0x811C9DC5
    for digit in str(number).encode():
        check = (check ^ digit) * 0x01000193 % 2**32
    return f"{number}{check % 1_000_000:06}"


def quest(rate_id, transactor="", item="", date=""):
    return gateway({"method": "RateQuest", "param": {
        "rateId": rate_id, "transactor": transactor, "item": item, "date": date, "reserveSeq": ""}})


def operate(param):
    return gateway({"method": "RateOperate", "param": param})


LOGIN = [pad("Login", {"winNum": "3", "userCode": "0042"}), answer("Login"), "= signed-in 0042"]
SUBJECT = "text=王某|社保卡补办|2026-06-01 10:00:05"
DONE, FAILED = answer("RateSubmit"), answer("RateSubmit", 1003)

TRACES = {
    "login": [*NOISE, pad("Login", {"winNum": "3", "userCode": "0042"}), answer("Login"), "= identified pad-1",
              "= signed-in 0042"],
    "login-of-nobody": [pad("Login", {"winNum": "3", "userCode": ""}), answer("Login"), "= signed-in",
                        *LOGIN, pad("Login", {"winNum": "3", "userCode": 7}), answer("Login"), "= signed-in 7"],
    "login-without-staff": ["% staff no", pad("Login", {"winNum": "3", "userCode": "0042"}), answer("Login")],
    "login-of-another-window": ["% window 3", pad("Login", {"winNum": "4", "userCode": "0042"}),
                                answer("Login", 1002), pad("Login", {"winNum": 3, "userCode": ""}), answer("Login"),
                                "= signed-in"],
    "login-without-fields": [pad("Login", {"winNum": "3"}), answer("Login", 1002), pad("Login"),
                             answer("Login", 1002), pad("Login", {"winNum": ["3"], "userCode": "1"}),
                             answer("Login", 1002), pad("Login", {"winNum": "3" * 65, "userCode": "1"}),
                             answer("Login", 1002), pad("Login", {"winNum": "3\u001b[2J", "userCode": "1"}),
                             answer("Login", 1002)],
    "not-logged-in": [rate("a", 1), answer("RateSubmit", 1000), pad("HeartBeat"), answer("HeartBeat", 1000),
                      pad("GetUserPhoto"), answer("GetUserPhoto", 1000), "! prompt 7 10s", "! pause"],
    "unknown-method": [*LOGIN, pad("Reboot"), answer("Reboot", 999), pad("评价" * 40), answer("评价" * 32, 999)],
    "best-is-one": [*NOISE, *LOGIN] + [line for score in range(1, 6) for line in (
        rate(f"r{score}", score), f"= press {LEVELS[score - 1]} key={score} sequence={score}", "! recorded", DONE)],
    "best-is-five": ["% best 5", *LOGIN] + [line for score in range(1, 6) for line in (
        rate(f"r{score}", score), f"= press {LEVELS[5 - score]}", "! recorded", DONE)],
    "another-score": ["% score honest", *LOGIN, rate("a", 5, honest=2), "= press satisfied", "! recorded", DONE],
    "only-the-score": [*LOGIN, pad("RateSubmit", {"rateId": 9, "attitude": 2}), "= press satisfied", "! recorded",
                       DONE],
    "sent-again": [*LOGIN, rate("a", 4), "= press dissatisfied", rate("a", 4), "# Still with the journal.",
                   "! recorded", DONE, rate("a", 4), DONE, rate("a", 1), DONE, rate("b", 1), "= press verySatisfied"],
    "refused": [*LOGIN, rate("a", 2), "= press satisfied", "! refused", FAILED, rate("a", 2), "= press satisfied",
                "! recorded", DONE, rate("a", 2), DONE],
    "two-at-once": [*LOGIN, rate("a", 1), rate("b", 2), "= press verySatisfied", "= press satisfied", "! recorded 2",
                    DONE, "! refused 1", FAILED],
    "prompt": [*LOGIN, "! prompt 7 60s", quest(named(7)), raw(text({"request": "RateQuest", "code": 0, "result": None})),
               "= observed prompting", rate(named(7), 1), "= press verySatisfied prompt=7 log=0 sequence=7", "! recorded",
               DONE, rate(named(7), 1), DONE],
    "prompt-with-a-number": ["% numeric yes", *LOGIN, "! prompt 4294967295 60s", quest(int(named(4294967295))),
                             rate(int(named(4294967295)), 1), "= press verySatisfied prompt=4294967295", "! recorded",
                             DONE],
    "prompt-of-another-connection": ["# The check digits tell it for the gateway's own.", *LOGIN, rate(named(2417), 2),
                                     "= press satisfied prompt=2417 log=0 sequence=2417", "! recorded", DONE],
    "prompt-about": [*LOGIN, f"! prompt 7 60s {SUBJECT}", quest(named(7), "王某", "社保卡补办", "2026-06-01 10:00:05"),
                     "! prompt 8 60s text=||", quest(named(8)), '! prompt 9 60s text=a"\\/|', quest(named(9), 'a"\\/')],
    "prompt-about-a-day": ["% date day", *LOGIN, f"! prompt 7 60s {SUBJECT}",
                           quest(named(7), "王某", "社保卡补办", "2026-06-01")],
    "prompt-without-date": ["% date none", *LOGIN, f"! prompt 7 60s {SUBJECT}", quest(named(7), "王某", "社保卡补办")],
    "no-prompt-of-ours": ["# A pad that counts by itself answers no prompt.", *LOGIN] + [line for index, rate_id in (
        enumerate(("7", "08", "7000000", "0" + named(8), named(0), named(2 ** 32), "+" + named(8)), 1)) for line in (
            rate(rate_id, 1), f"= press verySatisfied log=1 sequence={index}", "! recorded", DONE)] + [
        "! prompt 8 60s", quest(named(8)), rate("8", 1), "= press verySatisfied log=1 sequence=8"],
    "prompt-refused": [*LOGIN, "! prompt 7 60s", quest(named(7)), raw('{"request":"RateQuest","code":1000}'), BAD,
                       raw('{"request":"RateQuest"}'), BAD],
    "operate": [*LOGIN, "! pause", operate("Pause"), "! resume", operate("Resume"), "! cancel 7", operate("Reset")],
    "operate-by-member": ["% operation operate", *LOGIN, "! pause", operate({"operate": "Pause"})],
    "lists": ["% windows [{\"winNum\":\"3\",\"name\":\"综合窗口\"}]", pad("GetWindowList"),
              answer("GetWindowList", 0, [{"winNum": "3", "name": "综合窗口"}]), pad("GetUserList"),
              answer("GetUserList", 1001), *LOGIN, pad("GetItemList"), answer("GetItemList", 1001),
              pad("GetUserPhoto", {"userCode": "0042"}), answer("GetUserPhoto", 1001)],
    "heartbeat": [*NOISE, *LOGIN, "! wait 700s", pad("HeartBeat"), answer("HeartBeat"), "! wait 700s",
                  pad("HeartBeat"), answer("HeartBeat")],
    "silent": [*LOGIN, "! wait 749s", "! wait 1s", "= observed silent", "! wait 3600s", pad("HeartBeat"),
               answer("HeartBeat"), "= observed answering"],
    "scores-out-of-range": [*LOGIN] + [line for message in (
        rate("a", 0), rate("a", 6), rate("a", "1"), rate("a", 1.5), rate("a", None), rate("a", 1, quality=6),
        rate("", 1), rate({}, 1), pad("RateSubmit", {"attitude": 1}), pad("RateSubmit", {"rateId": "a", "honest": 1}),
        pad("RateSubmit", [1]), pad("RateSubmit")) for line in (message, FAILED, BAD)],
    "not-json": [*LOGIN] + [line for message in (
        "{", "hello", '{"method":"HeartBeat"', '{"method":"HeartBeat",}', "{'method':'HeartBeat'}", "[" * 9 + "]" * 9,
        '{"method":"HeartBeat","method":"Login"}', '{"method":"HeartBeat"} x', '{"method":"\\ud800"}', "[01]", "[1.]",
        "[+1]", "[1e999]", '"\\x"', '"\t"', "nul", "[]", "7", '{"method":7}') for line in (raw(message), BAD)],
    "spaced-and-escaped": [*LOGIN, pad("RateSubmit", {"rateId": "号\"\\/😀", "attitude": 1}, spaced=True),
                           "= press verySatisfied", "! recorded", DONE,
                           raw('{"method":"\\u0048eartBeat","param":{"a":[1,-2,0.5,1e3,true,false,null,""]}}'),
                           answer("HeartBeat")],
    "too-long": ["% reads whole", *LOGIN, raw('{"method":"HeartBeat","param":"' + "x" * 3072 + '"}'), "= observed garbage",
                 pad("HeartBeat"), answer("HeartBeat")],
    "cut-off": ["# A record separator begins a message whatever came before it.", *LOGIN,
                '< 1E 7B 22 6D 65 74 68 6F 64 22 3A', pad("HeartBeat"), answer("HeartBeat"), "= observed garbage"],
    "blank-lines": [*LOGIN, "< 0A 1E 20 0D 0A 0A", pad("HeartBeat"), answer("HeartBeat")],
    "no-separator": ["# A message that lost its separator is taken.", *LOGIN,
                     "< " + '{"method":"HeartBeat"}\n'.encode().hex(" ").upper(), answer("HeartBeat")],
    "other-commands": [*LOGIN, "! waiting 3 4", "! standby", "! identify", "! time 1700000000000",
                       "! page text=https://region.example/", "! scan on"],
}

FOLDER.mkdir(exist_ok=True)
for old in FOLDER.glob("*.trace"):
    old.unlink()
for name, lines in TRACES.items():
    (FOLDER / f"{name}.trace").write_text("\n".join(lines) + "\n", "utf-8")
