#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/Traces/keyboard/*.trace from the kernel's interface (linux/input.h, linux/input-event-codes.h).

struct input_event on a 64-bit kernel: seconds and microseconds (64 bits each), type, code (16 bits each), value (32).
A keyboard reports MSC_SCAN, EV_KEY and SYN_REPORT for each change; EV_KEY is 1 down, 0 up, 2 autorepeat.
"""
import pathlib
import struct

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "keyboard"
EV_SYN, EV_KEY, EV_MSC, EV_LED = 0, 1, 4, 0x11
SYN_REPORT, SYN_DROPPED, MSC_SCAN = 0, 3, 4
MAIN = dict(zip("1234567890", range(2, 12)))
PAD = {"7": 71, "8": 72, "9": 73, "4": 75, "5": 76, "6": 77, "1": 79, "2": 80, "3": 81, "0": 82}
ENTER, KEYPAD_ENTER, KEY_A, NUM_LOCK, LEFT_SHIFT = 28, 96, 30, 69, 42
LEVELS = ["verySatisfied", "satisfied", "basicallySatisfied", "dissatisfied", "veryDissatisfied"]
NOISE = ["FF", "FF FF FF 00", "55 AA 13 37 01 02 03 04 05 06 07"]


class Trace:
    def __init__(self, name, about, noise=True, **settings):
        self.name, self.lines = name, [f"# {about}"]
        self.lines += [f"% {key} {value}" for key, value in settings.items()]
        if noise:
            self.lines += ["% noise " + piece for piece in NOISE]
        self.microseconds = 1_790_000_000_123_456

    def after(self, milliseconds):
        self.microseconds += milliseconds * 1000
        return self

    def event(self, kind, code, value):
        seconds, rest = divmod(self.microseconds, 1_000_000)
        return struct.pack("<qqHHi", seconds, rest, kind, code, value)

    def packet(self, *events, about=""):
        values = b"".join(self.event(*event) for event in events) + self.event(EV_SYN, SYN_REPORT, 0)
        self.lines.append("< " + " ".join(f"{value:02X}" for value in values) + (f"  # {about}" if about else ""))
        return self

    def change(self, code, value, about=""):
        return self.packet((EV_MSC, MSC_SCAN, 0x70000 + code), (EV_KEY, code, value), about=about)

    def down(self, code, about="down"):
        return self.change(code, 1, about)

    def up(self, code):
        return self.after(80).change(code, 0, "up").after(400)

    def press(self, code, level, number, more=""):
        return self.down(code).sees(f"press {level} key={number} age=0ms{more}").up(code)

    def sees(self, what):
        self.lines.append("= " + what)
        return self

    def happens(self, what):
        self.lines.append("! " + what)
        return self

    def write(self):
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{self.name}.trace").write_text("\n".join(self.lines) + "\n", encoding="utf-8")


def digits():
    for name, codes in (("main-row", MAIN), ("keypad", PAD)):
        trace = Trace(name, "each digit from 1 to 5 is a press as it goes down, numbered from 1", nonce=9)
        for digit in range(1, 6):
            trace.press(codes[str(digit)], LEVELS[digit - 1], digit, f" log=9 sequence={digit}")
        trace.write()

    trace = Trace("no-key", "digits without a key, letters and lights are no presses", noise=False)
    trace.down(MAIN["7"]).sees("observed badFrame").up(MAIN["7"]).down(MAIN["0"]).sees("observed badFrame")
    trace.up(MAIN["0"]).down(KEY_A).up(KEY_A).packet((EV_LED, 0, 1)).down(ENTER).up(ENTER)
    trace.press(MAIN["1"], LEVELS[0], 1).write()

    trace = Trace("all-ten", "a map of other digits, and 0 is one",
                  keys="9 very_satisfied 8 satisfied 6 basically_satisfied 4 dissatisfied 0 very_dissatisfied")
    for number, digit in enumerate("98640", 1):
        trace.press(MAIN[digit], LEVELS[number - 1], number).press(PAD[digit], LEVELS[number - 1], number)
    trace.write()

    trace = Trace("num-lock", "a keypad that presses num lock or shift around its digit")
    trace.down(NUM_LOCK).down(PAD["2"]).sees("press satisfied").up(PAD["2"]).up(NUM_LOCK)
    trace.down(LEFT_SHIFT).down(MAIN["4"]).sees("press dissatisfied").up(MAIN["4"]).up(LEFT_SHIFT).write()


def holding():
    trace = Trace("autorepeat", "a key that is held repeats; it was pressed once")
    trace.down(MAIN["3"]).sees("press basicallySatisfied")
    trace.after(250)
    for _ in range(8):
        trace.after(33).packet((EV_KEY, MAIN["3"], 2), about="repeat")
    trace.up(MAIN["3"]).press(MAIN["3"], LEVELS[2], 3).write()

    trace = Trace("bounce", "a contact that bounces within 50 ms is one press; a second press takes longer")
    trace.down(MAIN["5"]).sees("press veryDissatisfied")
    for _ in range(3):
        trace.after(8).change(MAIN["5"], 0).after(7).change(MAIN["5"], 1, "bounce")
    trace.up(MAIN["5"]).down(MAIN["5"]).sees("press veryDissatisfied").after(60).change(MAIN["5"], 0)
    trace.after(60).down(MAIN["5"]).sees("press veryDissatisfied").up(MAIN["5"]).write()

    trace = Trace("rolling", "a second key goes down before the first is let go: two presses")
    trace.down(MAIN["1"]).sees("press verySatisfied").after(30).down(MAIN["2"]).sees("press satisfied")
    trace.after(50).change(MAIN["1"], 0).up(MAIN["2"]).write()

    trace = Trace("stuck", "a key held for longer than anybody presses is pointed out once, and when it is let go",
                  noise=False)
    trace.down(MAIN["1"]).sees("press verySatisfied").happens("wait 29s").happens("wait 2s").sees("observed stuckKey")
    trace.packet((EV_KEY, MAIN["1"], 2)).happens("wait 60s")
    trace.press(MAIN["2"], LEVELS[1], 2).happens("wait 60s").up(MAIN["1"]).sees("observed keyReleased")
    trace.happens("wait 60s").write()


def gaps():
    trace = Trace("dropped", "the kernel's queue was full: what follows up to the next report is not complete",
                  noise=False)
    trace.down(MAIN["1"]).sees("press verySatisfied")
    trace.packet((EV_SYN, SYN_DROPPED, 0), (EV_KEY, MAIN["2"], 1)).sees("observed badFrame")
    trace.after(500).press(MAIN["1"], LEVELS[0], 1).press(MAIN["2"], LEVELS[1], 2).write()

    trace = Trace("dropped-enter", "a digit before the gap does not count with an enter behind it", noise=False,
                  ends="enter")
    trace.down(MAIN["1"]).up(MAIN["1"]).packet((EV_SYN, SYN_DROPPED, 0)).sees("observed badFrame")
    trace.down(ENTER).up(ENTER).down(MAIN["2"]).up(MAIN["2"]).down(ENTER).sees("press satisfied age=0ms").write()

    trace = Trace("clock-step", "the kernel's clock steps back by an hour: presses stay presses")
    trace.press(MAIN["1"], LEVELS[0], 1)
    trace.microseconds -= 3_600_000_000
    trace.press(MAIN["1"], LEVELS[0], 1).write()


def enter():
    trace = Trace("enter", "a pad that types enter behind its digit, by either enter key", ends="enter")
    for number, (digit, key) in enumerate((("1", ENTER), ("4", KEYPAD_ENTER), ("5", ENTER)), 1):
        trace.down(MAIN[digit]).up(MAIN[digit]).down(key).sees(f"press {LEVELS[int(digit) - 1]} sequence={number}")
        trace.up(key)
    trace.write()

    trace = Trace("enter-alone", "enter without a digit, a number of two digits, a word, a digit left waiting",
                  noise=False, ends="enter")
    trace.down(ENTER).up(ENTER)
    trace.down(MAIN["1"]).up(MAIN["1"]).down(MAIN["2"]).up(MAIN["2"]).down(ENTER).sees("observed badFrame").up(ENTER)
    trace.down(MAIN["3"]).up(MAIN["3"]).down(KEY_A).up(KEY_A).down(ENTER).sees("observed badFrame").up(ENTER)
    trace.down(MAIN["1"]).up(MAIN["1"]).happens("wait 3s").down(ENTER).sees("observed badFrame").up(ENTER)
    trace.down(MAIN["1"]).up(MAIN["1"]).happens("wait 3s").down(MAIN["2"]).up(MAIN["2"])
    trace.happens("wait 200ms").down(ENTER).sees("press satisfied key=2 age=200ms").write()


for part in (digits, holding, gaps, enter):
    part()
