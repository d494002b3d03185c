// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A place in a configuration file, as editors count: line and column from 1, columns in characters.
public struct SourceMark: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The file as the operator named it.
    public let file: String
    /// Which of the files that were read together it is: 0 the main file, then the drop-ins in their order.
    public let fileOrder: Int
    /// The line, from 1.
    public let line: Int
    /// The column in Unicode scalars, from 1.
    public let column: Int

    /// Names a place.
    public init(file: String, fileOrder: Int = 0, line: Int, column: Int) {
        self.file = file
        self.fileOrder = fileOrder
        self.line = line
        self.column = column
    }

    public var description: String { "\(file):\(line):\(column)" }

    public static func < (left: SourceMark, right: SourceMark) -> Bool {
        (left.fileOrder, left.line, left.column) < (right.fileOrder, right.line, right.column)
    }
}

/// A mistake in a configuration file: where it is, what is wrong, and what to write instead.
public struct Diagnostic: Sendable, Hashable, CustomStringConvertible {
    /// How much it matters.
    public enum Severity: String, Sendable, Hashable {
        /// The file is not accepted.
        case error
        /// The file is accepted; the operator should look at it.
        case warning
    }

    /// Where.
    public let mark: SourceMark
    /// How much it matters.
    public let severity: Severity
    /// What is wrong, without a full stop.
    public let message: LocalText
    /// What to do about it.
    public let hint: LocalText

    /// Takes the parts.
    public init(_ mark: SourceMark, _ message: LocalText, hint: LocalText, _ severity: Severity = .error) {
        self.mark = mark
        self.severity = severity
        self.message = message
        self.hint = hint
    }

    public var description: String { line(for: "en") }

    /// The line an operator is shown: `file:line:column: message (hint)`, in the language of a locale.
    public func line(for locale: String) -> String {
        let isChinese = locale.hasPrefix("zh")
        let warning = severity == .warning ? (isChinese ? "警告：" : "warning: ") : ""
        let (open, close) = isChinese ? ("（", "）") : (" (", ")")
        return "\(mark): \(warning)\(message.text(for: locale))\(open)\(hint.text(for: locale))\(close)"
    }
}
