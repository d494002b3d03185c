// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

@testable import RegionProfiles

/// What a region is asked about its own page.
@Suite struct PageCallTests {
    private let access = RegionAccess(token: "t", now: UplinkSamples.moment.wall)
    private let reference = CaseReference(projectNumber: "P 1\"", serviceNumber: "1&2")

    private func reply(_ text: String, status: Int = 200) -> RegionReply {
        RegionReply(status: status, body: Array(text.utf8))
    }

    @Test(arguments: ["national", "plain"]) func theCallsAreThoseOfTheStandIn(_ name: String) throws {
        let coding = RegionSettings(profile: try #require(RegionProfile.named(name))).coding(zone: .china, sealing: nil)
        let rated = try #require(try coding.call(asking: .isRated(reference), access: access))
        #expect(rated.method == "GET" && rated.path == "/api/rated?projectNo=P%201%22&serviceNumber=1%262")
        #expect(rated.body.isEmpty)
        let code = try #require(try coding.call(asking: .code(reference, window: WindowID("A\"1")), access: access))
        #expect(code.method == "POST" && code.path == "/api/codes")
        #expect(
            String(decoding: code.body, as: UTF8.self)
                == #"{"projectNo":"P 1\"","serviceNumber":"1&2","window":"A\"1"}"#)
        #expect(try coding.isRated(reply(#"{"success":true,"rated":true}"#)))
        #expect(try !coding.isRated(reply(#"{"success":true,"rated":false}"#)))
        #expect(try coding.code(in: reply(#"{"url":"https://r.example/e?c=1"}"#)) == .text("https://r.example/e?c=1"))
    }

    @Test func aPictureIsTakenWhereThereIsNoAddress() throws {
        let coding = RegionSettings().coding(zone: .china, sealing: nil)
        // 21 by 21 points that Python made with zlib.
        let picture =
            "iVBORw0KGgoAAAANSUhEUgAAABUAAAAVAQAAAACBbJg7AAAAD0lEQVR4nGP4//8/A5UxAEyUPsIgbcHfAAAAAElFTkSuQmCC"
        guard case .image(let image) = try coding.code(in: reply(#"{"image":"\#(picture)"}"#)) else {
            Issue.record("it is no picture")
            return
        }
        #expect(image.form == .png && image.width == 21 && image.base64 == picture)
        let both = reply(#"{"url":"https://r.example/1","image":"\#(picture)"}"#)
        #expect(try coding.code(in: both) == .text("https://r.example/1"))
        for other in ["iVBORw0KGgo=", "https://r.example/1.png", String(picture.dropLast(8))] {
            do throws(GatewayError) {
                _ = try coding.code(in: reply(#"{"image":"\#(other)"}"#))
                Issue.record("\(other) is a picture")
            } catch { #expect(error.code == "uplink.code-unusable") }
        }
    }

    @Test func aProfileThatNamesAPictureAloneHasNoText() throws {
        let text = """
            profile: p
            version: "1"
            verified: true
            levels: 5-is-best
            channels: {terminal: 4}
            fields: [{name: id, from: id}]
            calls: {evaluate: {body: '${records}'}, code: {path: '/code', body: '{}'}}
            answers: {success: [{path: ok, is: true}], code: {image: url}}
            """
        let reading = RegionProfile.read(text: text, name: "p")
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        let paths = reading.value.answers.code
        #expect(paths.text == nil && paths.image == AnswerPath("url"))
    }

    @Test(arguments: [
        (#"{"success":false,"message":"系统繁忙"}"#, 200), (#"{"rated":"true"}"#, 200), (#"{"rated":null}"#, 200),
        ("<html>", 200), ("", 200), (#"{"rated":true}"#, 404), (#"{"rated":true,"url":"https://r"}"#, 503),
    ]) func whatSaysNeitherYesNorNoSaysNothing(_ body: String, _ status: Int) throws {
        let coding = RegionSettings().coding(zone: .china, sealing: nil)
        #expect(throws: GatewayError.self) { try coding.isRated(reply(body, status: status)) }
        #expect(throws: GatewayError.self) { try coding.code(in: reply(body, status: status)) }
    }

    @Test func aRegionWithoutTheCallsIsAskedNothing() throws {
        for name in ["shandong-style", "zhejiang-style", "fujian-style", "neimenggu"] {
            let settings = RegionSettings(profile: try #require(RegionProfile.named(name)))
            #expect(!settings.saysWhetherRated && !settings.givesCodes)
        }
        let settings = RegionSettings()
        #expect(settings.saysWhetherRated && settings.givesCodes)
    }

    @Test func aNoticeNamesTheCase() throws {
        let coding = RegionSettings().coding(zone: .china, sealing: nil)
        let page = try coding.notices(
            in: reply(
                #"{"notices":[{"kind":"rated","projectNo":"P1","serviceNumber":"2"},{"kind":"rated","projectNo":"P1"}],"next":null}"#
            ))
        #expect(page.notices == [.rated(CaseReference(projectNumber: "P1", serviceNumber: "2"))])
    }

    @Test func aCallWithoutAMeaningIsAMistake() {
        let text = """
            profile: p
            version: "1"
            verified: true
            levels: 5-is-best
            channels: {terminal: 4}
            fields: [{name: id, from: id}]
            calls:
              evaluate: {body: '${records}'}
              rated: {path: '/rated?p=${project}'}
            answers:
              success: [{path: ok, is: true}]
              rated: {yes: [{path: r, is: true}]}
            """
        let reading = RegionProfile.read(text: text, name: "p")
        #expect(reading.diagnostics.contains { $0.message.english.contains("calls.rated") }, "\(reading.diagnostics)")
    }
}
