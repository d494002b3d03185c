#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/Traces/scanner: what scanners send, from ISO/IEC 15424, linux/input.h and Python's own codecs."""
import pathlib
import struct

FOLDER = pathlib.Path(__file__).parent.parent / "scanner"
NOISE = ["% noise FF FE 00 0D", "% noise FF 0A 0D 0A 0A"]


def read(data, note=""):
    return "< " + data.hex(" ").upper() + (f"  # {note}" if note else "")


def scanned(text, symbology=None):
    return "= scanned " + (f"symbology={symbology} " if symbology else "") + "text=" + text


def events(*presses):
    """input_event records: (seconds, microseconds, type, code, value), a report after each key."""
    data = b""
    for code, value in presses:
        data += struct.pack("<qqHHi", 1700000000, 123456, 4, 4, 0x70000 + code)
        data += struct.pack("<qqHHi", 1700000000, 123456, 1, code, value)
        data += struct.pack("<qqHHi", 1700000000, 123456, 0, 0, 0)
    return data


def tap(*codes):
    return [(code, value) for code in codes for value in (1, 0)]


TRACES = {
    "cr": [*NOISE, "= identified scanner-1", read(b"A012\r"), scanned("A012"), read(b"A013\r"), scanned("A013")],
    "lf-and-crlf": [*NOISE, read(b"A012\n"), scanned("A012"), read(b"A013\r\n"), scanned("A013")],
    "several-in-one-read": [read(b"1\r2\r\n\r\n3\n"), scanned("1"), scanned("2"), scanned("3")],
    "crlf-alone": ["% ending crlf", read(b"A\r"), read(b"B\r\n"), "= observed badFrame",
                   read(b"C\r\n"), scanned("C")],
    "cr-alone": ["% ending cr", read(b"A012\r"), scanned("A012")],
    "lf-alone": ["% ending lf", read(b"A012\n"), scanned("A012")],
    "tab": ["% ending tab", read(b"A012\t"), scanned("A012")],
    "silence": ["% ending silence", read(b"A012"), "! wait 99ms", "! wait 1ms", scanned("A012"),
                read(b"A013\r\n"), "! wait 100ms", scanned("A013"), "! wait 5s"],
    "stopped-in-the-middle": ["# The plug is pulled; two seconds later the rest is given up.",
                              read(b"A01"), "! wait 2s", "= observed garbage", read(b"A012\r"), scanned("A012")],
    "symbology": [*NOISE, read(b"]Q3HTTPS://X/1\r", "QR code"), scanned("HTTPS://X/1", "]Q3"),
                  read(b"]C1010012\r", "GS1-128"), scanned("010012", "]C1"),
                  read(b"]d2A\r"), scanned("A", "]d2"), read(b"]1AB\r", "no letter"), scanned("]1AB"),
                  read(b"]Q\r", "too short"), scanned("]Q")],
    "symbology-required": ["% symbology required", read(b"A012\r"), "= observed badFrame",
                           read(b"]E04006381333931\r"), scanned("4006381333931", "]E0")],
    "symbology-kept": ["% symbology none", read(b"]Q3A\r"), scanned("]Q3A")],
    "prefix-and-suffix": ["% prefix T:", "% suffix #", read(b"T:A012#\r"), scanned("A012"),
                          read(b"T:A012\r"), "= observed badFrame", read(b"A012#\r"), "= observed badFrame",
                          read(b"]C0T:A1#\r"), scanned("A1", "]C0"), read(b"T:]C0A1#\r"), scanned("A1", "]C0")],
    "utf-8": [*NOISE, read("土左旗政务0471\r".encode()), scanned("土左旗政务0471"),
              read("土左旗".encode("gbk") + b"\r"), "= observed badFrame", read("😀𠮷\r".encode()), scanned("😀𠮷")],
    "gbk": ["% encoding gbk", read("办件编号〇镕囍—Ａ\r".encode("gbk")), scanned("办件编号〇镕囍—Ａ"),
            read(b"\xb0\r", "half a character"), "= observed badFrame", read(b"\xff\xff\r"), "= observed badFrame",
            read("凜熙".encode("gbk") + b"\r"), scanned("凜熙")],
    "auto": ["% encoding auto", read("受理单".encode("gbk") + b"\r"), scanned("受理单"),
             read("受理单\r".encode()), scanned("受理单")],
    "too-long": ["% reads whole", read(b"9" * 513 + b"\r", "longer than a code may be"), "= observed badFrame",
                 read(b"9" * 2000 + b"\r", "longer than is collected"), "= observed garbage",
                 read(b"A012\r"), scanned("A012")],
    "length": ["% length 4 6", read(b"123\r"), "= observed badFrame", read(b"1234\r"), scanned("1234"),
               read(b"123456\r"), scanned("123456"), read(b"1234567\r"), "= observed badFrame"],
    "characters": ["% characters A-Z0-9-", read(b"A-012\r"), scanned("A-012"), read(b"a-012\r"),
                   "= observed badFrame", read(b"A\x07B\r"), "= observed badFrame"],
    "control-characters": [read(b"A\x1b[2J\r"), "= observed badFrame", read("A\u0085B\r".encode()),
                           "= observed badFrame"],
    "key-events": ["% input keys", read(events(*tap(30, 48, 2, 11, 12), *tap(28))), scanned("ab10-"),
                   read(events((42, 1), *tap(30, 48), (42, 0), *tap(46), (54, 1), *tap(3), (54, 0), *tap(28))),
                   scanned("ABc@"), read(events(*tap(79, 80, 81, 96))), scanned("123")],
    "key-events-held": ["% input keys", "# A key that repeats (value 2) and one without a character are passed over.",
                        read(events((30, 1), (30, 2), (30, 2), (30, 0), *tap(59), *tap(28))), scanned("a")],
    "reports": ["% reads whole", "% input reports 2 1 5", "% ending silence",
                read(bytes([2, 4, 0, 0, 0]) + b"A012" + bytes(55)), "! wait 100ms", scanned("A012"),
                read(bytes([2, 56, 0, 0, 0]) + b"7" * 56 + bytes(3)), read(bytes([2, 2, 0, 0, 0]) + b"89" + bytes(57)),
                "! wait 100ms", scanned("7" * 56 + "89"),
                read(bytes([2, 99, 0, 0, 0]) + bytes(10), "longer than the report"), "= observed badFrame",
                read(bytes([3, 1, 0, 0, 0]) + b"A", "another report"), "= observed badFrame"],
    "switch": ["% switch 16540D 16550D", "! scan on", "> 16 54 0D", "! scan off", "> 16 55 0D"],
    "no-switch": ["! scan on", "! prompt 7 10s", "! identify"],
}

FOLDER.mkdir(exist_ok=True)
for old in FOLDER.glob("*.trace"):
    old.unlink()
for name, lines in TRACES.items():
    (FOLDER / f"{name}.trace").write_text("\n".join(lines) + "\n", "utf-8")
