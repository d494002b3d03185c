// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HallAPI
import NIOCore
import RatingModel
import Synchronization

/// What one connection of the web process asks for pages and screens: requests that are carried out beside each other,
/// so that a rating which waits for the disk holds up no pad, and the screens it watches.
final class HallCalls: Sendable {
    private struct State {
        var inFlight = 0
        var lastWatch: UInt64 = 0
        /// Ends a watch. A watch that is being opened is counted as well.
        var watches: [UInt64: AsyncStream<Never>.Continuation] = [:]
    }

    let hall: any HallService
    private let channel: any Channel
    private let state = Mutex(State())

    init(_ hall: any HallService, channel: any Channel) {
        self.hall = hall
        self.channel = channel
    }

    /// Carries a request out beside others; throws `web.too-many-requests` where as many as may be are under way.
    func beside<Result: Encodable & Sendable>(
        _ call: @escaping @Sendable () async throws(GatewayError) -> Result
    ) throws(GatewayError) -> AnswerBeside {
        try begin()
        return AnswerBeside { [self] () async throws(GatewayError) in
            defer { state.withLock { $0.inFlight -= 1 } }
            return (try await call(), nil)
        }
    }

    private func begin() throws(GatewayError) {
        let isFull = state.withLock { state in
            guard state.inFlight < HallLimits.requestsInFlight else { return true }
            state.inFlight += 1
            return false
        }
        if isFull { throw .tooManyRequests }
    }

    // MARK: Screens

    /// Watches a screen from now on: its scenes follow the answer.
    func watch(_ request: ScreenRequest) throws(GatewayError) -> AnswerBeside {
        let (left, leaving) = AsyncStream.makeStream(of: Never.self)
        let watch = try state.withLock { state throws(GatewayError) in
            guard state.watches.count < HallLimits.watches else { throw .tooManyScreens }
            state.lastWatch += 1
            state.watches[state.lastWatch] = leaving
            return state.lastWatch
        }
        return AnswerBeside { [self] () async throws(GatewayError) in
            do throws(GatewayError) {
                let scenes = try await hall.watchScreen(request)
                return (ScreenWatch(watch: watch), { await self.show(scenes, watch, until: left) })
            } catch {
                state.withLock { $0.watches[watch] = nil }
                throw error
            }
        }
    }

    /// Ends a watch; a scene that is on its way may still come.
    func leave(_ name: ScreenWatch) throws(GatewayError) -> Done {
        guard let leaving = state.withLock({ $0.watches.removeValue(forKey: name.watch) }) else { throw .unknownWatch }
        leaving.finish()
        return Done()
    }

    /// The connection is gone, and every screen with it.
    func end() {
        let all = state.withLock { state in
            defer { state.watches = [:] }
            return state.watches
        }
        for leaving in all.values { leaving.finish() }
    }

    private func show(_ scenes: AsyncStream<ScreenScene>, _ watch: UInt64, until left: AsyncStream<Never>) async {
        await withTaskGroup { group in
            group.addTask {
                for await scene in scenes {
                    // A scene goes once the one before it was taken: of those that came meanwhile the newest counts.
                    guard await self.notify("screen.show", ScreenShowing(watch: watch, scene: scene)) else { return }
                }
            }
            group.addTask { for await _ in left {} }
            await group.next()
            group.cancelAll()
        }
        let endedHere = state.withLock { $0.watches.removeValue(forKey: watch) != nil }
        if endedHere { _ = await notify("screen.end", ScreenWatch(watch: watch)) }
    }

    private func notify(_ method: String, _ parameters: some Encodable & Sendable) async -> Bool {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let line = try? encoder.encode(Notification(method: method, params: parameters)) else { return true }
        do {
            try await channel.writeAndFlush(ByteBuffer(bytes: Array(line) + [UInt8(ascii: "\n")]))
            return true
        } catch { return false }
    }
}
