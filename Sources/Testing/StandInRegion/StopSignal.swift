// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// A request to stop and the word that it is done; both can be waited for by many and are never lost.
struct StopSignal: Sendable {
    private let done = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: Void.self)
    private let requests: AsyncStream<Void>
    private let requester: AsyncStream<Void>.Continuation

    init() { (requests, requester) = AsyncStream.makeStream() }

    func request() { requester.finish() }

    /// Returns after ``request()``, or at once where the task is cancelled.
    func requested() async { for await _ in requests {} }

    func end() { done.succeed() }

    func ended() async { try? await done.futureResult.get() }
}
