// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import RatingModel
import UplinkAPI

/// What a region says unasked, from the thread of a line to the desk that mirrors it.
///
/// A region that says more than the desk can keep loses the newest of it, which is logged; no rating waits for it.
struct NoticeInbox: Sendable {
    /// Most messages that wait.
    private static let most = 1000

    /// The messages in their order.
    let pages: AsyncStream<RegionNotices>
    private let continuation: AsyncStream<RegionNotices>.Continuation
    private let uplink: UplinkName
    private let logger: Logger

    init(uplink: UplinkName, logger: Logger) {
        (pages, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.most))
        self.uplink = uplink
        self.logger = logger
    }

    /// Puts a message in; returns at once.
    func put(_ notices: RegionNotices) {
        guard case .dropped = continuation.yield(notices) else { return }
        logger.error("the region says more than can be mirrored", metadata: ["uplink": "\(uplink)"])
    }
}
