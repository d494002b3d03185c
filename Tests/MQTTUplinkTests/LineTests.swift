// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if MQTT
import Glibc
import HallgateTesting
import MQTTUplink
import RatingModel
import StandInRegion
import Testing
import UplinkAPI

extension BrokerTests {
    @Suite struct LineTests {
        @Test func aBrokerThatIsNotThereIsUnreachableAtOnceAndFoundAgain() async throws {
            try await withBroker { broker in
                try await withUplink(broker.configuration(.receipt)) { uplink in
                    try await broker.stop()
                    let report = await uplink.deliver(samples(1...3))
                    #expect(report.failure?.code == "uplink.not-connected" && report.mayHaveArrived == false)
                    let ready = broker.readyCount()
                    try await broker.restart(SIGTERM)
                    try await broker.waitForReceiver(after: ready)
                    #expect(await uplink.deliver(samples(1...3)).verdicts == [.accepted, .accepted, .accepted])
                }
            }
        }

        @Test func aBrokerThatStandsStillEndsInTimeAndMayHaveIt() async throws {
            try await withBroker { broker in
                var configuration = broker.configuration(.receipt)
                configuration.requestTimeout = .milliseconds(500)
                try await withUplink(configuration) { uplink in
                    #expect(await uplink.probe() == .answered)
                    broker.signal(SIGSTOP)
                    let started = ContinuousClock.now
                    let report = await uplink.deliver(samples(1...3))
                    #expect(report.failure?.code == "uplink.timed-out" && report.mayHaveArrived == true)
                    #expect(started.duration(to: .now) < .seconds(12))
                    broker.signal(SIGCONT)
                    for _ in 0..<100 {
                        if await uplink.deliver(samples(1...3)).verdicts != nil { break }
                        try await Task.sleep(for: .milliseconds(20))
                    }
                    #expect(Set(broker.arrivals()).count == 3)
                }
            }
        }

        @Test func aCancelledDeliveryEndsAtOnce() async throws {
            try await withBroker { broker in
                try await withUplink(broker.configuration(.receipt)) { uplink in
                    #expect(await uplink.probe() == .answered)
                    broker.signal(SIGSTOP)
                    let started = ContinuousClock.now
                    let report = await withTaskGroup(of: DeliveryReport.self) { group in
                        group.addTask { await uplink.deliver(samples(1...2)) }
                        try? await Task.sleep(for: .milliseconds(100))
                        group.cancelAll()
                        return await group.next()
                    }
                    #expect(report?.failure?.code == "uplink.stopped")
                    #expect(started.duration(to: .now) < .seconds(12))
                    broker.signal(SIGCONT)
                }
            }
        }

        @Test func aBrokerOfAnotherAuthorityIsNotTrusted() async throws {
            try await withBroker { broker in
                var configuration = broker.configuration(.receipt)
                configuration.authorityFile =
                    try ThrowAwayCA(in: TestDirectory.make("other"), name: "another").authority
                try await withUplink(configuration) { uplink in
                    let report = await uplink.deliver(samples(1...1))
                    #expect(report.failure?.code == "uplink.no-tls", "\(report)")
                    #expect(report.mayHaveArrived == false)
                }
            }
        }

        @Test func aGatewayWithoutRightsIsAnOutage() async throws {
            let rights = try TestDirectory.make("acl") + "/acl"
            let file = try #require(fopen(rights, "w"))
            // The gateway is known by its certificate's name; the receiver, by the same, may read.
            fputs("topic readwrite receipts\ntopic read ratings\n", file)
            fclose(file)
            try await withBroker("acl_file \(rights)") { broker in
                try await withUplink(broker.configuration(.receipt)) { uplink in
                    let report = await uplink.deliver(samples(1...2))
                    #expect(report.failure?.code == "uplink.unauthorized", "\(report)")
                }
            }
        }

        @Test func aPasswordThatCannotBeReadIsSaid() async throws {
            try await withBroker { broker in
                let directory = try TestDirectory.make("password")
                let file = try #require(fopen(directory + "/secret", "w"))
                fputs("wrong\n", file)
                fclose(file)
                var configuration = broker.configuration(.receipt)
                configuration.username = "hall"
                configuration.passwordFile = directory + "/nothing"
                #expect(throws: GatewayError.self) {
                    try MQTTUplink.open(
                        configuration, name: UplinkName("region"), coding: LineCoding(), logger: quiet)
                }
                configuration.passwordFile = directory + "/secret"
                try await withUplink(configuration) { uplink in
                    // This broker has no password file of its own, so that the user is let in: what is read is used.
                    #expect(await uplink.probe() == .answered)
                }
            }
        }
    }
}
#endif
