// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if MQTT
import FoundationEssentials
import Glibc
import HallgateTesting
import Logging
import MQTTUplink
import RatingModel
import StandInRegion
import Synchronization
import Testing
import UplinkAPI

/// The tests that talk to a real broker, one at a time: they have deadlines, and the machine may be small.
@Suite(.serialized) struct BrokerTests {}

/// Debian's mosquitto on a free port of loopback, with TLS that wants client certificates, and the region's receiver.
final class Broker: Sendable {
    let directory: String
    let port = freeLoopbackPort()
    let ca: ThrowAwayCA
    /// Lines of mosquitto.conf beside those of the fixture.
    let settings: String
    private let programs = Mutex<(mosquitto: RunningProgram?, receiver: RunningProgram?)>((nil, nil))

    var store: String { directory + "/arrivals" }

    init(_ settings: String = "") async throws {
        directory = try TestDirectory.make("mqtt")
        self.settings = settings
        ca = try ThrowAwayCA(in: directory)
        try start()
    }

    private func start() throws {
        let file = directory + "/mosquitto.conf"
        let text = """
            listener \(port) 127.0.0.1
            cafile \(ca.authority)
            certfile \(ca.serverCertificate)
            keyfile \(ca.serverKey)
            require_certificate true
            allow_anonymous true
            persistence true
            persistence_location \(directory)/
            max_queued_messages 0
            user root
            \(settings)

            """
        try Data(text.utf8).write(to: URL(filePath: file))
        let program = try RunningProgram(["mosquitto", "-c", file], output: directory + "/mosquitto.log")
        programs.withLock { $0.mosquitto = program }
    }

    /// Starts the region's receiver and waits until it has subscribed.
    func startReceiver(receipts: Bool) async throws {
        let script = server("mqtt_receiver.py")
        let ready = readyCount()
        var arguments = [
            "/usr/bin/python3", script, "--port", "\(port)", "--topic", "ratings", "--store", store, "--ca",
            ca.authority, "--certificate", ca.clientCertificate, "--key", ca.clientKey,
        ]
        if receipts { arguments += ["--receipts", "receipts"] }
        let program = try RunningProgram(arguments, output: directory + "/receiver.log")
        programs.withLock { $0.receiver = program }
        try await waitForReceiver(after: ready)
    }

    /// How often the receiver has subscribed so far.
    func readyCount() -> Int { text(store + ".ready").split(separator: "\n").count }

    func waitForReceiver(after ready: Int) async throws {
        for _ in 0..<400 {
            if readyCount() > ready { return }
            try await Task.sleep(for: .milliseconds(25))
        }
        Issue.record(
            "the receiver did not subscribe: \(text(directory + "/receiver.log").suffix(800)) \(text(directory + "/mosquitto.log").suffix(800))"
        )
    }

    /// From now on the receiver behaves so.
    func behave(_ mode: String) throws { try Data(mode.utf8).write(to: URL(filePath: store + ".mode")) }

    /// Every copy the receiver has got, by id.
    func arrivals() -> [RecordID] {
        text(store).split(separator: "\n").compactMap { RecordID(String($0.prefix(36))) }
    }

    /// Ends the broker by a signal and starts it again on the same port.
    func restart(_ signal: Int32) async throws {
        try await stop(signal)
        try start()
    }

    func stop(_ signal: Int32 = SIGTERM) async throws {
        await programs.withLock { $0.mosquitto }?.end(signal)
    }

    /// Lets the broker stand still, or go on.
    func signal(_ number: Int32) { programs.withLock { $0.mosquitto }?.signal(number) }

    func end() async {
        let (mosquitto, receiver) = programs.withLock { $0 }
        await receiver?.end(SIGKILL)
        await mosquitto?.end(SIGKILL)
        try? FileManager.default.removeItem(atPath: directory)
    }

    private func text(_ path: String) -> String {
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    func configuration(_ settleOn: MQTTUplinkConfiguration.SettleOn) -> MQTTUplinkConfiguration {
        var configuration = MQTTUplinkConfiguration(
            host: "localhost", port: port, clientID: "hall-0417", topic: "ratings", settleOn: settleOn,
            receiptTopic: settleOn == .receipt ? "receipts" : nil)
        configuration.authorityFile = ca.authority
        configuration.certificateFile = ca.clientCertificate
        configuration.keyFile = ca.clientKey
        configuration.requestTimeout = .seconds(5)
        return configuration
    }
}

/// A peer of the tests by its file's name.
func server(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Servers/" + name
}

let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

/// A broker with a receiver for the length of a body.
func withBroker<Answer>(
    _ settings: String = "", receipts: Bool = true, _ body: (Broker) async throws -> Answer
) async throws -> Answer {
    let broker = try await Broker(settings)
    do {
        try await broker.startReceiver(receipts: receipts)
        let answer = try await body(broker)
        await broker.end()
        return answer
    } catch {
        await broker.end()
        throw error
    }
}

/// An uplink for the length of a body.
func withUplink<Answer>(
    _ configuration: MQTTUplinkConfiguration, coding: LineCoding = LineCoding(poisonEvery: 1000),
    onNotices: @escaping @Sendable (RegionNotices, [UInt8]) -> Bool = { _, _ in true },
    _ body: (MQTTUplink) async throws -> Answer
) async throws -> Answer {
    let uplink = try MQTTUplink.open(
        configuration, name: UplinkName("region"), coding: coding, logger: quiet, onNotices: onNotices)
    do {
        let answer = try await body(uplink)
        await uplink.shutdown()
        return answer
    } catch {
        await uplink.shutdown()
        throw error
    }
}

func samples(_ numbers: ClosedRange<Int>) -> [OutgoingRecord] { numbers.map { UplinkSamples.outgoing($0) } }

extension DeliveryReport {
    var failure: GatewayError? { if case .unreachable(let error, _, _) = self { error } else { nil } }
    var mayHaveArrived: Bool? { if case .unreachable(_, let mayHave, _) = self { mayHave } else { nil } }
    var verdicts: [DeliveryVerdict]? { if case .answered(let outcomes) = self { outcomes.map(\.verdict) } else { nil } }
}
#endif
