// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import Synchronization
import WebConfiguration

/// The connections there are: never too many, never too many of one address, and all of them can be ended.
final class OpenConnections: Sendable {
    /// Why a connection is not let in.
    enum Refusal: String, Sendable, Hashable {
        case tooMany
        case tooManyOfAddress
        case stopping
    }

    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var byAddress: [ClientAddress: Int] = [:]
        var isStopping = false
    }

    private let most: Int
    private let mostOfAddress: Int
    private let state = Mutex(State())

    init(most: Int, mostOfAddress: Int) {
        self.most = most
        self.mostOfAddress = mostOfAddress
    }

    /// How many there are.
    var count: Int { state.withLock { $0.channels.count } }

    /// Lets a connection in, or answers why not; it is counted until it is closed. `address` is `nil` for one that is
    /// not counted by address.
    func admit(_ channel: any Channel, from address: ClientAddress?) -> Refusal? {
        let key = ObjectIdentifier(channel)
        let counted = address?.counted
        let refusal = state.withLock { state -> Refusal? in
            if state.isStopping { return .stopping }
            if state.channels.count >= most { return .tooMany }
            if let counted, state.byAddress[counted, default: 0] >= mostOfAddress { return .tooManyOfAddress }
            state.channels[key] = channel
            if let counted { state.byAddress[counted, default: 0] += 1 }
            return nil
        }
        guard refusal == nil else { return refusal }
        channel.closeFuture.whenComplete { _ in self.remove(key, counted) }
        return nil
    }

    private func remove(_ key: ObjectIdentifier, _ counted: ClientAddress?) {
        state.withLock { state in
            state.channels[key] = nil
            guard let counted, let count = state.byAddress[counted] else { return }
            state.byAddress[counted] = count > 1 ? count - 1 : nil
        }
    }

    /// Lets nobody in any more; ends each connection behind the answer that is under way, and after a time all of them.
    func drain(within time: TimeAmount) {
        for channel in stop() {
            let event = ChannelShouldQuiesceEvent()
            channel.eventLoop.execute { channel.pipeline.fireUserInboundEventTriggered(event) }
            let end = channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
            channel.closeFuture.whenComplete { _ in end.cancel() }
        }
    }

    /// Hangs up on everybody.
    func cut() {
        for channel in stop() { channel.close(promise: nil) }
    }

    private func stop() -> [any Channel] {
        state.withLock { state in
            state.isStopping = true
            return Array(state.channels.values)
        }
    }
}
