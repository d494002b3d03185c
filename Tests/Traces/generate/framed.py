#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/Traces/framed/*.trace: pads and displays of invented kinds, which stand for no real product.

fixed   AA 55 | ADDR | FUNC | VALUE | XOR            XOR over ADDR..VALUE; six bytes always
        FUNC 01 press (VALUE 1..5, 0 timed out), 02 alive; host: 81 thanks, 82 refusal, 83 alive,
        10 prompt (VALUE = seconds), 11 cancel, 12 beep
modbus  7E | LEN | ADDR | FUNC | DATA... | CRC lo hi  LEN and CRC-16/MODBUS over ADDR..DATA
        FUNC 05 DATA = counter, key (31..34) press, FUNC 06 DATA = code of a staff key;
        host: FUNC 45 DATA of the press thanks, FUNC 46 same frame for keys, FUNC 20 DATA = text of 8 bytes
line    KEY | digit | CR LF                          no checksum; host: OK digit CR LF, NO digit CR LF, ASK CR LF
display A5 5A | LEN hi lo | CMD | DATA | CRC lo hi     LEN counts CMD and DATA, CRC-16/MODBUS over LEN..DATA; texts in GBK
        host: 31 code (DATA = seconds lo hi, at most 180 bytes of content), 32 text, 30 clear with its text, 33 beep
lines   QR "text" CR LF, SAY "text" CR LF, CLEAR CR LF; a quote and a backslash stand behind a backslash, at most 120
        bytes of UTF-8; display: OK CR LF
fields  02 | ADDR | '0' decimal length in 3 digits | CMD | TEXT of 24 bytes, filled up with 00 | XOR over ADDR..TEXT | 03
        host: 'Q' code, 'C' clear
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
    return text.encode("utf-8") + b"\r\n"


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


def display(command, data):
    counted = bytes([command]) + data
    body = len(counted).to_bytes(2, "big") + counted
    return b"\xA5\x5A" + body + crc_modbus(body).to_bytes(2, "little")


def code(seconds, text):
    return display(0x31, seconds.to_bytes(2, "little") + text.encode("ascii"))


CLEAR = display(0x30, "欢迎光临".encode("gbk"))


def display_traces():
    address = "https://hall.example/r/AQFvHAKqZm9v"
    write("display-code", "display", [
        "# What it showed before nobody knows: the engine says.", "! standby", host(CLEAR),
        "! qr 60s text=" + address, host(code(60, address)),
        "! wait 59s", "! wait 1s", "# A display that keeps what it shows is cleared in time.", host(CLEAR), "! wait 60s",
        "! qr 90s text=" + address, host(code(90, address)), "! standby", host(CLEAR), "! wait 100s",
    ])
    write("display-texts", "display", [
        "! show zh-Hans text=谢谢您的评价", host(display(0x32, "谢谢您的评价".encode("gbk"))),
        "! qr 60s text=" + address, host(code(60, address)),
        "# What takes the code's place ends it.",
        "! show zh-Hans text=暂停ᠮ服务", host(display(0x32, "暂停服务".encode("gbk"))), "! wait 70s",
        "! show zh-Hans text=" + "窗" * 120, host(display(0x32, ("窗" * 90).encode("gbk"))),
        "! show zh-Hans text=A" + "窗" * 120, host(display(0x32, ("A" + "窗" * 89).encode("gbk"))),
        "! identify", host(display(0x33, b"")), "! prompt 7 10s", "! cancel 7", "! pause", "! resume", "! waiting 3 4",
        "! staff 0042 3 text=王", "! clip 3",
    ])
    longest = address + "a" * (180 - len(address))
    write("display-too-long", "display", [
        "! qr 60s text=" + longest, host(code(60, longest)),
        "# Half a code is another one, and the last citizen's must not be there instead.",
        "! qr 60s text=" + longest + "b", "= observed notShown", host(CLEAR),
        "! qr 60s text=" + longest + "b", "= observed notShown",
        "! qr 60s text=https://hall.example/ᠮ", "= observed notShown",
        "! qr 60s text=" + address, "= observed shownAgain", host(code(60, address)),
        "! qr 60s text=" + address, host(code(60, address)),
    ])
    write("display-other-contents", "display", [
        "! qr 70000s text=" + address, host(code(65535, address)),
        "! staff 0042 3 text=王", host(CLEAR), "! qr 60s text=" + address, host(code(60, address)), "! clip 3", host(CLEAR),
    ])
    write("display-says-nothing", "display", [
        "% noise A5 5A 00 01", device(code(60, address), "whatever it says is passed over"), device(b"\xff\x00"),
        "! standby", host(CLEAR),
    ])

    def quoted(word, text):
        return line('%s "%s"' % (word, text.replace("\\", "\\\\").replace('"', '\\"')))
    write("lines-quotes", "lines", [
        "! qr 60s text=" + address, host(quoted("QR", address)), device(line("OK")),
        '! qr 60s text=https://h/?a="b\\c', host(quoted("QR", 'https://h/?a="b\\c')), device(line("OK")),
        '! show zh-Hans text="', host(quoted("SAY", '"')), device(line("ERR")), "= observed badFrame",
        "! standby", host(line("CLEAR")),
    ])
    write("lines-too-long", "lines", [
        "! qr 60s text=" + "a" * 120, host(quoted("QR", "a" * 120)),
        "# The limit is of what it holds, not of what is written.",
        "! qr 60s text=" + '"' * 120, host(quoted("QR", '"' * 120)),
        "! qr 60s text=" + "a" * 121, "= observed notShown", host(line("CLEAR")),
    ])

    def fields(address, command, text):
        body = bytes([address]) + b"%03d" % 25 + command + text.ljust(24, b"\0")
        check = 0
        for byte in body:
            check ^= byte
        return b"\x02" + body + bytes([check, 3])
    write("fields-addressed", "fields", [
        "! qr 60s at=7 text=HTTPS://H/7", host(fields(7, b"Q", b"HTTPS://H/7")),
        "! qr 30s at=8 text=HTTPS://H/8", host(fields(8, b"Q", b"HTTPS://H/8")),
        "! wait 30s", host(fields(8, b"C", b"")), "! wait 29s", "! wait 1s", host(fields(7, b"C", b"")),
        "! qr 30s text=HTTPS://H/R", host(fields(7, b"Q", b"HTTPS://H/R")), host(fields(8, b"Q", b"HTTPS://H/R")),
        "! wait 30s", host(fields(7, b"C", b"")), host(fields(8, b"C", b"")),
        "! qr 60s at=7 text=" + "A" * 24, host(fields(7, b"Q", b"A" * 24)),
        "! qr 60s at=7 text=" + "A" * 25, "= observed notShown", host(fields(7, b"C", b"")),
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
    display_traces()


if __name__ == "__main__":
    main()
