#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""An evaluator pad of level L1, written from firmware-protocol.md and from nothing else.

It shares no line and no language with the gateway, so that what both understand is what the text says. The numbers
in the comments are sections of that text. It opens a pseudo-terminal, prints "line PATH", takes commands on its standard
input ("press 2", "cancel", "power-cut", "quit") or from a named pipe, and prints a line for each signal (1.2).
"--fault NAME" plants one mistake of the kind that makers make, for the tests of what finds them.
"""
import argparse
import os
import select
import struct
import sys
import termios
import time
import tty

FAULTS = (
    "sequence-reset", "forgets-early", "ram-log", "takes-any-log", "takes-any-sequence", "wrong-checksum",
    "answers-broken", "changes-field", "age-stands", "never-slower", "six-at-once", "refuse-forgets", "nonce-zero",
    "prompt-again", "ignores-pause", "counts-wrong", "stops-at-unknown", "strict-length", "silent-timeout",
    "cancel-entry", "speaks-closed", "lifetime-stands", "mute",
)
NEVER = float("inf")
ROOM = 512  # entries (1.4)
ASK, WELCOME, ACKNOWLEDGE, REFUSE, PROMPT, CANCEL, PAUSE, RESUME, TIME, KEEP_ALIVE, IDENTIFY = range(1, 12)
HELLO, PRESS, PROMPTING, HEALTH = 0x81, 0x82, 0x83, 0x84
LOST_COUNT = 0xFFFFFFFF


def crc32c(data):
    """4.3, a bit at a time: 82F63B78 reflected."""
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ (0x82F63B78 if value & 1 else 0)
    return value ^ 0xFFFFFFFF


def stuffed(body):
    """4.2: cut at the zeros; each piece is led by one more than its length."""
    return b"\0" + b"".join(bytes([len(piece) + 1]) + piece for piece in body.split(b"\0")) + b"\0"


def unstuffed(piece):
    """The body between two delimiters, or None where a code points past the end."""
    body, at = b"", 0
    while at < len(piece):
        end = at + piece[at]
        if end > len(piece):
            return None
        body += piece[at + 1:end] + (b"\0" if end < len(piece) else b"")
        at = end
    return body


class Log:
    """1.4: a file of fixed places. An entry is written, read back, and later marked as acknowledged in place."""
    HEAD = struct.Struct("<8sQI")
    ENTRY = struct.Struct("<IIIBBBBI")  # sequence, lifetime count, prompt, result, level, key, 0, check
    PLACE = ENTRY.size + 1  # and a byte that an acknowledgement clears

    def __init__(self, path):
        self.file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self.entries = {}  # place: (fields, acknowledged)
        raw = os.pread(self.file, self.HEAD.size + ROOM * self.PLACE, 0)
        head = self.HEAD.unpack(raw[:self.HEAD.size]) if len(raw) >= self.HEAD.size else (b"", 0, 0)
        if head[0] != b"outside1" or head[1] == 0 or head[2] != crc32c(raw[:16]):
            number = int.from_bytes(os.urandom(8), "little") | 1
            first = struct.pack("<8sQ", b"outside1", number)
            os.ftruncate(self.file, 0)
            os.pwrite(self.file, first + struct.pack("<I", crc32c(first)), 0)
            os.fsync(self.file)
            self.number = number
            return
        self.number = head[1]
        for place in range(ROOM):
            piece = raw[self.HEAD.size + place * self.PLACE:][:self.PLACE]
            if len(piece) == self.PLACE:
                fields = self.ENTRY.unpack(piece[:-1])
                if fields[0] and fields[7] == crc32c(piece[:self.ENTRY.size - 4]):
                    self.entries[place] = (fields[:6], piece[-1] == 0)

    def newest(self):
        return max((fields for fields, _ in self.entries.values()), default=None)

    def waiting(self):
        return sorted(fields for fields, acknowledged in self.entries.values() if not acknowledged)

    def append(self, fields):
        """False where there is no room, or where the entry does not read back. The newest entry is never overwritten."""
        newest = self.newest()
        place = next((p for p in range(ROOM) if p not in self.entries
                      or (self.entries[p][1] and self.entries[p][0] != newest)), None)
        if place is None:
            return False
        data = struct.pack("<IIIBBBB", *fields, 0)
        data += struct.pack("<I", crc32c(data)) + b"\xFF"
        at = self.HEAD.size + place * self.PLACE
        os.pwrite(self.file, data, at)
        os.fsync(self.file)
        if os.pread(self.file, self.PLACE, at) != data:
            return False
        self.entries[place] = (fields, False)
        return True

    def full(self):
        return len(self.waiting()) >= ROOM - 1

    def release(self, sequence):
        for place, (fields, acknowledged) in self.entries.items():
            if fields[0] == sequence and not acknowledged:
                os.pwrite(self.file, b"\0", self.HEAD.size + place * self.PLACE + self.ENTRY.size)
                os.fsync(self.file)
                self.entries[place] = (fields, True)
                return True
        return False


class Pad:
    """Everything below is lost with the power; what is not lost is in the log."""
    level = 1  # section 1

    def __init__(self, options, send, say):
        self.options, self.send_bytes, self.say, self.fault = options, send, say, options.fault
        self.log = Log(options.log)
        newest = self.log.newest()
        self.sequence = newest[0] if newest else 0
        self.lifetime = newest[1] if newest else 0
        if self.fault == "sequence-reset" and not self.log.waiting():
            self.sequence = 0
        if self.fault == "ram-log":
            for fields in self.log.waiting():
                self.log.release(fields[0])
        self.began = time.monotonic()
        self.nonce, self.open, self.paused = 0, False, False
        self.prompt = self.ended = 0
        self.prompt_ends = NEVER
        self.flight = {}  # sequence: [due, interval, refused]
        self.born = {}  # sequence: when it was pressed, in this power-on
        self.maker = None  # (sequence, when kept is due) of the newest press
        self.buffer, self.over = b"", False
        self.was_full = self.log.full()
        self.hello_interval, self.hello_due = 1.0, self.began
        self.stopped = False

    # What it says.
    def send(self, kind, payload=b""):
        body = bytes([0, kind]) + payload
        check = crc32c(body)
        if self.fault == "wrong-checksum" and kind == PRESS:
            check ^= 1
        if self.fault != "mute":
            self.send_bytes(stuffed(body + struct.pack("<I", check)))

    def hello(self):
        model, firmware = "Outside pad".encode(), "0.1".encode()
        nonce = 0 if self.fault == "nonce-zero" else self.nonce
        self.send(HELLO, struct.pack("<BBBBQQQ", 1, 1, self.level, 5, self.options.pad, self.log.number, nonce)
                  + bytes([len(model)]) + model + bytes([len(firmware)]) + firmware)

    def health(self):
        waiting = len(self.log.waiting()) + (self.fault == "counts-wrong")
        self.send(HEALTH, struct.pack("<BHII", self.paused | self.log.full() << 1, min(waiting, 65535),
                                      self.lifetime, int(time.monotonic() - self.began)))

    def prompting(self, number, shows):
        self.send(PROMPTING, struct.pack("<IB", number, shows))

    # Keys.
    def take(self, result, level, key, now):
        if result != 2:
            self.lifetime += result == 1 and self.fault != "lifetime-stands"
            if self.paused and self.fault != "ignores-pause":
                return self.say("paused")
        if self.log.full():
            if result == 1:
                self.say("log-full")
            return None
        entry = (self.sequence + 1, self.lifetime, self.prompt, result, level, key)
        if not self.log.append(entry):
            return self.say("fault")
        self.sequence += 1
        self.born[self.sequence] = now
        if result == 1:
            self.say("pressed %d" % self.sequence)
            self.maker = (self.sequence, now + 3)
        if self.prompt:
            self.end_prompt()
        if self.log.full() and self.open:
            self.was_full = True
            self.health()
        return None

    def end_prompt(self):
        self.ended, self.prompt, self.prompt_ends = self.prompt, 0, NEVER
        self.say("prompt-ended")

    # What it hears.
    def bytes_arrived(self, data, now):
        for byte in data:
            if byte:
                self.over = self.over or len(self.buffer) >= 253
                self.buffer += b"" if self.over else bytes([byte])
                continue
            piece, over, self.buffer, self.over = self.buffer, self.over, b"", False
            body = None if over or not piece else unstuffed(piece)
            if body is None or len(body) < 6 or self.stopped:
                continue
            right = struct.unpack("<I", body[-4:])[0] == crc32c(body[:-4])
            if body[0] == 0 and (right or self.fault == "answers-broken"):
                self.heard(body[1], body[2:-4], now)

    def heard(self, kind, payload, now):
        lengths = {ASK: 10, WELCOME: 1, ACKNOWLEDGE: 12, REFUSE: 12, PROMPT: 8, CANCEL: 4, PAUSE: 0, RESUME: 0,
                   TIME: 8, KEEP_ALIVE: 0, IDENTIFY: 0}
        length = lengths.get(kind)
        if length is None:
            if not self.open or not self.took(kind, payload, now):
                self.stopped = self.fault == "stops-at-unknown"
            return
        if len(payload) < length or (len(payload) > length and self.fault == "strict-length"):
            return
        if kind == ASK:
            low, high, nonce = struct.unpack("<BBQ", payload[:10])
            if 1 <= low <= high and nonce:
                self.asked(nonce, now)
        elif kind == WELCOME:
            self.welcomed(payload[0], now)
        elif kind in (ACKNOWLEDGE, REFUSE):
            log, sequence = struct.unpack("<QI", payload[:12])
            if log == self.log.number or self.fault == "takes-any-log":
                self.answered(kind, sequence, now)
        elif self.open or self.fault == "speaks-closed":
            self.told(kind, payload, now)

    def took(self, kind, payload, now):
        """Whether a message of a higher level was one of this pad's; there are none at L1."""
        return False

    def asked(self, nonce, now):
        if nonce != self.nonce:
            self.paused = False  # 2.7
        self.nonce, self.open = nonce, False
        self.hello_interval, self.hello_due = 1.0, now

    def welcomed(self, version, now):
        if version != 1:  # 2.2: none that both speak
            self.open, self.hello_interval, self.hello_due = False, 60.0, now + 60
            return
        if not self.open:
            self.flight = {}  # 3.1: all entries are due
        self.open, self.hello_due = True, NEVER

    def answered(self, kind, sequence, now):
        if self.fault == "takes-any-sequence" and self.log.waiting():
            sequence = self.log.waiting()[0][0]
        waits = self.maker is not None and self.maker[0] == sequence
        if kind == REFUSE and self.fault != "refuse-forgets":
            if any(fields[0] == sequence for fields in self.log.waiting()):
                self.flight[sequence] = [now + 30, 0.5, True]
                if waits:
                    self.maker = None
                    self.say("fault")
            return
        if self.log.release(sequence):
            self.flight.pop(sequence, None)
            self.born.pop(sequence, None)
            if waits:
                self.maker = None
                self.say("thanks")
            if self.was_full and not self.log.full():
                self.was_full = False
                if self.open:
                    self.health()

    def told(self, kind, payload, now):
        if kind == PROMPT:
            number, left = struct.unpack("<II", payload[:8])
            if number == 0 or not 1000 <= left <= 600000:
                return
            again = self.fault == "prompt-again" and number == self.prompt
            if (number not in (self.prompt, self.ended) or again) and not self.paused:
                if self.prompt and not again:
                    self.end_prompt()
                self.prompt, self.prompt_ends = number, now + left / 1000
                self.say("prompt %d" % number)
            self.prompting(number, number == self.prompt)
        elif kind == CANCEL:
            number = struct.unpack("<I", payload[:4])[0]
            if number:
                if number == self.prompt:
                    if self.fault == "cancel-entry":
                        self.take(3, 0, 0, now)
                    else:
                        self.end_prompt()
                self.prompting(number, 0)
        elif kind == PAUSE:
            self.paused = True
            if self.prompt:
                self.end_prompt()
            self.health()
        elif kind == RESUME:
            self.paused = False
            self.health()
        elif kind == KEEP_ALIVE:
            self.health()
        elif kind == IDENTIFY:
            self.say("identify")
            self.health()

    # Timers (3.6).
    def tick(self, now):
        if now >= self.hello_due:
            self.hello()
            self.hello_due = now + self.hello_interval
            if self.hello_interval < 60:
                self.hello_interval = min(16.0, self.hello_interval * 2)
        if now >= self.prompt_ends:
            if self.fault == "silent-timeout":
                self.end_prompt()
            else:
                self.take(2, 0, 0, now)
                if self.prompt:  # no room for the entry
                    self.end_prompt()
        if self.maker and now >= self.maker[1]:
            self.maker = None
            self.say("kept")
        if self.open:
            self.send_entries(now)
        return min([self.hello_due, self.prompt_ends, self.maker[1] if self.maker else NEVER]
                   + [due for due, _, _ in self.flight.values() if self.open])

    def send_entries(self, now):
        for fields in self.log.waiting():
            sequence = fields[0]
            state = self.flight.get(sequence)
            places = sum(1 for _, _, refused in self.flight.values() if not refused)
            if state is None or (state[2] and now >= state[0]):
                if places >= (6 if self.fault == "six-at-once" else 4):
                    continue
                state = self.flight[sequence] = [now, 0.5, False]
            if now < state[0]:
                continue
            age = min(int((now - self.born[sequence]) * 1000), LOST_COUNT - 1) if sequence in self.born else LOST_COUNT
            lifetime = fields[1]
            if self.fault == "changes-field" and state[1] > 0.5:
                lifetime += 1
            if self.fault == "age-stands":
                age = 0
            self.send(PRESS, struct.pack("<QIIIIBBB", self.log.number, sequence, lifetime, age, *fields[2:]))
            state[0] = now + state[1]
            state[1] = 0.5 if self.fault == "never-slower" else min(8.0, state[1] * 2)
            if self.fault == "forgets-early":
                self.log.release(sequence)
                self.flight.pop(sequence, None)


def main(made=Pad):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--log", required=True, help="file of the non-volatile memory")
    parser.add_argument("--line", help="serial line to open, in place of a pseudo-terminal of its own")
    parser.add_argument("--link", help="symbolic link to make to the pseudo-terminal")
    parser.add_argument("--commands", help="named pipe to take commands from, in place of the standard input")
    parser.add_argument("--pad", type=lambda text: int(text, 16), default=0x00C0FFEE00000099)
    parser.add_argument("--fault", choices=FAULTS)
    options = parser.parse_args()
    if options.line:
        line = os.open(options.line, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(line, termios.TCSANOW)
    else:
        line, other = os.openpty()  # the other end stays open, or reading ends when nobody is there
        tty.setraw(other, termios.TCSANOW)
        path = os.ttyname(other)
        if options.link:
            os.symlink(path, options.link)
        print("line", path, flush=True)
    os.set_blocking(line, False)
    commands = os.open(options.commands, os.O_RDWR) if options.commands else 0

    def send(data):
        try:
            os.write(line, data)
        except BlockingIOError:
            pass  # nobody reads: what a cable without a gateway does to bytes

    def say(text):
        print(text, flush=True)

    pad, typed = made(options, send, say), b""
    while True:
        now = time.monotonic()
        due = pad.tick(now)
        ready, _, _ = select.select([line, commands], [], [], max(0.0, min(1.0, due - time.monotonic())))
        now = time.monotonic()
        if line in ready:
            pad.bytes_arrived(os.read(line, 4096), now)
        if commands in ready:
            data = os.read(commands, 4096)
            if not data:
                return 0
            typed += data
            *whole, typed = typed.split(b"\n")
            for command in (words.decode().split() for words in whole):
                if command[:1] == ["press"] and len(command) == 2 and command[1] in "12345":
                    pad.take(1, int(command[1]), int(command[1]), now)
                elif command == ["cancel"] and pad.prompt:
                    pad.take(3, 0, 0, now)
                elif command == ["power-cut"]:
                    pad = made(options, send, say)
                    say("power-on")
                elif command == ["quit"]:
                    return 0
                elif command:
                    say("what? " + " ".join(command))


if __name__ == "__main__":
    sys.exit(main())
