// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import FoundationEssentials
import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

@testable import RegionProfiles

/// The examples of RegionProfiles.md, executed.
@Suite struct DocumentedProfileTests {
    private func example(beginning start: String) throws -> String {
        let root = String(describing: #filePath).replacing(
            "Tests/RegionProfilesTests/DocumentedProfileTests.swift", with: "")
        let path = root + "Sources/App/HallgateApp/Documentation.docc/RegionProfiles.md"
        let page = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let blocks = page.split(separator: "```").filter { $0.hasPrefix("yaml\n") }
        return String(try #require(blocks.map { $0.dropFirst(5) }.first { $0.hasPrefix(start) }))
    }

    @Test func theProfileIsOneAndSaysWhatThePageSays() throws {
        let outcome = RegionProfile.read(text: try example(beginning: "profile:"), name: "p")
        #expect(outcome.diagnostics.map(\.description) == [])
        let settings = RegionSettings(profile: outcome.value, site: ["area": "150121000000", "kind": "2"])
        let coding = settings.coding(zone: .china, sealing: ShownSealing())
        let call = try coding.call(
            handingOver: [UplinkSamples.outgoing(1, level: .dissatisfied)],
            access: RegionAccess(now: UplinkSamples.moment.wall))
        #expect(call.headers == [RegionHeader("content-type", "application/json")])
        let record = """
            {"areaCode":"150121000000","projectNo":"P1","serviceNumber":"1","kind":"2","pf":"4","satisfaction":4,\
            "evalDetail":"","writingEvaluation":"评价器按键评价，设备未采集原因","assessTime":"20260301T090000",\
            "window":"W-A01","source":"hall"}
            """
        let body = #"{"data":{"list":[\#(record)],"sign":"SIGNATURE(\#(record.utf8.count) bytes)"}}"#
        #expect(String(decoding: call.body, as: UTF8.self) == body)
        for (answer, verdict) in [
            (#"{"code":"0"}"#, DeliveryVerdict.accepted), (#"{"code":200}"#, .accepted),
            (#"{"code":503}"#, .retry(after: nil)),
            (#"{"code":1,"msg":"评价数据不可重复"}"#, .duplicate), (#"{"code":1,"msg":"编码错误"}"#, .rejected),
            (#"{"code":1,"msg":"办件不存在"}"#, .retry(after: nil)),
        ] {
            let report = coding.report(
                RegionReply(body: Array(answer.utf8)), on: samples(1...1), at: UplinkSamples.moment.wall)
            #expect(report.verdicts == [verdict], "\(answer)")
        }
    }

    @Test func theStanzaIsOne() throws {
        let text = try example(beginning: "uplinks:")
        let outcome = ConfigurationFile.read(text: text, name: "s") { file in
            file.list("uplinks", atMost: 1) { uplink in
                for key in ["name", "kind", "url"] { _ = uplink.value(key, .text()) }
                return RegionSettings.read(uplink)
            }
        }
        #expect(outcome.diagnostics.map(\.description) == [])
        #expect(outcome.value.first?.limits.reasonlessHold == .seconds(86_400))
        #expect(outcome.value.first?.site["projectType"] == "1")
    }
}
