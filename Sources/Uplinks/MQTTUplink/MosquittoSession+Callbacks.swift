// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if MQTT
import CMosquitto
import Synchronization

extension MosquittoSession {
    /// The session a callback is for. The thread, on which callbacks come, holds it until the client is destroyed.
    private static func of(_ userData: UnsafeMutableRawPointer?) -> MosquittoSession? {
        userData.map { Unmanaged<MosquittoSession>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Connects the library's callbacks, each of which copies what it is given and goes on in Swift.
    func setCallbacks() {
        mosquitto_connect_v5_callback_set(client) { _, userData, code, _, _ in
            MosquittoSession.of(userData)?.connected(code)
        }
        mosquitto_disconnect_v5_callback_set(client) { _, userData, code, _ in
            MosquittoSession.of(userData)?.disconnected(code)
        }
        mosquitto_publish_v5_callback_set(client) { _, userData, packet, reason, _ in
            MosquittoSession.of(userData)?.acknowledged(packet, MQTTReason(rawValue: UInt8(clamping: reason)))
        }
        mosquitto_subscribe_v5_callback_set(client) { _, userData, _, count, codes, _ in
            let copied = (0..<Int(count)).map { codes?[$0] ?? 0x80 }
            MosquittoSession.of(userData)?.subscribed(copied)
        }
        mosquitto_message_v5_callback_set(client) { _, userData, message, _ in
            guard let message = message?.pointee, let topic = message.topic else { return }
            let bytes = UnsafeRawBufferPointer(start: message.payload, count: Int(max(0, message.payloadlen)))
            MosquittoSession.of(userData)?.arrived(String(cString: topic), Array(bytes))
        }
        mosquitto_log_callback_set(client) { _, userData, level, words in
            guard level == Int32(MOSQ_LOG_ERR), let words else { return }
            MosquittoSession.of(userData)?.lastWords.withLock { $0 = String(cString: words) }
        }
    }
}
#endif
