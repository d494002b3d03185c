# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Devices on pseudo-terminals that can be plugged in and pulled out: displays, tablets, scanners, a pad with a display.

What a device was told stands in `told`, the oldest first; each device reads its frames by the words of its description
and shares nothing with the gateway's templates.
"""
import os
import pathlib
import pty
import select
import struct
import subprocess
import sys
import termios
import threading
import time
import tty

HERE = pathlib.Path(__file__).parent


class Device:
    """What every device has: a place where it is plugged in, and what it was told."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.told = []
        self.plug()

    def tell(self, words):
        self.told.append(words)

    def until(self, condition, seconds=30, after=0):
        """Waits for something that was told behind the first `after`; answers it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for words in self.told[after:]:
                if condition(words):
                    return words
            time.sleep(0.02)
        raise AssertionError(f"{self.path.name} waited in vain; told: {self.told}")

    def until_last(self, condition, seconds=30):
        """Waits until what was told last is this; answers it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.told and condition(self.told[-1]):
                return self.told[-1]
            time.sleep(0.02)
        raise AssertionError(f"{self.path.name} waited in vain; told: {self.told}")

    def link(self, target):
        """Names the node by the path of the configuration, in one step."""
        beside = self.path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        os.symlink(target, beside)
        os.rename(beside, self.path)


class Terminal(Device):
    """A device that is a line of bytes."""

    def plug(self):
        self.line, self.other = pty.openpty()
        tty.setraw(self.other, termios.TCSANOW)
        self.link(os.ttyname(self.other))
        self.buffer = b""
        self.is_plugged = True
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def unplug(self):
        """Pulls it out: the gateway's end hangs up."""
        self.path.unlink()
        # A read that waits would keep the line open.
        self.is_plugged = False
        self.reader.join(20)
        os.close(self.other)
        os.close(self.line)

    def read(self):
        while self.is_plugged:
            if select.select([self.line], [], [], 0.05)[0]:
                self.take(os.read(self.line, 4096))

    def say(self, data):
        os.write(self.line, data)

    def take(self, data):
        """Cuts what came in into what it means."""


class LineDisplay(Terminal):
    """packaging/frames/example-display-line.yaml: ("code", text), ("text", text), ("clear",)."""

    def take(self, data):
        self.buffer += data
        while b"\r\n" in self.buffer:
            line, self.buffer = self.buffer.split(b"\r\n", 1)
            word, _, quoted = line.decode("utf-8").partition(" ")
            text = quoted[1:-1].replace('\\"', '"').replace("\\\\", "\\")
            self.tell({"QR": ("code", text), "SAY": ("text", text), "CLEAR": ("clear",)}[word])
            self.say(b"OK\r\n")


def crc_modbus(data):
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


class FrameDisplay(Terminal):
    """packaging/frames/example-display.yaml: ("code", text, seconds), ("text", text), ("clear", text)."""

    def take(self, data):
        self.buffer += data
        while len(self.buffer) >= 4:
            assert self.buffer[:2] == b"\xA5\x5A", self.buffer
            length = struct.unpack(">H", self.buffer[2:4])[0]
            if len(self.buffer) < 6 + length:
                return
            frame, self.buffer = self.buffer[:6 + length], self.buffer[6 + length:]
            assert struct.unpack("<H", frame[-2:])[0] == crc_modbus(frame[2:-2]), frame
            command, content = frame[4], frame[5:-2]
            if command == 0x31:
                seconds = struct.unpack("<H", content[:2])[0]
                self.tell(("code", content[2:].decode("ascii"), seconds))
            else:
                self.tell(({0x32: "text", 0x30: "clear"}[command], content.decode("gbk")))


class Tablet(Terminal):
    """A tablet of lines that end with a line feed: each as it came."""

    def take(self, data):
        self.buffer += data
        while b"\n" in self.buffer:
            line, self.buffer = self.buffer.split(b"\n", 1)
            self.tell(line.decode("ascii"))


class PadWithDisplay(Device):
    """display_pad.py; its words as it prints them, of a code ("code", milliseconds, text)."""

    def plug(self):
        self.path.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, HERE / "display_pad.py", "--log", self.path.with_suffix(".log"), "--link", self.path],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"})
        threading.Thread(target=self.read, args=(self.process,), daemon=True).start()

    def read(self, process):
        for line in process.stdout:
            words = line.rstrip("\n").split(" ", 2)
            self.tell(("code", int(words[1]), words[2]) if words[0] == "code" else tuple(words))

    def command(self, words):
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()

    def unplug(self):
        """Pulls it out, and its power with it."""
        self.process.kill()
        self.process.wait(20)
        self.process.stdin.close()
