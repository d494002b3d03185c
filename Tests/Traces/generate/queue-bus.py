#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/Traces/queue-bus/*.trace from the bus's public description; it knows nothing of the driver.

    FF 68 | L | L | 68 | ADDR | FUNC | DATA[L-2] | CS | 16      CS = (ADDR + FUNC + sum of DATA) mod 256

Device to host: FUNC 11, DATA v is a rating (0 dissatisfied, 1 nobody pressed, 2 satisfied, 3 very satisfied); any other
FUNC is a key, last DATA byte. Host to device: a key's frame again is its acknowledgement; a rating's frame with FUNC 01
is the rating's; FUNC 01 DATA 0B asks for a rating; FUNC 02 has six digits, 0A dark; FUNC 03 without data beeps.
"""
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "queue-bus"
LEVEL = {0: "dissatisfied", 2: "satisfied", 3: "verySatisfied"}
NUMBER = {3: 1, 2: 2, 0: 3}
NOISE = ["00", "FF", "FF 68", "FF 68 03 03 68 01 11", "16 16 68 68 FF 68 08 07", "FF 68 03 03 68 01 11 03 16 16",
         "55 AA 13 37 68 03 03"]


def frame(address, function, data):
    body = [address, function] + list(data)
    return [0xFF, 0x68, len(body), len(body), 0x68] + body + [sum(body) % 256, 0x16]


def text(values):
    return " ".join(f"{value:02X}" for value in values)


class Trace:
    def __init__(self, name, about, addresses=(), noise=True, **settings):
        self.name, self.lines = name, [f"# {about}"]
        if addresses:
            self.lines.append("% addresses " + " ".join(map(str, addresses)))
        for key, value in settings.items():
            self.lines.append(f"% {key.replace('_', '-')} {value}")
        if noise:
            self.lines += ["% noise " + piece for piece in NOISE]

    def device(self, values, about=""):
        self.lines.append("< " + text(values) + (f"  # {about}" if about else ""))
        return self

    def gateway(self, values):
        self.lines.append("> " + text(values))
        return self

    def happens(self, what):
        self.lines.append("! " + what)
        return self

    def sees(self, what):
        self.lines.append("= " + what)
        return self

    def rating(self, address, value, extra=""):
        """A pad sends a rating; the driver hands it on and sends nothing."""
        self.device(frame(address, 0x11, [value]), "a rating")
        if value == 1:
            return self.sees(f"timed-out at={address}{extra}")
        return self.sees(f"press {LEVEL[value]} key={NUMBER[value]} at={address}{extra}")

    def recorded(self, address, value, number=""):
        return self.happens(f"recorded {number}".strip()).gateway(frame(address, 0x01, [value]))

    def key(self, address, code, meaning, function=0x05):
        values = frame(address, function, [code])
        return self.device(values, "a key").sees(f"staff {meaning} at={address}").gateway(values)

    def write(self):
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{self.name}.trace").write_text("\n".join(self.lines) + "\n", encoding="utf-8")


def ratings():
    trace = Trace("each-value", "every value a pad can send, each acknowledged after it was recorded", [1])
    for value in (3, 2, 0, 1):
        trace.rating(1, value).recorded(1, value)
    trace.write()

    trace = Trace("published-vector", "the published rating and its acknowledgement, byte for byte", [1])
    trace.device([0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x11, 0x03, 0x15, 0x16])
    trace.sees("press verySatisfied key=1 label=非常满意 at=1 age=0ms sequence=1 raw=FF6803036801110315" + "16")
    trace.happens("recorded").gateway([0xFF, 0x68, 0x03, 0x03, 0x68, 0x01, 0x01, 0x03, 0x05, 0x16])
    trace.write()

    trace = Trace("many-addresses", "pads take turns; the journal answers in another order", [1, 2, 3, 40])
    for address, value in ((1, 3), (2, 0), (3, 2), (40, 3), (2, 3)):
        trace.rating(address, value)
    for number, (address, value) in enumerate(((1, 3), (2, 0), (3, 2), (40, 3), (2, 3)), 1):
        if number != 2:
            trace.recorded(address, value, number)
    trace.recorded(2, 0, 2).write()

    trace = Trace("numbering", "each pad's presses count from 1 in the connection's log", [1, 2], noise=False, nonce=77)
    for sequence, value in enumerate((3, 2, 3, 0), 1):
        for address in (1, 2):
            trace.rating(address, value, f" log=77 sequence={sequence}")
    trace.write()


def repeats():
    trace = Trace("repeat-while-waiting", "a pad sends its rating until it is acknowledged: one press", [1])
    trace.rating(1, 2)
    for _ in range(5):
        trace.happens("wait 400ms").device(frame(1, 0x11, [2]), "again")
    trace.recorded(1, 2).write()

    trace = Trace("repeat-after-recorded", "an acknowledgement was lost: the same again, acknowledged again", [1])
    trace.rating(1, 0).recorded(1, 0)
    for _ in range(3):
        trace.happens("wait 1500ms").device(frame(1, 0x11, [0]), "again").gateway(frame(1, 0x01, [0]))
    trace.happens("wait 2s").rating(1, 0, " sequence=2").recorded(1, 0).write()

    trace = Trace("refused", "a refused rating beeps, and is taken again as the same press", [1])
    trace.rating(1, 3, " sequence=1").happens("refused").gateway(frame(1, 0x03, []))
    trace.happens("wait 500ms").device(frame(1, 0x11, [3]), "again")
    trace.sees("press verySatisfied at=1 sequence=1 age=500ms")
    trace.happens("recorded 1").gateway(frame(1, 0x01, [3])).write()

    trace = Trace("correction", "another key is another press, however soon", [1])
    for sequence, value in enumerate((0, 3, 0, 2), 1):
        trace.rating(1, value, f" sequence={sequence}").recorded(1, value)
    trace.write()


def prompts():
    trace = Trace("prompt-answered", "asked at one address: the answer carries the prompt, the next press does not", [1, 2])
    trace.happens("prompt at=1 7 10s").gateway(frame(1, 0x01, [0x0B]))
    trace.rating(2, 3).rating(1, 3, " prompt=7").recorded(1, 3, 2).rating(1, 0).write()

    trace = Trace("prompt-timed-out", "the pad says that nobody pressed, a second after the prompt's time", [1])
    trace.happens("prompt at=1 8 10s").gateway(frame(1, 0x01, [0x0B])).happens("wait 11s")
    trace.rating(1, 1, " prompt=8").recorded(1, 1).write()

    trace = Trace("prompt-forgotten", "a press long after the prompt's time answers nothing, nor one after a cancel", [1])
    trace.happens("prompt at=1 9 10s").gateway(frame(1, 0x01, [0x0B])).happens("wait 13s").rating(1, 3)
    trace.happens("prompt at=1 10 10s").gateway(frame(1, 0x01, [0x0B]))
    trace.happens("cancel at=1 10").rating(1, 2).write()

    trace = Trace("prompt-everywhere", "without an address every pad with a window is asked", [1, 2], noise=False)
    trace.happens("prompt 11 10s").gateway(frame(1, 0x01, [0x0B])).gateway(frame(2, 0x01, [0x0B]))
    trace.rating(2, 2, " prompt=11").write()


def panels():
    trace = Trace("keys", "every key of a call panel, acknowledged by its own frame", [1])
    for code, meaning in ((0x0B, "askForRating"), (0x0C, "callNext"), (0x0D, "callAgain"), (0x0E, "other(14)"),
                          (0x12, "pause"), (0x13, "transfer"), (0x0F, "other(15)"), (0x05, "other(5)")):
        trace.key(1, code, meaning)
    trace.write()

    trace = Trace("digits", "a digit and then the key to confirm; the digit is forgotten after ten seconds", [1, 2])
    for digit, meaning in ((6, "abandon"), (0, "suspend"), (3, "recall"), (5, "other(15)")):
        trace.key(1, digit, f"other({digit})").key(1, 0x0F, meaning).happens("wait 400ms")
    trace.key(1, 6, "other(6)").key(2, 0x0F, "other(15)").key(1, 0x0C, "callNext").key(1, 0x0F, "other(15)")
    trace.happens("wait 400ms")
    trace.key(1, 6, "other(6)").happens("wait 11s").key(1, 0x0F, "other(15)").write()

    trace = Trace("long-keys", "keys of two and three data bytes: the last one is the key", [1])
    for data, meaning in (([0x00, 0x0C], "callNext"), ([1, 2, 0x0D], "callAgain"), ([6, 0x0F], "abandon")):
        values = frame(1, 0x20, data)
        trace.device(values).sees(f"staff {meaning} at=1").gateway(values)
    trace.write()

    trace = Trace("key-repeat", "the same key within a second is its pad's repeat", [1])
    values = frame(1, 0x05, [0x0C])
    trace.device(values).sees("staff callNext at=1").gateway(values)
    trace.happens("wait 500ms").device(values).gateway(values)
    trace.happens("wait 1s").device(values).sees("staff callNext at=1").gateway(values).write()

    trace = Trace("key-without-end", "a key that comes again and again: eight repeats are acknowledged, until it pauses", [1],
                  noise=False)
    trace.device(values).sees("staff callNext at=1").gateway(values)
    for _ in range(8):
        trace.happens("wait 400ms").device(values).gateway(values)
    trace.happens("wait 400ms").device(values).sees("observed badFrame")
    for _ in range(3):
        trace.happens("wait 400ms").device(values)
    trace.happens("wait 1s").device(values).sees("staff callNext at=1").gateway(values).write()

    trace = Trace("figures", "how many wait and which ticket, dark where there is none or none that fits", [1, 2], noise=False)
    trace.happens("waiting at=1 12 -").gateway([0xFF, 0x68, 8, 8, 0x68, 1, 2, 0, 1, 2, 0x0A, 0x0A, 0x0A, 0x24, 0x16])
    trace.happens("waiting at=2 7 345").gateway(frame(2, 2, [0, 0, 7, 3, 4, 5]))
    trace.happens("waiting at=1 1200 1000").gateway(frame(1, 2, [9, 9, 9, 10, 10, 10]))
    trace.happens("identify").gateway(frame(1, 3, [])).gateway(frame(2, 3, [])).write()


def trouble():
    trace = Trace("unknown-address", "a pad nobody configured is driven, and pointed out once", [1], noise=False)
    trace.device(frame(9, 0x11, [3])).sees("observed unknownAddress").sees("press verySatisfied at=9")
    trace.recorded(9, 3).rating(9, 2).recorded(9, 2).write()

    trace = Trace("two-wire-echo", "an adapter that hears what it sends: nothing of it is a key", [1], noise=False)
    trace.rating(1, 3).recorded(1, 3).device(frame(1, 0x01, [3]), "the acknowledgement came back")
    trace.happens("prompt at=1 3 10s").gateway(frame(1, 1, [0x0B])).device(frame(1, 1, [0x0B]), "came back")
    trace.happens("waiting at=1 5 -").gateway(frame(1, 2, [0, 0, 5, 10, 10, 10]))
    trace.device(frame(1, 2, [0, 0, 5, 10, 10, 10]), "came back").key(1, 0x0C, "callNext")
    trace.device(frame(1, 5, [0x0C]), "came back").write()

    trace = Trace("broken-frames", "wrong checksum, end, lengths and values, each before a good frame", [1], noise=False)
    good = frame(1, 0x11, [3])
    for number, spoilt in enumerate((good[:8] + [good[8] ^ 1] + good[9:], good[:9] + [0x17],
                                     good[:3] + [4] + good[4:], good[:4] + [0x69] + good[5:], good[:-1], good[:3],
                                     frame(1, 0x11, [7]), frame(1, 0x11, [3, 3]), frame(1, 0x11, []),
                                     frame(1, 0x05, [1, 2, 3, 4]))):
        value = (3, 2)[number % 2]
        trace.device(spoilt, "broken").device(frame(1, 0x11, [value]), "good")
        trace.sees(f"press {LEVEL[value]} key={NUMBER[value]} at=1")
        trace.happens("recorded").gateway(frame(1, 0x01, [value]))
    trace.write()

    trace = Trace("short-frame", "a frame that stops is given up after a moment, and the bytes behind its head are looked at",
                  [1], noise=False)
    trace.device([0xFF, 0x68, 0x08, 0x08, 0x68]).device(frame(1, 0x11, [2])[:9])
    trace.happens("wait 300ms").sees("observed garbage")
    trace.device([0xFF, 0x68, 0x08, 0x08, 0x68]).device(frame(1, 0x05, []), "whole, and no pad's: it has no data")
    trace.happens("wait 300ms").sees("observed garbage").sees("observed badFrame")
    trace.device([0xFF, 0x68, 0x08, 0x08, 0x68, 0x01]).device(frame(1, 0x11, [2])[:8]).device(frame(1, 0x11, [2])[8:])
    trace.sees("observed badFrame").sees("press satisfied at=1").write()

    trace = Trace("own-key-map", "a model whose values are others, and without a value for nobody pressed",
                  [1], keys="1 very_satisfied 2 satisfied 3 basically_satisfied 4 dissatisfied 5 very_dissatisfied",
                  timeout="none")
    for value, level in ((1, "verySatisfied"), (3, "basicallySatisfied"), (5, "veryDissatisfied")):
        trace.device(frame(1, 0x11, [value])).sees(f"press {level} key={value} at=1")
        trace.recorded(1, value)
    trace.write()


for part in (ratings, repeats, prompts, panels, trouble):
    part()
