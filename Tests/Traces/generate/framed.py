#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/Traces/framed/*.trace: pads of three invented kinds, which stand for no real product.

fixed   AA 55 | ADDR | FUNC | VALUE | XOR            XOR over ADDR..VALUE; six bytes always
        FUNC 01 press (VALUE 1..5, 0 timed out), 02 alive; host: 81 thanks, 82 refusal, 83 alive,
        10 prompt (VALUE = seconds), 11 cancel, 12 beep
modbus  7E | LEN | ADDR | FUNC | DATA... | CRC lo hi  LEN and CRC-16/MODBUS over ADDR..DATA
        FUNC 05 DATA = counter, key (31..34) press, FUNC 06 DATA = code of a staff key;
        host: FUNC 45 DATA of the press thanks, FUNC 46 same frame for keys, FUNC 20 DATA = text of 8 bytes
line    KEY | digit | CR LF                          no checksum; host: OK digit CR LF, NO digit CR LF, ASK CR LF
"""
import os

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "framed")
LEVELS = {1: "verySatisfied", 2: "satisfied", 3: "basicallySatisfied", 4: "dissatisfied", 5: "veryDissatisfied"}


def hexed(data):
    return " ".join("%02X" % byte for byte in data)


def fixed(address, function, value):
    return bytes([0xAA, 0x55, address, function, value, address ^ function ^ value])


def crc_modbus(data):
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            carry = crc & 1
            crc >>= 1
            if carry:
                crc ^= 0xA001
    return crc


def modbus(address, function, data):
    body = bytes([address, function]) + bytes(data)
    crc = crc_modbus(body)
    return bytes([0x7E, len(body)]) + body + bytes([crc & 0xFF, crc >> 8])


def line(text):
    return text.encode("ascii") + b"\r\n"


def write(name, kind, lines, noise=()):
    out = ["# Written by Tests/Traces/generate/framed.py.", "% description " + kind]
    out += ["% noise " + hexed(piece) for piece in noise]
    with open(os.path.join(HERE, name + ".trace"), "w", encoding="utf-8") as file:
        file.write("\n".join(out + lines) + "\n")


def device(frame, comment=""):
    return "< " + hexed(frame) + ("  # " + comment if comment else "")


def host(frame):
    return "> " + hexed(frame)


def press(level, address, more=""):
    return ("= press " + LEVELS[level] + (" at=%d" % address if address is not None else "") + " " + more).rstrip()


FIXED_NOISE = [b"\x00", b"\xaa", b"\xaa\x55", b"\xaa\xaa\x55\x01\x01", bytes(range(1, 40))]
MODBUS_NOISE = [b"\x00\xff", b"\x7e", b"\x7e\x02", bytes([0x13] * 30)]
LINE_NOISE = [b"\xff\x00", b"KE", b"KEY", b"\r\n", b"x" * 20]


def fixed_traces():
    lines = []
    for number, value in enumerate([1, 2, 3, 4, 5]):
        lines += [device(fixed(7, 1, value)), press(value, 7, "key=%d sequence=%d" % (value, number + 1)),
                  "! recorded", host(fixed(7, 0x81, value)), "! wait 3s"]
    write("fixed-five-levels", "fixed", lines, FIXED_NOISE)

    write("fixed-timed-out", "fixed", [
        "! prompt 9 10s at=7", host(fixed(7, 0x10, 10)),
        device(fixed(7, 1, 0)), "= timed-out at=7 prompt=9 raw=" + fixed(7, 1, 0).hex().upper(),
        "! recorded", host(fixed(7, 0x81, 0)),
        "! wait 5s", device(fixed(7, 1, 2)), press(2, 7, "sequence=2"), "! recorded", host(fixed(7, 0x81, 2)),
    ], FIXED_NOISE)

    write("fixed-sent-again", "fixed", [
        device(fixed(7, 1, 3)), press(3, 7, "sequence=1"),
        device(fixed(7, 1, 3), "not answered yet, so it is sent again") ,
        "! wait 500ms", device(fixed(7, 1, 3)),
        "! recorded", host(fixed(7, 0x81, 3)),
        "! wait 1s", device(fixed(7, 1, 3), "the acknowledgement was lost"), host(fixed(7, 0x81, 3)),
        "! wait 2s", device(fixed(7, 1, 3), "pressed anew"), press(3, 7, "sequence=2"),
        "! recorded", host(fixed(7, 0x81, 3)),
    ], FIXED_NOISE)

    write("fixed-refused", "fixed", [
        device(fixed(7, 1, 5)), press(5, 7, "sequence=1"), "! refused", host(fixed(7, 0x82, 5)),
        "! wait 1s", device(fixed(7, 1, 5), "it keeps its key"), press(5, 7, "sequence=1"),
        "! recorded 2", host(fixed(7, 0x81, 5)),
    ], FIXED_NOISE)

    two = [device(fixed(7, 1, 1)), press(1, 7, "sequence=1"), device(fixed(8, 1, 1)), press(1, 8, "sequence=1"),
           "! recorded 2", host(fixed(8, 0x81, 1)), "! recorded 1", host(fixed(7, 0x81, 1)),
           "! identify", host(fixed(7, 0x12, 0)), host(fixed(8, 0x12, 0)),
           "! prompt 4 8s at=8", host(fixed(8, 0x10, 8)), "! cancel 4 at=8", host(fixed(8, 0x11, 0)),
           "! wait 3s", device(fixed(8, 1, 4)), press(4, 8, "sequence=2"), "! recorded", host(fixed(8, 0x81, 4))]
    write("fixed-two-pads", "fixed", two, FIXED_NOISE)

    write("fixed-alive", "fixed", [
        device(fixed(7, 2, 0)), host(fixed(7, 0x83, 0)), device(fixed(8, 2, 0)), host(fixed(8, 0x83, 0)),
    ], FIXED_NOISE)

    torn = fixed(7, 1, 2)[:4] + fixed(7, 1, 3)
    write("fixed-torn-frame", "fixed", [
        device(torn, "a frame that was cut short, then a whole one"), press(3, 7, "sequence=1"),
        "! recorded", host(fixed(7, 0x81, 3)),
        device(fixed(7, 1, 4)[:3], "cut short again, then silence"), "! wait 1s",
        device(fixed(7, 1, 5)), press(5, 7, "sequence=2"), "! recorded", host(fixed(7, 0x81, 5)),
    ])

    bad = bytearray(fixed(7, 1, 1))
    bad[5] ^= 0x40
    write("fixed-bad-checksum", "fixed", [
        device(bytes(bad)), "= observed badFrame",
        device(fixed(7, 1, 1)), press(1, 7), "! recorded", host(fixed(7, 0x81, 1)),
    ])

    write("fixed-unknown-value", "fixed", [
        device(fixed(7, 1, 9)), "= observed badFrame", device(fixed(7, 5, 1)), "= observed badFrame",
        device(fixed(9, 1, 1), "an address nobody configured"), "= observed unknownAddress", press(1, 9),
        "! recorded", host(fixed(9, 0x81, 1)),
    ])


def modbus_traces():
    lines = []
    for number, (value, level) in enumerate([(0x31, 1), (0x32, 2), (0x33, 4), (0x34, 5)]):
        lines += [device(modbus(3, 5, [number, value])), press(level, 3, "key=%d" % (number + 1)),
                  "! recorded", host(modbus(3, 0x45, [number, value]))]
    write("modbus-four-keys", "modbus", lines, MODBUS_NOISE)

    write("modbus-counter-tells-presses", "modbus", [
        device(modbus(3, 5, [1, 0x31])), press(1, 3, "sequence=1"), device(modbus(3, 5, [1, 0x31]), "sent again"),
        "! recorded", host(modbus(3, 0x45, [1, 0x31])),
        device(modbus(3, 5, [2, 0x31]), "the same key, pressed anew"), press(1, 3, "sequence=2"),
        "! recorded", host(modbus(3, 0x45, [2, 0x31])),
    ], MODBUS_NOISE)

    write("modbus-staff", "modbus", [
        device(modbus(3, 6, [0x0C])), "= staff callNext at=3", host(modbus(3, 0x46, [0x0C])),
        device(modbus(3, 6, [0x77])), "= staff other(119) at=3", host(modbus(3, 0x46, [0x77])),
        device(modbus(3, 6, [0x77, 0x0B])), "= staff askForRating at=3", host(modbus(3, 0x46, [0x77, 0x0B])),
    ], MODBUS_NOISE)

    write("modbus-text", "modbus", [
        device(modbus(3, 6, [0x0C])), "= staff callNext at=3", host(modbus(3, 0x46, [0x0C])),
        "! show zh-Hans text=A012", host(modbus(3, 0x20, b"A012    ")),
        "! show zh-Hans text=请到三号窗口", host(modbus(3, 0x20, "请到".encode("utf-8") + b"  ")),
        "! waiting 7 -", host(modbus(3, 0x21, b"07" + b"   ")), "! waiting 123 45", host(modbus(3, 0x21, b"99045")),
    ])

    broken = bytes([0x7E, 0x06, 3, 5, 1])
    write("modbus-short-frame", "modbus", [
        device(broken, "says six, and stops"), "! wait 1s", "= observed garbage",
        device(modbus(3, 5, [1, 0x34])), press(5, 3), "! recorded", host(modbus(3, 0x45, [1, 0x34])),
    ])


def line_traces():
    write("line-presses", "line", [
        device(line("KEY1")), press(1, None, "key=1"), "! recorded", host(line("OK1")),
        device(line("KEY5")), press(5, None, "key=3"), "! recorded", host(line("OK5")),
    ], LINE_NOISE)

    write("line-prompt", "line", [
        "! prompt 12 10s", host(line("ASK")), device(line("KEY3")), press(3, None, "prompt=12"),
        "! refused", host(line("NO3")), device(line("KEY3")), press(3, None, "prompt=12 sequence=1"),
        "! recorded 2", host(line("OK3")),
    ], LINE_NOISE)

    write("line-torn", "line", [
        device(b"KEKEY" + line("KEY1")), "= observed garbage", press(1, None), "! recorded", host(line("OK1")),
        device(line("KEY9")), "= observed badFrame",
    ])


def main():
    os.makedirs(HERE, exist_ok=True)
    fixed_traces()
    modbus_traces()
    line_traces()


if __name__ == "__main__":
    main()
