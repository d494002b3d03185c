// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel
// measured: CodeImage ImageFrames Base64 CRC32
// longest: 512

import RatingModel

/// Pictures of codes as a region may answer them: as they are, with sums put right, and as Base64. What is taken is as it came
/// and within its limits.
func fuzz(_ input: [UInt8]) {
    let bytes = Array(input.dropFirst())
    switch (input.first ?? 0) % 4 {
    case 0: check(try? CodeImage(bytes), of: bytes)
    case 1:
        let picture = png(bytes)
        check(try? CodeImage(picture), of: picture)
    case 2:
        let text = String(decoding: bytes, as: UTF8.self)
        guard let image = try? CodeImage(base64: text) else { return }
        precondition((try? CodeImage(base64: image.base64)) == image, "a picture that does not come back")
    default:
        precondition(Base64.decode(Base64.encode(bytes).utf8) == bytes, "bytes that do not come back")
        guard let read = Base64.decode(bytes) else { return }
        precondition(Array(Base64.encode(read).utf8) == bytes, "a text with two ways")
    }
}

private func check(_ image: CodeImage?, of bytes: [UInt8]) {
    guard let image else { return }
    precondition(image.bytes == bytes && bytes.count <= CodeImage.mostBytes, "another picture")
    precondition(CodeImage.sides.contains(image.width) && CodeImage.sides.contains(image.height), "too large")
    precondition((try? CodeImage(base64: image.base64)) == image, "a picture that does not come back")
}

/// A PNG whose chunks an input names, each with its length and a sum that is right, since no search finds those: a byte for
/// the name, one for the length, and the content.
private func png(_ program: [UInt8]) -> [UInt8] {
    let names = ["IHDR", "IDAT", "IEND", "tEXt"]
    var (picture, rest): ([UInt8], ArraySlice<UInt8>) = (
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], program[...]
    )
    while let name = rest.popFirst(), let length = rest.popFirst() {
        let content = rest.prefix(Int(length))
        rest = rest.dropFirst(Int(length))
        let body = Array(names[Int(name) % names.count].utf8) + content
        picture += number(UInt32(content.count)) + body + number(CRC32.of(body))
    }
    return picture
}

private func number(_ value: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
