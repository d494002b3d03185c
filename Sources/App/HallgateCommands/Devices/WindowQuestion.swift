// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import HallgateApp
import RatingModel

/// Asks at which window a device stands, where the operator has not said so and a person can answer.
struct WindowQuestion {
    private let console: Console
    private let windows: [String]
    private let answer: () -> String?

    init(_ console: Console, _ configurationPath: String) {
        let windows = GatewayConfiguration.read(file: configurationPath).configuration?.windows.map(\.id.value) ?? []
        self.init(console, windows: windows) { isatty(STDIN_FILENO) == 1 ? readLine() : nil }
    }

    init(_ console: Console, windows: [String], answer: @escaping () -> String?) {
        self.console = console
        self.windows = windows
        self.answer = answer
    }

    /// The stanza with its windows; throws where a device with an address is left without one, for a configuration
    /// without it is refused.
    func answered(_ stanza: DeviceStanza) throws(GatewayError) -> DeviceStanza {
        var stanza = stanza
        if stanza.addresses.isEmpty, stanza.window == nil {
            ask("Its window, or nothing in a waiting area", "所在窗口（等候区请直接回车）")
            stanza.window = word()
        }
        for index in stanza.addresses.indices where stanza.addresses[index].window == nil {
            let address = stanza.addresses[index].address
            ask("The window of address \(address)", "地址 \(address) 所在窗口")
            guard let window = word() else {
                throw GatewayError(
                    "learn.no-window",
                    LocalText("a pad with an address needs a window", "有地址的评价器需要指定窗口"),
                    hint: LocalText("run it again with --window", "请加 --window 重新运行"))
            }
            stanza.addresses[index].window = window
        }
        return stanza
    }

    private func ask(_ english: String, _ chinese: String) {
        let known = windows.isEmpty ? "" : " (\(windows.prefix(16).joined(separator: ", ")))"
        console.complain(LocalText("\(english)\(known):", "\(chinese)\(known)：").text(for: console.locale))
    }

    private func word() -> String? {
        let word = answer().map { $0.filter { !$0.isWhitespace } }
        return word?.isEmpty == false ? word : nil
    }
}
