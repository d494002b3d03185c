// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization
import VirtualPads

/// Keeps what the gateway logs and what a virtual pad does.
final class NoticeLog: Sendable {
    private let state = Mutex((lines: [String](), hasBlinked: false))

    /// Every line of the log, with its metadata.
    var lines: [String] { state.withLock { $0.lines } }
    /// Whether the pad blinked.
    var hasBlinked: Bool { state.withLock { $0.hasBlinked } }
    /// What a logger writes to.
    var handler: any LogHandler { Handler(log: self) }

    func note(_ notice: PadNotice) {
        if case .blinked = notice { state.withLock { $0.hasBlinked = true } }
    }

    private struct Handler: LogHandler {
        let log: NoticeLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let words = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
            log.state.withLock { $0.lines.append("\(event.message) \(words)") }
        }
    }
}
