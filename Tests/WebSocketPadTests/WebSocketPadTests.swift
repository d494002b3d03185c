// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import Testing

@testable import WebSocketPad

/// Android pads that connect in: their traces, and the contract of every driver.
@Suite struct WebSocketPadTests {
    private static func frame(_ text: String) -> [UInt8] { [0x1E] + text.utf8 + [0x0A] }
    private static let login = frame(#"{"method":"Login","param":{"winNum":"3","userCode":"0042"}}"#)

    private static func rate(_ rateID: String, _ score: Int) -> [UInt8] {
        frame(#"{"method":"RateSubmit","param":{"rateId":"\#(rateID)","attitude":\#(score),"quality":1}}"#)
    }

    private static func settings(best: Int = 1) -> WebSocketPadSettings {
        WebSocketPadSettings(device: DeviceID("pad-1"), score: .attitude, keyMap: .scores(best: best))
    }

    private let conformance: DriverConformance = .init(
        traces: [
            .init("a login", login, presses: 0),
            .init("a rating", login + rate("a", 1), presses: 1),
            .init(
                "garbage, ratings, one of them twice, a heartbeat",
                [0xFF, 0x7B] + login + rate("a", 2) + rate("a", 2) + frame("{") + rate("b", 5)
                    + frame(#"{"method":"HeartBeat","param":null}"#), presses: 2),
        ], makeDriver: { WebSocketPadDriver(settings()) })

    @Test func `traces are kept to`() throws {
        let traces = try DriverTrace.all(of: "websocket")
        #expect(traces.count >= 20)
        for trace in traces {
            let settings = try settings(of: trace)
            #expect(trace.violations { _ in WebSocketPadDriver(settings) } == [])
        }
    }

    private func settings(of trace: DriverTrace) throws -> WebSocketPadSettings {
        var settings = Self.settings(best: trace.settings["best"] == ["5"] ? 5 : 1)
        settings.windowNumber = trace.settings["window"]?.first
        settings.sendsNumericRateID = trace.settings["numeric"] == ["yes"]
        settings.signsStaffIn = trace.settings["staff"] != ["no"]
        if let date = trace.settings["date"]?.first { settings.date = try #require(.init(rawValue: date)) }
        settings.operationMember = trace.settings["operation"]?.first
        if let score = trace.settings["score"]?.first { settings.score = try #require(.init(rawValue: score)) }
        if let list = trace.settings["windows"]?.first {
            settings.results[.windows] = try JSONParser.parse(Array(list.utf8))
        }
        return settings
    }

    @Test(arguments: DriverConformance.Check.allCases) func `the suite of every driver is kept to`(
        _ check: DriverConformance.Check
    ) {
        #expect(conformance.violations(of: check) == [])
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>) func `garbage is outlived`(_ seed: UInt64) {
        #expect(conformance.driverOutlivesGarbage(seed: seed, bytes: 20_000) == [])
    }

    @Test func `memory is bounded`() {
        #expect(conformance.memoryIsBounded(rounds: 300) == [])
        let ratings = (0..<500).flatMap { Self.rate("r\($0)", 3) }
        let suite = DriverConformance(traces: [.init("many", Self.login + ratings, presses: 500)]) {
            WebSocketPadDriver(Self.settings())
        }
        #expect(suite.tracesAreUnderstood() == [])
        #expect(suite.memoryIsBounded(rounds: 3) == [])
    }

    @Test func `a raw frame is cut to its limit`() {
        let filler = String(repeating: " ", count: 2000)
        let message = Self.frame(#"{"method":"RateSubmit",\#(filler)"param":{"rateId":"a","attitude":1}}"#)
        let suite = DriverConformance(traces: [.init("long", Self.login + message, presses: 1)]) {
            WebSocketPadDriver(Self.settings())
        }
        #expect(suite.tracesAreUnderstood() == [])
        #expect(suite.pressesAreWellFormed() == [])
    }
}
