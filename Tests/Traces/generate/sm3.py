# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""SM3 as GB/T 32905-2016 describes it, for `hmac.new(key, data, Sm3)`; Python's hashlib need not have it."""
import struct

START = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
MASK = 0xFFFFFFFF


def rotate(word, count):
    count %= 32
    return (word << count | word >> (32 - count)) & MASK if count else word


def compress(state, block):
    words = list(struct.unpack(">16I", block))
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ rotate(words[j - 3], 15)
        mixed ^= rotate(mixed, 15) ^ rotate(mixed, 23)
        words.append(mixed ^ rotate(words[j - 13], 7) ^ words[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        first = rotate((rotate(a, 12) + e + rotate(constant, j)) & MASK, 7)
        second = first ^ rotate(a, 12)
        ff = a ^ b ^ c if j < 16 else a & b | a & c | b & c
        gg = e ^ f ^ g if j < 16 else e & f | ~e & g & MASK
        left = (ff + d + second + (words[j] ^ words[j + 4])) & MASK
        right = (gg + h + first + words[j]) & MASK
        a, b, c, d = left, a, rotate(b, 9), c
        e, f, g, h = right ^ rotate(right, 9) ^ rotate(right, 17), e, rotate(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h)))


class Sm3:
    digest_size, block_size, name = 32, 64, "sm3"

    def __init__(self, data=b""):
        self.data = data

    def update(self, data):
        self.data += data

    def copy(self):
        return Sm3(self.data)

    def digest(self):
        padded = self.data + b"\x80" + b"\0" * ((55 - len(self.data)) % 64) + struct.pack(">Q", 8 * len(self.data))
        state = START
        for place in range(0, len(padded), 64):
            state = compress(state, padded[place:place + 64])
        return struct.pack(">8I", *state)

    def hexdigest(self):
        return self.digest().hex()


# The examples of GB/T 32905-2016, appendix A.
assert Sm3(b"abc").hexdigest() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
assert Sm3(b"abcd" * 16).hexdigest() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
