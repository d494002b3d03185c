// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FieldLines
import Testing

@Suite struct FieldTextTests {
    @Test(arguments: ["", "A01", "综合窗口", "50 %", "a\tb\nc\u{7F}\0", "%25", "=\u{1F}="])
    func `a value comes back as it was, on one line`(value: String) {
        let written = FieldText.encoded(value)
        #expect(!written.contains { $0 == "\t" || $0.isNewline })
        let read = FieldText.decoded(Substring(written))
        #expect(read.text == value && read.isWhole)
    }

    @Test func `only what would break a line is written otherwise`() {
        #expect(FieldText.encoded("a b=ü%\t") == "a b=ü%25%09")
    }

    @Test(arguments: [("%", "%"), ("a%zz", "a%zz"), ("%41%zz", "A%zz"), ("%4", "\u{4}")])
    func `what is broken is said, and the rest is read`(written: String, value: String) {
        let read = FieldText.decoded(Substring(written))
        #expect(read.text == value && !read.isWhole)
    }
}
