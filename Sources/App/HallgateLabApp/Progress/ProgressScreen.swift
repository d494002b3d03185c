// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Where progress goes: redrawn in place on a terminal, a plain line now and then elsewhere.
///
/// It writes to standard error, so that standard output holds the result alone.
struct ProgressScreen {
    private let text: ProgressText
    private let isTerminal: Bool
    private var drawnLines = 0
    private var lastLineAt: Duration?

    /// Looks at the terminal and at `NO_COLOR` (no-color.org), `TERM` and the locale.
    init() {
        let terminal = environmentValue("TERM") ?? ""
        isTerminal = isatty(STDERR_FILENO) == 1 && !terminal.isEmpty && terminal != "dumb"
        text = ProgressText(
            locale: operatorLocale(), hasColour: isTerminal && (environmentValue("NO_COLOR") ?? "").isEmpty)
    }

    /// How long to wait between two pictures.
    var interval: Duration { isTerminal ? .milliseconds(100) : .milliseconds(500) }

    /// Shows a picture; the last one is always shown.
    mutating func show(_ picture: ProgressPicture, isLast: Bool = false) {
        if isTerminal {
            let lines = text.lines(picture)
            var output = drawnLines > 0 ? "\u{1B}[\(drawnLines)A" : ""
            for line in lines { output += "\u{1B}[K\(line)\n" }
            output += "\u{1B}[J"
            drawnLines = lines.count
            writeError(output)
        } else if isLast || lastLineAt.map({ picture.elapsed - $0 >= .seconds(2) }) ?? true {
            lastLineAt = picture.elapsed
            writeError(text.line(picture) + "\n")
        }
    }
}

/// A variable of the environment.
func environmentValue(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

/// The language of the operator's messages (POSIX.1-2017 section 8.2).
func operatorLocale() -> String {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        if let value = environmentValue(name), !value.isEmpty { return value }
    }
    return "C"
}

/// Writes a text to standard error, whole.
func writeError(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
