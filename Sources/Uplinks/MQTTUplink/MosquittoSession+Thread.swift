// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if MQTT
import CMosquitto
import Glibc
import Logging
import RatingModel
import Synchronization
import UplinkAPI

extension MosquittoSession {
    /// How long the thread sleeps where exchanges have deadlines, and where nothing is under way.
    private static let (busyTick, idleTick): (Int32, Int32) = (50, 1000)

    /// Connects, runs the library's loop until the session ends, and destroys the client.
    func run() {
        defer { destroy() }
        do throws(GatewayError) {
            try LineTest.run(
                host: configuration.host, port: configuration.port, limit: configuration.connectTimeout)
        } catch {
            end(error)
            return
        }
        guard !hasEnded, let client else { return }
        let code = MosquittoClient.connect(client, configuration)
        guard code == mosquittoSuccess else {
            end(failure(code))
            return
        }
        loop(opensBefore: .now + configuration.connectTimeout)
    }

    private func loop(opensBefore deadline: ContinuousClock.Instant) {
        while true {
            let (tick, isConnecting) = shared.withLock { shared in
                if case .connecting = shared.phase { return (Self.busyTick, true) }
                return (shared.exchanges.isEmpty ? Self.idleTick : Self.busyTick, false)
            }
            let code = mosquitto_loop(client, tick, 1)
            if code != mosquittoSuccess { end(failure(code)) }
            if isConnecting, ContinuousClock.now > deadline { expireConnecting() }
            expire()
            if hasEnded { break }
        }
        // Lets a farewell out, if one was said.
        _ = mosquitto_loop(client, 0, 1)
    }

    private func expireConnecting() {
        let isLate = shared.withLock { if case .connecting = $0.phase { true } else { false } }
        if isLate { end(.notConnected(configuration.host, "it did not admit the gateway in time")) }
    }

    private func destroy() {
        mosquitto_destroy(client)
        let closing = shared.withLock { shared in
            shared.isDestroyed = true
            defer { shared.closing = [] }
            return shared.closing
        }
        for continuation in closing { continuation.resume() }
    }

    /// What a code of the library's says about the line.
    func failure(_ code: Int32) -> GatewayError {
        let words = LibraryCode(code).words
        let complaint = lastWords.withLock { $0 }
        let cause = complaint.isEmpty ? words : "\(words): \(complaint)"
        if code == Int32(MOSQ_ERR_TLS.rawValue) { return .noTLS(configuration.host, cause) }
        return .brokenOff(configuration.host, cause)
    }

    private func opened(_ shared: inout Shared) -> [CheckedContinuation<GatewayError?, Never>] {
        guard case .connecting = shared.phase, shared.subscriptionsLeft == 0 else { return [] }
        shared.phase = .open
        defer { shared.waiters = [:] }
        return Array(shared.waiters.values)
    }

    /// The broker answered the connection.
    func connected(_ code: Int32) {
        guard code == 0 else {
            // Codes below 0x80 are those of MQTT 3: a broker that does not know version 5.
            end(
                code < 0x80
                    ? .brokenOff(configuration.host, "it does not speak MQTT 5")
                    : .refused(MQTTReason(rawValue: UInt8(clamping: code))))
            return
        }
        let topics = [configuration.receiptTopic, configuration.noticesTopic].compactMap { $0 }
        shared.withLock { $0.subscriptionsLeft = topics.count }
        for topic in topics {
            let code = mosquitto_subscribe_v5(client, nil, topic, 1, 0, nil)
            if code != mosquittoSuccess { end(failure(code)) }
        }
        if let topic = configuration.statusTopic, let client {
            _ = MosquittoClient.publish(Array("online".utf8), id: nil, to: topic, isRetained: true, client)
        }
        for waiter in shared.withLock({ opened(&$0) }) { waiter.resume(returning: nil) }
    }

    /// The broker answered a subscription.
    func subscribed(_ codes: [Int32]) {
        if let refusal = codes.first(where: { $0 >= 0x80 }) {
            end(.refused(MQTTReason(rawValue: UInt8(clamping: refusal))))
            return
        }
        let waiters = shared.withLock { shared in
            shared.subscriptionsLeft -= 1
            return opened(&shared)
        }
        for waiter in waiters { waiter.resume(returning: nil) }
    }

    /// The line is down: by the broker's word where the code is one of MQTT's.
    func disconnected(_ code: Int32) {
        if code >= 0x80 {
            end(.refused(MQTTReason(rawValue: UInt8(clamping: code))))
        } else {
            end(failure(code == mosquittoSuccess ? Int32(MOSQ_ERR_CONN_LOST.rawValue) : code))
        }
    }

    /// A message came on a topic this gateway has subscribed to.
    func arrived(_ topic: String, _ bytes: [UInt8]) {
        // What is read behind a break is not acknowledged either, and comes again.
        if hasEnded { return }
        if topic == configuration.receiptTopic {
            guard let receipts = parts.coding.outcomes(in: bytes) else {
                parts.logger.warning("a message on the receipt topic cannot be read", metadata: ["topic": "\(topic)"])
                return
            }
            received(receipts)
        } else if topic == configuration.noticesTopic {
            do throws(GatewayError) {
                let notices = try parts.coding.notices(in: RegionReply(body: bytes))
                if !parts.onNotices(notices, bytes) { breakOff(.noticeNotTakenUp) }
            } catch {
                parts.logger.warning(
                    "a message on the notices topic cannot be read",
                    metadata: ["topic": "\(topic)", "error": "\(error.code)"])
            }
        }
    }

    /// Ends the session before anything else is written: the library acknowledges a message by itself, and writes that only
    /// after this callback.
    private func breakOff(_ error: GatewayError) {
        _ = shutdown(mosquitto_socket(client), Int32(SHUT_RDWR))
        end(error)
    }
}
#endif
