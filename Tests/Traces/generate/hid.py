#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/Traces/hid/*.trace: reports of pads that nobody makes, each described by the settings at its head.

A read of /dev/hidraw… is one report, the report's number first where the device numbers them. One byte of it, under a
mask, says which key is down. A press is the change from the released value to one that a key has.
"""
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "hid"
FIVE = ["verySatisfied", "satisfied", "basicallySatisfied", "dissatisfied", "veryDissatisfied"]
WORDS = ["very_satisfied", "satisfied", "basically_satisfied", "dissatisfied", "very_dissatisfied"]


class Trace:
    def __init__(self, name, about, values=(1, 2, 3, 4, 5), **settings):
        self.name, self.values = name, values
        keys = " ".join(f"{value} {word}" for value, word in zip(values, WORDS))
        self.lines = [f"# {about}", "% reads whole", f"% keys {keys}"]
        self.lines += [f"% {key} {value}" for key, value in settings.items()]

    def report(self, *values):
        self.lines.append("< " + " ".join(f"{value:02X}" for value in values))
        return self

    def gateway(self, values):
        self.lines.append("> " + values)
        return self

    def sees(self, what):
        self.lines.append("= " + what)
        return self

    def press(self, number, more=""):
        return self.sees(f"press {FIVE[number - 1]} key={number} age=0ms{more}")

    def happens(self, what):
        self.lines.append("! " + what)
        return self

    def write(self):
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{self.name}.trace").write_text("\n".join(self.lines) + "\n", encoding="utf-8")


trace = Trace("numbers", "the key's number in the only byte", offset=0, nonce=5)
for number in range(1, 6):
    trace.report(number).press(number, f" log=5 sequence={number}").report(0)
trace.write()

trace = Trace("bits", "a bit for each key in the third byte; two bits are no key", values=(1, 2, 4, 8, 16), offset=2, mask=0x1F)
for number in range(1, 6):
    trace.report(0xA5, 0x00, 0x80 | 1 << number - 1, 0x77).press(number).report(0xA5, 0x00, 0x80, 0x77)
trace.report(0, 0, 3, 0).sees("observed badFrame").report(0, 0, 1, 0).report(0, 0, 0, 0).report(0, 0, 2, 0).press(2).write()

trace = Trace("numbered-reports", "keys come in report 2; others are not looked at", offset=1, report=2)
trace.report(1, 3).report(2, 3).press(3).report(1, 0).report(2, 3).report(3, 0).report(2, 0).report(2, 3).press(3).write()

trace = Trace("repeating", "a pad that sends its state again and again: a key that is held is one press", offset=0)
for number in (1, 5, 1):
    trace.report(0).report(0).report(number).press(number).report(number).report(number).report(number).report(0)
trace.write()

trace = Trace("slide", "from key to key without letting go is no second press", offset=0)
trace.report(1).press(1).report(2).report(3).report(0).report(2).press(2).write()

trace = Trace("idle-value", "a pad whose byte is 255 while no key is down, and 0 is a key", values=(0, 1, 2, 3, 4), offset=0,
              released=255)
trace.report(255).report(0).press(1).report(255).report(4).press(5).report(255).write()

trace = Trace("thanks", "thanked after the commit, a fault where it failed", offset=0, thanks="00 01 AA", fault="00 02")
trace.report(2).press(2).report(0).happens("recorded").gateway("00 01 AA")
trace.report(4).press(4).report(0).happens("refused").gateway("00 02")
trace.report(1).press(1).report(0).report(5).press(5).happens("recorded 4").gateway("00 01 AA")
trace.happens("recorded 3").gateway("00 01 AA").happens("recorded 3").write()

trace = Trace("mute", "a pad without output reports is told nothing", offset=0)
trace.happens("prompt 7 10s").report(1).press(1).happens("recorded").report(0).report(2).press(2).happens("refused").write()

trace = Trace("prompt", "asked with a report: the answer carries the prompt, once and in time", offset=0, prompt="03 01")
trace.happens("prompt 7 10s").gateway("03 01").report(1).press(1, " prompt=7").report(0).report(1).press(1).report(0)
trace.happens("prompt 8 10s").gateway("03 01").happens("wait 11s").report(2).press(2, " prompt=8").report(0)
trace.happens("prompt 9 10s").gateway("03 01").happens("wait 13s").report(3).press(3).report(0)
trace.happens("prompt 10 10s").gateway("03 01").happens("cancel 10").report(4).press(4).write()

trace = Trace("short-reports", "reports that end before the key's byte, and an empty one", offset=3)
trace.report(0, 0, 0).sees("observed badFrame").report(0, 0, 0, 2).press(2).report(0).sees("observed badFrame").report()
trace.report(0, 0, 0, 0, 9, 9).report(0, 0, 0, 1).press(1).write()

trace = Trace("stuck", "a key that stays down is pointed out once, and when it is let go", offset=0)
trace.report(1).press(1).happens("wait 29s").happens("wait 2s").sees("observed stuckKey").report(1).happens("wait 99s")
trace.report(0).sees("observed keyReleased").happens("wait 99s").report(1).press(1).happens("wait 9s").report(0).write()

trace = Trace("down-at-start", "a key that is down when the line opens was pressed", offset=0)
trace.report(3).press(3).report(3).report(0).write()
