// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import RatingModel
import Testing
import URLPad

/// Tablets that open a page: their traces, and the contract of every driver.
@Suite struct URLPadTests {
    private let conformance = DriverConformance(
        traces: [
            .init(
                "a page", Array("OK\r\n".utf8), presses: 0, outputs: 2,
                commands: [.openPage(url: "https://region.example/a"), .closePage]),
            .init(
                "a page that is refused closes what may be there", [], presses: 0, outputs: 1,
                commands: [.openPage(url: "http://region.example/a"), .show(.standby)]),
            .init("words of a tablet", Array("{\"ok\":true}".utf8) + [0xFF, 0x00], presses: 0, outputs: 0),
        ],
        makeDriver: {
            var settings = URLPadSettings(device: DeviceID("tablet-1"), open: "O {url}", terminator: [0x0A])
            settings.close = "C"
            return URLPadDriver(settings)
        })

    @Test func `traces are kept to`() throws {
        let traces = try DriverTrace.all(of: "url-pad")
        #expect(traces.count >= 10)
        for trace in traces { #expect(trace.violations { URLPadDriver(settings(of: $0)) } == []) }
    }

    private func settings(of trace: DriverTrace) -> URLPadSettings {
        let terminators: [String: [UInt8]] = ["0A": [0x0A], "3B": [0x3B], "none": []]
        var settings = URLPadSettings(
            device: DeviceID("tablet-1"), open: trace.settings["open"]?.first ?? "",
            terminator: trace.settings["terminator"]?.first.flatMap { terminators[$0] } ?? [0x0D, 0x0A])
        settings.close = trace.settings["close"]?.first
        settings.standby = trace.settings["standby"]?.first
        settings.host = trace.settings["host"]?.first
        return settings
    }

    @Test func `commands are understood`() { #expect(conformance.tracesAreUnderstood() == []) }

    @Test func `splitting changes nothing`() { #expect(conformance.splittingChangesNothing() == []) }

    @Test(arguments: 1...5 as ClosedRange<UInt64>) func `garbage is outlived`(_ seed: UInt64) {
        #expect(conformance.driverOutlivesGarbage(seed: seed, bytes: 20_000) == [])
    }

    @Test func `memory is bounded`() { #expect(conformance.memoryIsBounded(rounds: 100) == []) }

    @Test func `a line that is not open takes nothing`() {
        var driver = URLPadDriver(URLPadSettings(device: DeviceID("t"), open: "{url}", terminator: []))
        let page = DriverEvent.command(.openPage(url: "https://region.example/"))
        #expect(driver.handle(page, at: MonotonicInstant(nanoseconds: 0)) == [])
    }
}
