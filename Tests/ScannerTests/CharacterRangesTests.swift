// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Scanner
import Testing

/// The characters a code can have.
@Suite struct CharacterRangesTests {
    @Test(arguments: [
        ("0-9", "059", "-a"), ("0-9-", "0-9", "_"), ("-", "-", "0"), ("a-c-e", "abc-e", "d"), ("一-龥", "政务", "a"),
    ]) func `ranges and hyphens`(_ text: String, _ inside: String, _ outside: String) throws {
        let ranges = try #require(CharacterRanges(text))
        #expect(inside.unicodeScalars.allSatisfy(ranges.contains))
        #expect(!outside.unicodeScalars.contains(where: ranges.contains))
    }

    @Test(arguments: ["", "9-0"]) func `no range`(_ text: String) { #expect(CharacterRanges(text) == nil) }
}
