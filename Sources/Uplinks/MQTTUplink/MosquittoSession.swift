// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if MQTT
import CMosquitto
import Glibc
import Logging
import RatingModel
import Synchronization
import UplinkAPI

/// What a session needs beside its configuration.
struct SessionParts: Sendable {
    let configuration: MQTTUplinkConfiguration
    let coding: any RegionCoding
    let book: ReceiptBook
    let onNotices: @Sendable (RegionNotices, _ message: [UInt8]) -> Bool
    let logger: Logger
}

/// One connection to a broker, from its beginning to its end, with a thread of its own that runs the library's loop.
///
/// A session that ended stays so: the uplink makes another when the forwarder asks again, after the back-off.
/// Unchecked, because the library's client is a pointer: other threads touch it under ``shared``'s lock and only
/// while the session is open, and the thread destroys it after it has ended the session under that lock.
final class MosquittoSession: @unchecked Sendable {
    enum Phase {
        case connecting
        case open
        case ended(GatewayError)
    }

    struct Exchange {
        var batch: PublishedBatch
        let deadline: ContinuousClock.Instant
        let continuation: CheckedContinuation<DeliveryReport, Never>
    }

    struct Shared {
        var phase = Phase.connecting
        /// Those who wait for the session to open, by number.
        var waiters: [Int: CheckedContinuation<GatewayError?, Never>] = [:]
        var closing: [CheckedContinuation<Void, Never>] = []
        var isDestroyed = false
        var subscriptionsLeft = 0
        var exchanges: [Int: Exchange] = [:]
        /// Exchange and index of a message by its packet identifier.
        var messages: [Int32: (exchange: Int, index: Int)] = [:]
        var numbers = 0
    }

    let parts: SessionParts
    let shared = Mutex(Shared())
    /// The library's last complaint; it has a lock of its own, because the library speaks while it publishes.
    let lastWords = Mutex("")
    var client: OpaquePointer?

    var configuration: MQTTUplinkConfiguration { parts.configuration }

    /// Makes the client and starts the thread, which connects.
    static func start(_ parts: SessionParts) throws(GatewayError) -> MosquittoSession {
        let session = MosquittoSession(parts)
        let argument = Unmanaged.passRetained(session)
        do throws(GatewayError) {
            session.client = try MosquittoClient.make(parts.configuration, userData: argument.toOpaque())
        } catch {
            argument.release()
            throw error
        }
        session.setCallbacks()
        var identifier = pthread_t()
        let failure = pthread_create(
            &identifier, nil,
            { @Sendable argument in
                guard let argument else { return nil }
                Unmanaged<MosquittoSession>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard failure == 0 else {
            mosquitto_destroy(session.client)
            argument.release()
            throw .library("start a thread", String(cString: strerror(failure)))
        }
        pthread_detach(identifier)
        return session
    }

    private init(_ parts: SessionParts) { self.parts = parts }

    /// Whether it has ended.
    var hasEnded: Bool { shared.withLock { if case .ended = $0.phase { true } else { false } } }

    /// Waits until the session is open; answers with what keeps it from being so.
    func opened() async -> GatewayError? {
        let number = nextNumber()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: GatewayError?? = shared.withLock { shared in
                    switch shared.phase {
                    case .open: return .some(nil)
                    case .ended(let error): return error
                    case .connecting:
                        if Task.isCancelled { return .stopped }
                        shared.waiters[number] = continuation
                        return nil
                    }
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            shared.withLock { $0.waiters.removeValue(forKey: number) }?.resume(returning: .stopped)
        }
    }

    /// Takes leave of the broker; what is under way ends as broken off. It returns once an open line is closed.
    func stop() async {
        let wasOpen = shared.withLock { shared in
            guard case .open = shared.phase else { return false }
            mosquitto_disconnect_v5(client, 0, nil)
            return true
        }
        end(.stopped)
        guard wasOpen else { return }
        await withCheckedContinuation { continuation in
            let isDestroyed = shared.withLock { shared in
                if !shared.isDestroyed { shared.closing.append(continuation) }
                return shared.isDestroyed
            }
            if isDestroyed { continuation.resume() }
        }
    }

    /// Ends the session, once: everybody who waits is told.
    func end(_ error: GatewayError) {
        let (waiters, exchanges) = shared.withLock { shared in
            guard !shared.phase.isEnded else {
                return ([CheckedContinuation<GatewayError?, Never>](), [Exchange]())
            }
            shared.phase = .ended(error)
            defer { (shared.waiters, shared.exchanges, shared.messages) = ([:], [:], [:]) }
            return (Array(shared.waiters.values), Array(shared.exchanges.values))
        }
        for waiter in waiters { waiter.resume(returning: error) }
        for exchange in exchanges {
            exchange.continuation.resume(returning: exchange.batch.report(.broken(error)))
        }
    }

    func nextNumber() -> Int {
        shared.withLock { shared in
            shared.numbers += 1
            return shared.numbers
        }
    }
}

extension MosquittoSession.Phase {
    var isEnded: Bool { if case .ended = self { true } else { false } }
}
#endif
