// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A text from outside, short enough for a message and without characters that could play with a terminal.
public func shortened(_ text: String, to limit: Int = 64) -> String {
    let start = text.unicodeScalars.prefix(limit)
    let shown = start.map { scalar -> Character in
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
        default: Character(scalar)
        }
    }
    return String(shown) + (start.endIndex == text.unicodeScalars.endIndex ? "" : "…")
}
