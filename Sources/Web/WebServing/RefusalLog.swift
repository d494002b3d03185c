// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization
import WebConfiguration

/// Says in the log that a limit is being reached, once a minute for each and with how often, since a flood of requests must
/// not become a flood of lines.
final class RefusalLog: Sendable {
    private struct Count {
        var unsaid = 0
        var said: ContinuousClock.Instant?
    }

    private static let pause = Duration.seconds(60)
    private let logger: Logger
    private let counts = Mutex<[String: Count]>([:])

    init(logger: Logger) { self.logger = logger }

    /// Counts one that reached a limit. `limit` is one of a few words of ours; `client` is an example.
    func count(_ limit: String, from client: ClientAddress, at now: ContinuousClock.Instant = .now) {
        let due = counts.withLock { counts -> Int? in
            var count = counts[limit, default: Count()]
            count.unsaid += 1
            defer { counts[limit] = count }
            if let said = count.said, said.duration(to: now) < Self.pause { return nil }
            defer { count = Count(unsaid: 0, said: now) }
            return count.unsaid
        }
        guard let due else { return }
        logger.warning(
            "a limit is reached", metadata: ["limit": "\(limit)", "count": "\(due)", "client": "\(client)"])
    }
}
