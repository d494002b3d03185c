// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

/// Where a command speaks to an operator, and in which language.
struct Console: Sendable {
    /// The language as `LC_ALL`, `LC_MESSAGES` or `LANG` says it, such as `zh_CN.UTF-8`.
    let locale: String
    /// Whether colours may be used: on a terminal, unless `NO_COLOR` is set (no-color.org).
    let usesColor: Bool
    private let output: @Sendable (String) -> Void
    private let errors: @Sendable (String) -> Void

    init(
        locale: String, usesColor: Bool, output: @escaping @Sendable (String) -> Void,
        errors: @escaping @Sendable (String) -> Void
    ) {
        self.locale = locale
        self.usesColor = usesColor
        self.output = output
        self.errors = errors
    }

    /// The process's own streams and environment.
    static var standard: Console {
        let isPlain = variable("NO_COLOR") != nil || variable("TERM") == "dumb"
        return Console(
            locale: environmentLocale, usesColor: isatty(STDOUT_FILENO) == 1 && !isPlain,
            output: { put($0, to: STDOUT_FILENO) }, errors: { put($0, to: STDERR_FILENO) })
    }

    /// Says something, with a line feed at its end.
    func write(_ text: String) { output(text.hasSuffix("\n") ? text : text + "\n") }

    /// Says what went wrong, beside the output.
    func complain(_ text: String) { errors(text.hasSuffix("\n") ? text : text + "\n") }

    /// Says what went wrong and what to do about it.
    func complain(_ error: GatewayError) {
        let cause = error.cause.map { $0.contains("\n") ? "\n" + $0 : (isChinese ? "：" : ": ") + $0 } ?? ""
        complain("hallgate: \(error.message.text(for: locale))\(cause)\n  → \(error.hint.text(for: locale))")
    }

    /// Whether to speak 简体中文.
    var isChinese: Bool { locale.hasPrefix("zh") }

    /// Writes bytes with plain system calls; a reader that went away ends the matter.
    private static func put(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

/// The language of messages by the order POSIX gives the variables (XBD 8.2).
let environmentLocale: String = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(variable).first ?? "C"

/// A word for the command's help, in the operator's language.
func say(_ english: String, _ chinese: String) -> String { LocalText(english, chinese).text(for: environmentLocale) }

/// A variable of the environment; `nil` where it is absent or empty.
private func variable(_ name: String) -> String? {
    guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
    return value
}
