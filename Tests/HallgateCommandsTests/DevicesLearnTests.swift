// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HallgateApp
import RatingModel
import Testing

@testable import HallgateCommands

/// What `devices learn` asks the operator and is told by him.
@Suite struct DevicesLearnTests {
    private let console = Console(locale: "C", usesColor: false, output: { _ in }, errors: { _ in })

    @Test func `the window is asked for where it was not given, and for each address`() throws {
        var answers = ["W3 ", ""]
        let question = WindowQuestion(console, windows: ["W3"]) { answers.isEmpty ? nil : answers.removeFirst() }
        let bus = DeviceStanza(place: .port("p"), driver: "queue-bus", addresses: [.init(4), .init(5, window: "W1")])
        #expect(try question.answered(bus).addresses == [.init(4, window: "W3"), .init(5, window: "W1")])
        #expect(try question.answered(DeviceStanza(place: .port("p"), driver: "native")).window == nil)
        let error = #expect(throws: GatewayError.self, "a configuration without it would be refused") {
            try question.answered(bus)
        }
        #expect(error?.code == "learn.no-window")
    }

    @Test(arguments: ["satisfied,satisfied", "5,4,3", ""]) func `levels are words, each once`(_ keys: String) async {
        #expect(await RecordedConsole().run(["devices", "learn", "--keys", keys]) == 2)
    }
}
