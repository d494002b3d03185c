#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/Traces/native/*.trace from firmware-protocol.md, with a codec of its own and none of the driver's."""
import hashlib
import hmac
import pathlib
import struct

# --- Framing (section 4) ---


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def stuffed(body):
    return b"".join(bytes([len(run) + 1]) + run for run in body.split(b"\0"))


def body(kind, payload=b"", address=0):
    head = bytes([address, kind]) + payload
    return head + struct.pack("<I", crc32c(head))


def frame(kind, payload=b"", address=0):
    return b"\0" + stuffed(body(kind, payload, address)) + b"\0"


assert crc32c(b"123456789") == 0xE3069283
assert frame(0x0A).hex(" ").upper() == "00 01 06 0A EA 5F 83 9A 00"

# --- Messages (section 2); each is a type and a payload ---


def text(value):
    raw = value if isinstance(value, bytes) else value.encode()
    return bytes([len(raw)]) + raw


def ask(nonce):
    return 0x01, struct.pack("<BBQ", 1, 1, nonce)


def welcome(version=1):
    return 0x02, bytes([version])


def acknowledge(log, sequence):
    return 0x03, struct.pack("<QI", log, sequence)


def refuse(log, sequence):
    return 0x04, struct.pack("<QI", log, sequence)


def prompt(number, milliseconds):
    return 0x05, struct.pack("<II", number, milliseconds)


def cancel_prompt(number):
    return 0x06, struct.pack("<I", number)


PAUSE, RESUME, KEEP_ALIVE, IDENTIFY, IDLE = (0x07, b""), (0x08, b""), (0x0A, b""), (0x0B, b""), (0x85, b"")


def time(milliseconds):
    return 0x09, struct.pack("<Q", milliseconds)


def show_text(number, language, value):
    return 0x10, struct.pack("<I", number) + text(language) + text(value)


def clip(number, which):
    return 0x11, struct.pack("<IH", number, which)


def qr_code(number, milliseconds, content):
    return 0x12, struct.pack("<II", number, milliseconds) + text(content)


def staff_card(number, badge, name, photograph):
    return 0x13, struct.pack("<I", number) + text(badge) + text(name) + struct.pack("<H", photograph)


def waiting(number, count, ticket):
    return 0x14, struct.pack("<IHI", number, count, ticket)


def scanner(number, on):
    return 0x20, struct.pack("<IB", number, on)


def scan_taken(number, next_offset):
    return 0x21, struct.pack("<IH", number, next_offset)


def challenge(algorithm, value, code):
    return 0x28, bytes([algorithm]) + value + code


def proven_acknowledge(log, sequence, code):
    return 0x29, struct.pack("<QI", log, sequence) + code


def update(number, size, release, version, digest, signature):
    return 0x30, struct.pack("<III", number, size, release) + text(version) + digest + signature


def chunk(number, offset, data):
    return 0x31, struct.pack("<II", number, offset) + text(data)


def finish(number, action):
    return 0x32, struct.pack("<IB", number, action)


def hello(pad, log, nonce, conformance=1, keys=5, model="Hallgate P5", firmware="1.0.0", versions=(1, 1)):
    fixed = struct.pack("<BBBBQQQ", *versions, conformance, keys, pad, log, nonce)
    return 0x81, fixed + text(model) + text(firmware)


def press_fields(log, sequence, lifetime, age, prompt=0, result=1, level=0, key=0):
    return struct.pack("<QIIIIBBB", log, sequence, lifetime, age, prompt, result, level, key)


def press(*fields, **named):
    return 0x82, press_fields(*fields, **named)


def prompting(number, showing):
    return 0x83, struct.pack("<IB", number, showing)


def health(flags, waiting_entries, lifetime, uptime):
    return 0x84, struct.pack("<BHII", flags, waiting_entries, lifetime, uptime)


def shown(number, state):
    return 0x86, struct.pack("<IB", number, state)


def scanned(number, symbology, total, offset, part):
    return 0x90, struct.pack("<I3sHH", number, symbology, total, offset) + text(part)


def proven_press(fields, code):
    return 0x92, fields + code


def proof(result, code):
    return 0xA8, bytes([result]) + code


def progress(number, state, offset):
    return 0xB0, struct.pack("<IBI", number, state, offset)


# --- Codes (section 5.2) ---


def code(key, data, hash_of=hashlib.sha256):
    return hmac.new(key, data, hash_of).digest()[:16]


def challenge_input(pad, value):
    return struct.pack("<BQ", 0x28, pad) + value


def proof_input(pad, log, value):
    return struct.pack("<BQQ", 0xA8, pad, log) + value


def press_input(pad, fields):
    return struct.pack("<BQ", 0x92, pad) + fields[:16] + fields[20:]


def acknowledge_input(pad, log, sequence):
    return struct.pack("<BQQI", 0x29, pad, log, sequence)


# --- Traces ---

LOG = 0x8877665544332211
PAD = 0x00C0FFEE00000042
NONCE = 0x0123456789ABCDEF
DEVICE = "native-00c0ffee00000042"
LEVELS = ["verySatisfied", "satisfied", "basicallySatisfied", "dissatisfied", "veryDissatisfied"]


class Trace:
    def __init__(self, name, *about, settings=(), opens=True):
        self.name = name
        self.lines = ["# SPDX-FileCopyrightText: 2026 The Hallgate authors", "# SPDX-License-Identifier: Apache-2.0"]
        self.lines += ["# " + line for line in about]
        self.lines += [f"% nonce {NONCE}", "% noise 00 55 00", "% noise FF 13 37"]
        self.lines += [f"% {setting}" for setting in settings]
        if opens:
            self.expect(ask(NONCE), "ask")

    def add(self, line):
        self.lines.append(line)
        return self

    def device(self, message, note, address=0):
        return self.add(f"< {frame(*message, address).hex(' ').upper()}  # {note}")

    def raw(self, data, note):
        return self.add(f"< {data.hex(' ').upper()}  # {note}")

    def expect(self, message, note, address=0):
        return self.add(f"> {frame(*message, address).hex(' ').upper()}  # {note}")

    def do(self, directive):
        return self.add(f"! {directive}")

    def out(self, expectation):
        return self.add(f"= {expectation}")

    def met(self, conformance=1):
        self.device(hello(PAD, LOG, NONCE, conformance=conformance), "hello")
        return self.expect(welcome(), "welcome").out(f"identified {DEVICE}")

    def pressed(self, sequence, level, prompt=0, age=250):
        self.device(press(LOG, sequence, 1000 + sequence, age, prompt, 1, level, level), f"press {sequence}")
        about = f" prompt={prompt}" if prompt else ""
        return self.out(
            f"press {LEVELS[level - 1]} key={level}{about} age={age}ms count={1000 + sequence} device={DEVICE}"
            f" log={LOG} sequence={sequence}")

    def write(self, folder):
        (folder / f"{self.name}.trace").write_text("\n".join(self.lines) + "\n")


def traces():
    yield (Trace("press", "A press without a prompt, recorded and acknowledged.").met().pressed(1, 2)
           .do("recorded").expect(acknowledge(LOG, 1), "acknowledge"))
    yield (Trace("repeat", "An acknowledgement was lost: the same entry comes again and is acknowledged again.")
           .met().pressed(7, 5).do("recorded").expect(acknowledge(LOG, 7), "acknowledge")
           .device(press(LOG, 7, 1007, 900, 0, 1, 5, 5), "the same, older").expect(acknowledge(LOG, 7), "again"))
    yield (Trace("refused", "The disk is full: refused, and taken when it comes again.").met().pressed(1, 4)
           .do("refused").expect(refuse(LOG, 1), "refuse").pressed(1, 4, age=30250)
           .do("recorded").expect(acknowledge(LOG, 1), "acknowledge"))
    yield (Trace("prompt", "A prompt that shows and is answered.").met().do("prompt 9 10s")
           .expect(prompt(9, 10000), "prompt").device(prompting(9, 1), "it shows")
           .pressed(3, 1, prompt=9).do("recorded").expect(acknowledge(LOG, 3), "acknowledge"))
    timed_out = Trace("timed-out", "A prompt whose time ran out is a result, not a rating.").met().do("prompt 9 10s")
    timed_out.expect(prompt(9, 10000), "prompt").device(prompting(9, 1), "it shows")
    timed_out.device(press(LOG, 4, 1003, 0, 9, 2), "timed out").out(f"timed-out prompt=9 sequence=4 log={LOG}")
    yield timed_out.do("recorded").expect(acknowledge(LOG, 4), "acknowledge")
    cancelled = Trace("cancelled", "The citizen cancelled; the age was lost in a power cut.").met()
    cancelled.device(press(LOG, 5, 1003, 0xFFFFFFFF, 8, 3), "cancelled").out(f"cancelled prompt=8 sequence=5 log={LOG}")
    yield cancelled.do("recorded").expect(acknowledge(LOG, 5), "acknowledge")
    yield (Trace("prompt-lost", "A prompt is sent until it is answered, with the time that is left.").met()
           .do("prompt 9 10s").expect(prompt(9, 10000), "prompt")
           .do("wait 500ms").expect(prompt(9, 9500), "again").device(prompting(9, 1), "it shows"))
    yield (Trace("cancel-prompt", "A prompt that is taken back.").met().do("prompt 9 10s")
           .expect(prompt(9, 10000), "prompt").device(prompting(9, 1), "it shows").do("cancel 9")
           .expect(cancel_prompt(9), "cancel").device(prompting(9, 0), "it does not show"))
    yield (Trace("pause", "Paused until the pad says so, and resumed.").met().do("pause").expect(PAUSE, "pause")
           .do("wait 500ms").expect(PAUSE, "again").device(health(1, 0, 1000, 60), "paused")
           .do("resume").expect(RESUME, "resume").device(health(0, 0, 1000, 61), "not paused"))
    yield (Trace("damaged", "A damaged frame costs itself alone.", "One bit of the press is wrong.").met()
           .raw(damaged(frame(*press(LOG, 1, 1001, 250, 0, 1, 2, 2))), "a press with one bit wrong")
           .out("observed badFrame").pressed(1, 2).do("recorded").expect(acknowledge(LOG, 1), "acknowledge"))
    yield (Trace("unknown-type", "A type of a later version is passed over, and fields behind the known ones.").met()
           .device((0xC7, b"\x01\x02"), "a type nobody knows").out("observed badFrame")
           .device((0x82, press(LOG, 1, 1001, 250, 0, 1, 3, 3)[1] + b"\x09\x09"), "press with two bytes more")
           .out(f"press basicallySatisfied key=3 age=250ms count=1001 log={LOG} sequence=1")
           .do("recorded").expect(acknowledge(LOG, 1), "acknowledge"))
    yield (Trace("swapped", "Another log behind an open line: the gateway asks who is there.").met()
           .device(press(LOG + 1, 1, 1, 0, 0, 1, 1, 1), "press of a log nobody named").out("observed badFrame")
           .expect(ask(NONCE), "ask"))
    yield (Trace("version", "A pad that speaks no version known here.")
           .device(hello(PAD, LOG, NONCE, versions=(9, 12)), "hello").expect(welcome(0), "no common version"))
    yield (Trace("display", "What a display of level 3 is told, until it answers.").met(3)
           .do("show zh-Hans text=请对本次服务评价").expect(show_text(1, "zh-Hans", "请对本次服务评价"), "text")
           .do("wait 500ms").expect(show_text(1, "zh-Hans", "请对本次服务评价"), "again").device(shown(1, 1), "shows")
           .do("clip 3").expect(clip(2, 3), "clip").device(shown(2, 2), "there is none")
           .do("qr 60s text=https://example.org/r/42").expect(qr_code(3, 60000, "https://example.org/r/42"), "QR code")
           .do("wait 500ms").expect(qr_code(3, 59500, "https://example.org/r/42"), "with what is left")
           .device(shown(3, 1), "shows").do("staff 0042 3 text=王芳")
           .expect(staff_card(4, "0042", "王芳", 3), "staff card").device(shown(4, 1), "shows")
           .do("waiting 12 34").expect(waiting(5, 12, 34), "waiting").device(shown(5, 1), "shows")
           .do("standby").expect(show_text(6, "", ""), "nothing").device(shown(6, 1), "shows"))
    yield (Trace("no-display", "A pad of level 1 is told nothing of a display.").met().do("clip 3").do("scan on"))
    whole = b"6901234567892-" + b"A" * 216
    yield (Trace("scan", "A code of two parts, the second of which comes twice.").met(3).do("scan on")
           .expect(scanner(1, 1), "on").device(shown(1, 1), "done")
           .device(scanned(1, b"]Q3", len(whole), 0, whole[:200]), "part 1").expect(scan_taken(1, 200), "the next")
           .device(scanned(1, b"]Q3", len(whole), 200, whole[200:]), "part 2").expect(scan_taken(1, 230), "all")
           .out(f"scanned symbology=]Q3 text={whole.decode()}")
           .device(scanned(1, b"]Q3", len(whole), 200, whole[200:]), "again").expect(scan_taken(1, 230), "all"))


def damaged(data):
    changed = bytearray(data)
    changed[10] ^= 0x10
    return bytes(changed)


if __name__ == "__main__":
    target = pathlib.Path(__file__).resolve().parent.parent / "native"
    target.mkdir(exist_ok=True)
    for old in target.glob("*.trace"):
        old.unlink()
    # Here, since it builds on what stands above.
    import native_lines
    for each in [*traces(), *native_lines.traces()]:
        each.write(target)
