#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/Traces/infer/*.hex: captures of pads, cut anywhere as reads are, with noise, for `devices infer`.

Only the queue bus is a real format (its public frame format); the others are invented. Each file begins with what is to
be found, in lines `% key value`. Seeds below 500 were at hand while the analysis was written, the others were not.
"""
import os
import random

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "infer")


def queue_bus(address, function, data):
    body = bytes([address, function]) + bytes(data)
    return bytes([0xFF, 0x68, len(body), len(body), 0x68]) + body + bytes([sum(body) & 0xFF, 0x16])


def queue_bus_frames(dice, count):
    pads = dice.sample(range(1, 31), dice.choice([1, 1, 2, 3, 6]))
    key_function = dice.choice([0x01, 0x10, 0x12])
    frames = []
    for _ in range(count):
        pad = dice.choice(pads)
        if dice.random() < 0.25:
            data = dice.choice([[0x0B], [0x0C], [0x0D], [0x06, 0x0F], [0x00, 0x0F]])
            frames.append(queue_bus(pad, key_function, data))
        else:
            frames.append(queue_bus(pad, 0x11, [dice.choice([0, 1, 2, 2, 3, 3, 3])]))
    return frames, {"start": "FF 68", "length": "byte 2 twice", "third": "68", "checksum": "sum8 5 -3 -2", "end": "16",
                    "value": "7", "address": "5"}


def xor_frames(dice, count):
    head = bytes(dice.choice([[0xAA, 0x55], [0xA5], [0x5A, 0xA5], [0x02]]))
    size = dice.choice([2, 3, 4])
    pad = dice.randrange(1, 200)
    frames = []
    for _ in range(count):
        address = pad + dice.choice([0, 0, 1])
        body = bytes([address] + [0x41] * (size - 2) + [dice.choice([1, 2, 3, 4, 5])])
        frames.append(head + body + bytes([xor(body)]))
    total = len(head) + size + 1
    return frames, {"start": head.hex(" ").upper(), "length": "fixed %d" % total,
                    "checksum": "xor8 %d -2 -1" % len(head), "end": "-", "value": "%d" % (total - 2),
                    "address": "%d" % len(head)}


def xor(data):
    result = 0
    for byte in data:
        result ^= byte
    return result


def crc_modbus(data):
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def modbus_frames(dice, count):
    head = dice.choice([0x7E, 0xEB, 0x68])
    pads = dice.sample(range(1, 40), dice.choice([1, 2, 4]))
    frames = []
    for number in range(count):
        body = bytes([dice.choice(pads), 0x05, number & 0xFF, dice.choice([0x31, 0x32, 0x33, 0x34])])
        if dice.random() < 0.3:
            body = bytes([dice.choice(pads), 0x09])
        crc = crc_modbus(body)
        frames.append(bytes([head, len(body)]) + body + bytes([crc & 0xFF, crc >> 8]))
    return frames, {"start": "%02X" % head, "length": "byte 1 once", "checksum": "crc16-modbus 2 -3 -2 little", "end": "-",
                    "value": "5", "address": "2"}


def line_frames(dice, count):
    mark = dice.choice("$@!:")
    pads = dice.sample(range(1, 20), dice.choice([1, 3]))
    frames = []
    for _ in range(count):
        text = "%sK,%02d,%d" % (mark, dice.choice(pads), dice.choice([1, 2, 3, 4, 5]))
        if dice.random() < 0.25:
            text = "%sALIVE,%02d" % (mark, dice.choice(pads))
        frames.append(text.encode("ascii") + b"\r\n")
    # Where every line begins alike, its second character belongs to what all frames begin with.
    alike = all(frame[1:2] == b"K" for frame in frames)
    return frames, {"start": "%02X" % ord(mark) + (" 4B" if alike else ""), "length": "terminated", "checksum": "-", "end": "0D 0A", "value": "6"}


KINDS = {"queue-bus": queue_bus_frames, "xor": xor_frames, "modbus": modbus_frames, "line": line_frames}


def write(kind, seed, count, noise, style):
    dice = random.Random("%s %d" % (kind, seed))
    frames, facts = KINDS[kind](dice, count)
    stream = b""
    for frame in frames:
        if dice.random() < noise:
            stream += bytes(dice.randrange(256) for _ in range(dice.randrange(1, 6)))
        if dice.random() < noise / 4:
            frame = frame[: dice.randrange(1, len(frame))]
        elif dice.random() < noise / 4:
            place = dice.randrange(len(frame))
            frame = frame[:place] + bytes([frame[place] ^ 1 << dice.randrange(8)]) + frame[place + 1:]
        stream += frame
    out = ["# Written by Tests/Traces/generate/infer.py.", "%% frames %d" % count, "%% seed %d" % seed]
    out += ["%% %s %s" % item for item in facts.items()]
    mark = "< " if style == "marked" else ""
    cursor = 0
    while cursor < len(stream):
        size = dice.choice([1, 3, 8, 8, 16, 16, 16])
        out.append(mark + stream[cursor:cursor + size].hex(" ").upper())
        cursor += size
    name = "%s-%03d.hex" % (kind, seed)
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


def main():
    os.makedirs(HERE, exist_ok=True)
    for kind in KINDS:
        for base in (0, 100, 500):
            for number, (count, noise, style) in enumerate([
                (40, 0.0, "marked"), (40, 0.3, "plain"), (12, 0.0, "plain"), (20, 0.1, "marked"), (8, 0.0, "marked"),
                (60, 0.5, "plain"),
            ]):
                write(kind, base + number, count, noise, style)


if __name__ == "__main__":
    main()
