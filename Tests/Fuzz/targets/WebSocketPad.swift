// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI WebSocketPad
// traces: websocket

import DeviceAPI
import RatingModel
import WebSocketPad

/// Android pads that connect in; an instruction 1 makes a whole message, or a submission, of its bytes.
func fuzz(_ input: [UInt8]) {
    let variant = input.first ?? 0
    let scores = WebSocketPadSettings.Score.allCases
    var settings = WebSocketPadSettings(
        device: DeviceID("pad-1"), score: scores[Int(variant) % scores.count],
        keyMap: .scores(best: variant & 4 == 0 ? 1 : 5))
    settings.windowNumber = variant & 8 == 0 ? nil : "3"
    settings.sendsNumericRateID = variant & 16 != 0
    settings.operationMember = variant & 32 == 0 ? nil : "operate"
    settings.results[.windows] = .array([])
    DriverProgram.run(input, dress: dressed) { _ in WebSocketPadDriver(settings) }
}

private func dressed(_ bytes: [UInt8]) -> [UInt8] {
    switch bytes.first {
    case 0: [0x1E] + #"{"method":"Login","param":{"winNum":"3","userCode":""}}"#.utf8 + [0x0A]
    case 1: [0x1E] + #"{"method":"RateSubmit","param":{"rateId":"\#(bytes.count)","attitude":1}}"#.utf8 + [0x0A]
    case 2: [0x1E] + #"{"method":"RateSubmit","param":{"honest":2,"rateId":""#.utf8 + bytes + Array("\"}}\n".utf8)
    default: [0x1E] + bytes + [0x0A]
    }
}
