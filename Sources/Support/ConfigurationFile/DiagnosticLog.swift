// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// Where the readers of a configuration put what they find wrong, so that an operator sees all of it at once.
public final class DiagnosticLog {
    /// Most mistakes kept; whoever has more than a hundred begins with the first.
    public static let limit = 100

    private var found: [Diagnostic] = []
    private var isOverflowing = false

    /// Begins empty.
    public init() {}

    /// What was found, sorted by position.
    public var diagnostics: [Diagnostic] {
        found.sorted { ($0.mark, $0.message.english) < ($1.mark, $1.message.english) }
    }

    /// Whether anything found is an error.
    public var hasErrors: Bool { found.contains { $0.severity == .error } }

    /// Whether the log takes no more.
    var isFull: Bool { found.count >= Self.limit }

    /// Adds a mistake; beyond the limit a last line says that there are more.
    public func report(_ diagnostic: Diagnostic) {
        guard found.count < Self.limit else {
            if !isOverflowing {
                isOverflowing = true
                found.append(
                    Diagnostic(
                        diagnostic.mark, LocalText("there are more mistakes from here", "此后还有更多错误"),
                        hint: LocalText("correct the ones above and check again", "请先改正以上错误，再重新检查"),
                        .error))
            }
            return
        }
        found.append(diagnostic)
    }
}
