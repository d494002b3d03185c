// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A text in the two languages every operator message comes in.
public struct LocalText: Sendable, Hashable {
    /// English.
    public let english: String
    /// 简体中文
    public let chinese: String

    /// Takes both wordings.
    public init(_ english: String, _ chinese: String) {
        self.english = english
        self.chinese = chinese
    }

    /// The wording for a language tag such as `zh_CN.UTF-8` (the form of `LC_MESSAGES`).
    public func text(for locale: String) -> String { locale.hasPrefix("zh") ? chinese : english }
}

/// What went wrong, and what the operator can do about it.
public struct GatewayError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable word for scripts and documents, such as `journal.disk-full`.
    public let code: String
    /// What happened, in a sentence without a full stop.
    public let message: LocalText
    /// What lies beneath: the system's, the library's or the peer's own words.
    public let cause: String?
    /// What to do now.
    public let hint: LocalText
    /// Seconds after which the same is worth trying again, where that is known.
    public let retryAfterSeconds: Int?

    /// Takes the parts.
    public init(
        _ code: String, _ message: LocalText, cause: String? = nil, hint: LocalText, retryAfterSeconds: Int? = nil
    ) {
        self.code = code
        self.message = message
        self.cause = cause
        self.hint = hint
        self.retryAfterSeconds = retryAfterSeconds
    }

    public var description: String {
        "\(code): \(message.english)\(cause.map { ": " + $0 } ?? "") (\(hint.english))"
    }
}
