// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import OperatorAPI
import RatingModel
import Testing

@testable import DeviceSupervision

/// Updates as the supervision carries them: told again at each connection, refused where they can be nothing.
@Suite struct UpdateTests {
    private struct UpdatableDriver: DeviceDriver {
        static let name = "updatable"
        let capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: false, updates: true)
        mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] { [] }
    }

    private let image = FirmwareImage(
        release: 7, version: "2.0", model: "", hash: [], signature: [], bytes: [UInt8](repeating: 5, count: 1000))

    private func updatable(_ path: String, window: String) -> DeviceAssignment {
        DeviceAssignment(
            line: DeviceLine(path: path, baud: 9600), window: WindowID(window), driverName: "updatable",
            makeDriver: { UpdatableDriver() })
    }

    private func pad(_ firmware: String, _ device: String = "pad-1") -> DeviceIdentity {
        DeviceIdentity(device: DeviceID(device), log: 1, model: "HG-5", firmware: firmware)
    }

    private func isTold(_ connection: ScriptedConnection, _ times: Int) async -> Bool {
        await connection.waitForEvents { events in
            events.count { $0 == .command(.update(image), at: nil) } == times
        }
    }

    @Test func `a pad that was pulled out is told again when it is back`() async throws {
        let bench = Bench()
        bench.transport.plug("/pad")
        try await bench.run([updatable("/pad", window: "A01")]) {
            let first = try #require(await bench.transport.connection("/pad"))
            first.emit(.identified(pad("1.0")))
            #expect(await eventually { await bench.status().state == .ready })
            #expect(try await bench.supervision.update(image, at: "A01").state == .offered)
            #expect(await isTold(first, 1))
            first.emit(.observed(.firmware(.received(bytes: 400))))
            #expect(try await eventually { try await bench.supervision.updateReport(at: "pad-1").received == 400 })
            await #expect(throws: GatewayError.updateRunning("/pad")) {
                try await bench.supervision.update(image, at: "/pad")
            }
            bench.transport.unplug("/pad")
            #expect(try await eventually { try await bench.supervision.updateReport(at: "A01").state == .waiting })
            bench.transport.plug("/pad")
            #expect(
                await eventually {
                    bench.clock.advance(by: .seconds(1))
                    return bench.transport.connections("/pad").count == 2
                })
            let second = try #require(bench.transport.connections("/pad").last)
            second.emit(.identified(pad("1.0")))
            #expect(await isTold(second, 1))
            second.emit(.observed(.firmware(.received(bytes: 200))))
            second.emit(.observed(.firmware(.verified)))
            second.emit(.observed(.firmware(.installing)))
            second.emit(.identified(pad("2.0")))
            #expect(try await eventually { try await bench.supervision.updateReport(at: "A01").state == .installed })
            #expect(try await bench.supervision.updateReport(at: "A01").resumedAt == 200)
            #expect(await isTold(second, 1), "and not again once it is through")
        }
    }

    @Test func `what cannot be updated is said`() async throws {
        let bench = Bench()
        try await bench.run([assignment("/old"), updatable("/new", window: "A02"), updatable("/two", window: "A02")]) {
            await #expect(throws: GatewayError.updateImpossible("none")) {
                try await bench.supervision.update(image, at: "/old")
            }
            await #expect(throws: GatewayError.notReadyForUpdate("/new")) {
                try await bench.supervision.update(image, at: "/new")
            }
            await #expect(throws: GatewayError.severalForUpdate("A02", ["/new", "/two"])) {
                try await bench.supervision.update(image, at: "A02")
            }
            await #expect(throws: GatewayError.noDevice(at: "A09")) {
                try await bench.supervision.update(image, at: "A09")
            }
            await #expect(throws: GatewayError.noUpdate("/new")) {
                try await bench.supervision.updateReport(at: "/new")
            }
            await #expect(throws: GatewayError.noUpdate("/new")) {
                try await bench.supervision.cancelUpdate(at: "/new")
            }
        }
    }
}
