// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HallgateTesting
import JournalAPI
import Logging
import OperatorAPI
import RatingDelivery
import RatingModel
import Testing

@testable import HallgateApp

/// The assembled gateway with one uplink and no devices: its configuration, journal, forwarder, status and metrics.
struct OutageHall: Sendable {
    /// Longest time of an exchange, and of the wait after a failure, in every outage test.
    static let exchangeLimit: Duration = .seconds(1)
    static let mostBackOff: Duration = .seconds(1)

    let service: GatewayOperator
    let gateway: Gateway
    let region = UplinkName("region")

    /// Runs it in a directory of its own around the body.
    static func run(
        _ directory: String, url: String, authority: String, _ more: String = "",
        _ body: (OutageHall) async throws -> Void
    ) async throws {
        let text = """
            windows: [{id: W3}]
            journal: {directory: \(directory)/journal}
            uplinks:
              - name: region
                kind: https
                profile: national
                url: '\(url)'
                ca: \(authority)
                connect_timeout: 1s
                request_timeout: 1s
                retry: {first: 100ms, most: 1s}
            \(more)

            """
        let path = directory + "/hall.yaml"
        try Data(text.utf8).write(to: URL(filePath: path))
        let source = ConfigurationSource(path: path)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let gateway = try await buildGateway(try source.read(), logger: logger)
        let hall = OutageHall(
            service: GatewayOperator(
                gateway: gateway, reader: source, refused: nil, logger: logger,
                accepted: AcceptedConfiguration(path: directory + "/accepted.yaml")), gateway: gateway)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for each in gateway.forwarders { group.addTask { await each.forwarder.run() } }
                    defer { for each in gateway.forwarders { each.forwarder.stop() } }
                    try await body(hall)
                })
        } catch { outcome = .failure(error) }
        await gateway.close()
        try outcome.get()
    }

    /// Records ratings, each of a press and a case of its own, and lets the forwarder know.
    func record(_ numbers: Range<Int>) async throws {
        for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: 500) {
            let drafts = (start..<min(start + 500, numbers.upperBound)).map { UplinkSamples.draft($0, for: region) }
            let outcomes = try await gateway.journal.record(drafts)
            try #require(outcomes.count == drafts.count)
        }
        for each in gateway.forwarders { each.forwarder.wake() }
    }

    var uplink: GatewayStatus.Uplink {
        get async throws { try #require(await service.status().uplinks.first) }
    }

    var forwarder: ForwarderStatus {
        get async throws { await (try #require(gateway.forwarders.first)).forwarder.status() }
    }

    /// How long it can take from now until the forwarder tries: the back-off in force or, in an exchange, the rest of
    /// that and the back-off behind it.
    var patience: Duration {
        get async throws {
            guard let until = try await forwarder.waitsUntil else { return Self.exchangeLimit + Self.mostBackOff }
            return max(.zero, gateway.clock.now().monotonic.duration(to: until))
        }
    }
}

/// Polls until something holds; answers whether it did in time.
func eventually(within limit: Duration, _ condition: () async throws -> Bool) async rethrows -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if try await condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return false
}

/// Runs the body with a directory in memory, or in /tmp where the system has no such place, and removes it.
func withDirectory<Answer>(_ body: (String) async throws -> Answer) async throws -> Answer {
    let base = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
    let path = "\(base)/hallgate-outage-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
}
