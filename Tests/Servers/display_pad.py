#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""The pad of outside_pad.py with a display, written from firmware-protocol.md section 2.10 and from nothing else.

It prints a line for what its display shows: "code MILLISECONDS CONTENT", "text LANGUAGE CONTENT", "clear", "code-ended".
It states level 3 and holds no key, so that it is a pad that nobody has paired.
"""
import struct
import sys

from outside_pad import NEVER, Pad, main

TEXT, CLIP, CODE, STAFF, WAITING, SHOWN = 0x10, 0x11, 0x12, 0x13, 0x14, 0x86
ENDED, SHOWING, IMPOSSIBLE = 0, 1, 2


def taken(payload, at):
    """A field behind its length in bytes, and where the next one begins; None where it is cut off."""
    end = at + 1 + payload[at] if at < len(payload) else len(payload) + 1
    return (payload[at + 1:end], end) if end <= len(payload) else None


class DisplayPad(Pad):
    level = 3

    def __init__(self, options, send, say):
        super().__init__(options, send, say)
        self.content, self.content_state = 0, ENDED
        self.waiting_number = 0
        self.code_ends = NEVER

    def asked(self, nonce, now):
        if nonce != self.nonce:
            self.content = self.waiting_number = 0  # the numbers, not what it shows
        super().asked(nonce, now)

    def took(self, kind, payload, now):
        if kind not in (TEXT, CLIP, CODE, STAFF, WAITING) or len(payload) < 4:
            return False
        number = struct.unpack("<I", payload[:4])[0]
        if number == 0:
            return True
        if kind == WAITING:
            self.waiting_number = number
            self.shown(number, SHOWING)
            return True
        if number != self.content:
            words = self.words(kind, payload, now)
            if words is None:
                return True
            self.content = number
            self.content_state = SHOWING if words else IMPOSSIBLE
            self.code_ends = NEVER
            if kind == CODE:
                self.code_ends = now + struct.unpack("<I", payload[4:8])[0] / 1000
            if words:
                self.say(words)
        self.shown(number, self.content_state)
        return True

    def words(self, kind, payload, now):
        """What the display shows, in words; empty where it has no such thing, None where the message is wrong."""
        if kind in (CLIP, STAFF):
            return ""
        first = taken(payload, 4) if kind == TEXT else None
        last = taken(payload, first[1]) if first else taken(payload, 8) if kind == CODE and len(payload) > 8 else None
        if not last or len(last[0]) > 200:
            return None
        try:
            content = last[0].decode("utf-8")
        except UnicodeDecodeError:
            return None  # passed over whole
        if kind == TEXT:
            return f"text {first[0].decode('ascii')} {content}" if content else "clear"
        milliseconds = struct.unpack("<I", payload[4:8])[0]
        return f"code {milliseconds} {content}" if content and 1000 <= milliseconds <= 3_600_000 else None

    def shown(self, number, state):
        self.send(SHOWN, struct.pack("<IB", number, state))

    def tick(self, now):
        if now >= self.code_ends:
            self.code_ends, self.content_state = NEVER, ENDED
            self.say("code-ended")
        return min(super().tick(now), self.code_ends)


if __name__ == "__main__":
    sys.exit(main(DisplayPad))
