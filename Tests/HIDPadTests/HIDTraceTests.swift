// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HIDPad
import HallgateTesting
import RatingModel
import Testing

/// Reports written by a generator that shares nothing with the driver, and the suite every driver runs.
///
/// A read is a whole report, so a split has no meaning here and is not tried.
@Suite struct HIDTraceTests {
    private static let traces = (try? DriverTrace.all(of: "hid")) ?? []

    private static func driver(_ trace: DriverTrace) -> HIDPadDriver {
        func number(_ key: String) -> Int? { trace.settings[key]?.first.flatMap { Int($0) } }
        func bytes(_ key: String) -> [UInt8]? {
            trace.settings[key]?.first.map { $0.split(separator: " ").compactMap { UInt8($0, radix: 16) } }
        }
        return HIDPadDriver(
            HIDPadSettings(
                line: "/dev/hidraw9", reportID: number("report").map { UInt8($0) }, offset: number("offset") ?? 0,
                mask: UInt8(number("mask") ?? 0xFF), released: UInt8(number("released") ?? 0),
                keys: DriverTrace.keyMap(trace.settings["keys"]?.first ?? ""), thanks: bytes("thanks"),
                fault: bytes("fault"), prompt: bytes("prompt")))
    }

    @Test func `there are traces`() throws {
        #expect(try DriverTrace.all(of: "hid").count >= 10)
    }

    @Test(arguments: traces.map(\.name)) func `a trace is kept to`(_ name: String) throws {
        let trace = try #require(Self.traces.first { $0.name == name })
        #expect(trace.violations(Self.driver) == [])
    }

    // MARK: The suite of every driver

    private let conformance = DriverConformance(
        traces: [.init("a report", [1, 0, 0x22, 7], presses: 1), .init("another report", [2, 0, 0x22], presses: 0)],
        makeDriver: {
            HIDPadDriver(
                HIDPadSettings(
                    line: "/dev/hidraw9", reportID: 1, offset: 2, mask: 0x0F, keys: .five, thanks: [1, 1],
                    fault: [1, 2]))
        })

    @Test(arguments: DriverConformance.Check.ofReports) func `the suite of every driver is kept to`(
        _ check: DriverConformance.Check
    ) {
        #expect(conformance.violations(of: check) == [])
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>) func `garbage is outlived`(_ seed: UInt64) {
        #expect(conformance.driverOutlivesGarbage(seed: seed, bytes: 20_000) == [])
    }

    @Test func `memory is bounded`() { #expect(conformance.memoryIsBounded() == []) }

    // MARK: What traces cannot say

    @Test func `capabilities follow the settings`() {
        var settings = HIDPadSettings(line: "l", offset: 0, keys: .queueBus)
        var capabilities = HIDPadDriver(settings).capabilities
        #expect(capabilities.thanks == .none && !capabilities.prompts && !capabilities.keepsLog)
        #expect(capabilities.levels == [.verySatisfied, .satisfied, .dissatisfied])
        (settings.thanks, settings.fault, settings.prompt) = ([1], [2], [3])
        capabilities = HIDPadDriver(settings).capabilities
        #expect(capabilities.thanks == .afterCommit && capabilities.prompts)
    }

    @Test func `a report of any length is kept within the limit`() throws {
        var driver = HIDPadDriver(HIDPadSettings(line: "l", offset: 0, keys: .five))
        let now = MonotonicInstant(nanoseconds: 0)
        #expect(driver.handle(.received([1]), at: now) == [], "the line is not open")
        _ = driver.handle(.opened(nonce: 1), at: now)
        let actions = driver.handle(.received([1] + [UInt8](repeating: 7, count: 4000)), at: now)
        guard case .press(let press)? = actions.last else {
            Issue.record("\(actions)")
            return
        }
        #expect(press.rawFrame.count == Limits.rawFrameBytes && press.key.device == DeviceID("hid-l"))
    }
}
