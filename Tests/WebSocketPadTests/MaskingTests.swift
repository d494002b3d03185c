// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel
import Testing

@testable import HallgateTesting
@testable import WebSocketPad

/// What an operator sees of a WebSocket pad's line without being an auditor (G9).
@Suite struct MaskingTests {
    private let driver = WebSocketPadDriver(
        WebSocketPadSettings(device: DeviceID("pad-1"), score: .attitude, keyMap: .scores(best: 1)))

    private func frame(_ text: String) -> [UInt8] { [0x1E] + text.utf8 + [0x0A] }

    /// The masked bytes as text, with a dot for each that is masked.
    private func shown(_ bytes: [UInt8]) -> String {
        let shown = driver.masked(bytes, .received)
        #expect(shown.count == bytes.count)
        #expect(zip(shown, bytes).allSatisfy { $0 == nil || $0 == $1 })
        return String(decoding: shown.map { $0 ?? UInt8(ascii: "*") }, as: UTF8.self)
    }

    @Test(arguments: [
        (
            #"{"method":"RateSubmit","param":{"rateId":"7","attitude":5,"quality":1,"efficiency":2,"honest":3}}"#,
            #"{"method":"RateSubmit","param":{"rateId":"7","attitude":*,"quality":*,"efficiency":*,"honest":*}}"#
        ),
        (
            #"{ "method" : "Login" , "param" : { "winNum" : 3 , "userCode" : "0042" } }"#,
            #"{ "method" : "Login" , "param" : { "winNum" : 3 , "userCode" : "0042" } }"#
        ),
        (#"{"method":"HeartBeat","param":null}"#, #"{"method":"HeartBeat","param":null}"#),
        (#"{"method":"RateOperate","param":"Pause"}"#, #"{"method":"RateOperate","param":"Pause"}"#),
        (#"{"method":"RateOperate","param":"5"}"#, #"{"method":"RateOperate","param":***}"#),
        (#"{"method":"RateOperate","param":{"do":"Reset"}}"#, #"{"method":"RateOperate","param":{****:"Reset"}}"#),
        (#"{"request":"RateSubmit","code":0,"result":null}"#, #"{"request":"RateSubmit","code":0,"result":null}"#),
        (
            #"{"request":"GetWindowList","code":0,"result":[{"code":5}]}"#,
            #"{"request":"GetWindowList","code":0,"result":************}"#
        ),
        (
            #"{"method":"RateQuest","param":{"date":"d","item":"ab","rateId":"7","transactor":"c"}}"#,
            #"{"method":"RateQuest","param":{"date":"d","item":****,"rateId":"7","transactor":***}}"#
        ),
        (
            #"{"method":"RateSubmit","param":{"attitude":{"code":5}}}"#,
            #"{"method":"RateSubmit","param":{"attitude":**********}}"#
        ),
        (#"{"level":5,"method":"x"}"#, #"{*******:*,"method":"x"}"#),
        (#"{"\u0061ttitude":5}"#, #"{***************:*}"#),
        (#"{"code":5"#, #"{"code":*"#),
    ]) func `a level is masked and a name is not`(_ message: String, _ picture: String) {
        #expect(shown(frame(message)) == "\u{1E}" + picture + "\n")
    }

    @Test(arguments: [
        (#"{"method":"RateSubmit",5}"#, #"{"method":"RateSubmit",***"#), ("[5]", "****"), ("5", "**"),
        (#"{"code":[5}"#, "{\"code\":***\n"), (#"{"code""#, "{\"code\"\n"), (#"{"cod"#, "{****\n"),
    ]) func `what is no message is masked from there on`(_ message: String, _ picture: String) {
        #expect(shown(frame(message)) == "\u{1E}" + picture)
    }

    @Test func `no two levels can be told apart, wherever the message is cut`() {
        let messages = (1...5).map { level in
            frame(#"{"method":"RateSubmit","param":{"rateId":"a","attitude":\#(level),"quality":\#(level)}}"#)
        }
        for start in messages[0].indices {
            for end in start...messages[0].count where end == messages[0].count || end % 7 == 0 {
                let pictures = messages.map { driver.masked(Array($0[start..<end]), .received) }
                #expect(Set(pictures).count == 1, "\(start)..<\(end)")
            }
        }
    }

    @Test func `what stands before a record separator is masked`() {
        #expect(
            shown(Array(#"ude":5}}"#.utf8) + [0x0A] + frame("{}")) == String(repeating: "*", count: 9) + "\u{1E}{}\n")
    }

    @Test func `no level of a trace is seen, and every method is`() throws {
        for trace in try DriverTrace.all(of: "websocket") {
            for case .reads(let reads) in trace.steps.map(\.stimulus) {
                let bytes = Array(reads.joined())
                let text = String(decoding: bytes, as: UTF8.self)
                let picture = shown(bytes)
                for score in WebSocketPadSettings.Score.allCases {
                    for level in 1...5 { #expect(!picture.contains("\"\(score)\":\(level)"), "\(trace.name)") }
                }
                let isRating = text.hasPrefix("\u{1E}{\"method\":\"RateSubmit\"")
                #expect(!isRating || picture.contains("RateSubmit"), "\(trace.name)")
            }
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>) func `any bytes can be masked`(_ seed: UInt64) {
        var dice = seed
        let alphabet = Array("\u{1E}\n{}[]\":,\\ 5amnul".utf8) + Array("\"code\":\"param\":".utf8)
        let bytes = (0..<4000).map { _ in
            dice = dice &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return alphabet[Int(dice >> 33) % alphabet.count]
        }
        _ = shown(bytes)
    }
}
