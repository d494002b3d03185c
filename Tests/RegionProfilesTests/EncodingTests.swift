// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

@testable import RegionProfiles

@Suite struct EncodingTests {
    private func text(
        _ batch: [OutgoingRecord], _ profile: RegionProfile = .national,
        _ change: (inout RegionSettings) -> Void = { _ in }
    ) throws -> String {
        var settings = RegionSettings(profile: profile)
        change(&settings)
        let coding = settings.coding(zone: .china, sealing: nil)
        let call = try coding.call(handingOver: batch, access: RegionAccess(now: UplinkSamples.moment.wall))
        return String(decoding: call.body, as: UTF8.self)
    }

    @Test func aBatchIsWrittenAsTheInterfaceSays() throws {
        let body = try text([UplinkSamples.outgoing(7, level: .veryDissatisfied, ordinal: 2)])
        #expect(
            body == """
                {"evaluate":[{"id":"\(UplinkSamples.id(7))","projectNo":"P7","serviceNumber":"1","pf":"5",\
                "satisfaction":"1","evalDetail":"","writingEvaluation":"评价器按键评价，设备未采集原因",\
                "assessTime":"2026-03-01 09:00:00","assessNumber":"2","customFields":"pad-1,abcd-7"}]}
                """)
    }

    @Test func theCallIsWhatItWas() throws {
        let coding = RegionSettings().coding(zone: .china, sealing: nil)
        var access = RegionAccess(now: UplinkSamples.moment.wall)
        let headers = [RegionHeader("content-type", "application/json"), RegionHeader("accept", "application/json")]
        #expect(try coding.call(handingOver: samples(1...1), access: access).headers == headers)
        access.token = "s3cret\r\nx: y"
        let call = try coding.call(handingOver: samples(1...1), access: access)
        #expect(call.headers == headers + [RegionHeader("authorization", "Bearer s3cret  x: y")])
        #expect(call.method == "POST" && call.path == "")
    }

    @Test func bothDirectionsOfTheCodes() throws {
        let best: [SatisfactionLevel] = [
            .verySatisfied, .satisfied, .basicallySatisfied, .dissatisfied, .veryDissatisfied,
        ]
        #expect(best.map { RegionProfile.LevelCodes.fiveIsBest.code(of: $0) } == ["5", "4", "3", "2", "1"])
        #expect(best.map { RegionProfile.LevelCodes.oneIsBest.code(of: $0) } == ["1", "2", "3", "4", "5"])
        for codes in RegionProfile.LevelCodes.allCases {
            var profile = RegionProfile.national
            profile.levels = codes
            for level in best {
                #expect(codes.level(of: codes.code(of: level)) == level)
                let body = try text([UplinkSamples.outgoing(1, level: level)], profile)
                #expect(body.contains(#""satisfaction":"\#(codes.code(of: level))""#))
            }
            for wrong in ["0", "6", "", "5 ", "五", "05"] { #expect(codes.level(of: wrong) == nil) }
        }
    }

    @Test func aProfileWithoutAFieldForItSaysNoStatement() throws {
        let bad = UplinkSamples.outgoing(1, level: .veryDissatisfied)
        var settings = RegionSettings()
        #expect(settings.systemText(for: bad) == RegionSettings.statement)
        settings.profile.fields.removeAll { $0.source == .text }
        #expect(settings.systemText(for: bad) == nil)
        #expect(!settings.coding(zone: .china, sealing: nil).usesStatement(bad))
    }

    @Test(arguments: RegionTerms.ReasonlessBad.allCases) func onlyABadLevelWithoutAReasonCarriesTheStatement(
        _ setting: RegionTerms.ReasonlessBad
    ) throws {
        for level in SatisfactionLevel.allCases {
            for personal in [
                nil, PersonalFields([:]), PersonalFields(["text": "等太久"]), PersonalFields(["indicators": "209"]),
            ] {
                let rating = OutgoingRecord(
                    id: UplinkSamples.id(1), rating: UplinkSamples.rating(1, level: level), personal: personal,
                    ordinal: 1)
                let isStated = level.isBad && personal?.values.isEmpty != false && setting != .send
                let body = try text([rating]) { $0.terms.reasonlessBad = setting }
                #expect(body.contains("设备未采集原因") == isStated)
                var settings = RegionSettings()
                settings.terms.reasonlessBad = setting
                #expect(settings.coding(zone: .china, sealing: nil).usesStatement(rating) == isStated)
                #expect(
                    (settings.systemText(for: rating) != nil) == isStated, "what an auditor is told is what goes up")
                #expect((settings.limits.reasonlessHold != nil) == (setting == .hold))
            }
        }
    }

    @Test func aLateBatchGoesByTheLateCall() throws {
        let profile = try #require(RegionProfile.named("fujian-style"))
        let coding = RegionSettings(profile: profile).coding(zone: .china, sealing: FixedSealing())
        for isLate in [false, true] {
            let rating = OutgoingRecord(
                id: UplinkSamples.id(1), rating: UplinkSamples.rating(1), personal: nil, ordinal: 1, isLate: isLate)
            let call = try coding.call(handingOver: [rating], access: RegionAccess(now: UplinkSamples.moment.wall))
            #expect(call.headers.contains(RegionHeader("soapaction", isLate ? "\"supplement\"" : "\"evaluate\"")))
        }
        #expect(coding.limits.supplementAge == .seconds(86_400))
    }

    @Test func whatTheProfileHasNoWordsForIsNotWritten() throws {
        let coding = RegionSettings().coding(zone: .china, sealing: nil)
        #expect(!coding.canState(UplinkSamples.outgoing(1, level: nil)))
        #expect(try text([UplinkSamples.outgoing(1, level: nil)]) == #"{"evaluate":[]}"#)
        let unbound = OutgoingRecord(
            id: UplinkSamples.id(1), rating: UplinkSamples.rating(1, hasCase: false), personal: nil, ordinal: 1)
        #expect(!coding.canState(unbound) && !coding.limits.takesUnmatched)
        let plain = RegionSettings(profile: try #require(RegionProfile.named("plain"))).coding(
            zone: .china, sealing: nil)
        #expect(plain.canState(unbound) && plain.limits.takesUnmatched)
        let paper = OutgoingRecord(
            id: UplinkSamples.id(1), rating: UplinkSamples.rating(1).by(.paper), personal: nil, ordinal: 1)
        #expect(!coding.canState(paper) && plain.canState(paper))
    }

    @Test func textsFromOutsideAreEscaped() {
        let hostile = "a\"b\\c\nd\u{0}e\u{7F}é😀\u{2028}<&>' "
        func escaped(_ form: TextForm) -> String {
            var bytes = Array("x".utf8) + Array(hostile.utf8)
            form.escape(&bytes, from: 1)
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(escaped(.json) == #"xa\"b\\c\u000ad\u0000e"# + "\u{7F}é😀\u{2028}<&>' ")
        #expect(escaped(.xml) == "xa&quot;b\\c&#10;d e\u{7F}é😀\u{2028}&lt;&amp;&gt;&apos; ")
        #expect(escaped(.form) == "xa%22b%5Cc%0Ad%00e%7F%C3%A9%F0%9F%98%80%E2%80%A8%3C%26%3E%27%20")
        #expect(escaped(.plain) == "xa\"b\\c d e é😀\u{2028}<&>' ")
    }

    @Test func aTextIsCutAtTheRegionsLength() throws {
        let long = String(repeating: "评", count: 400)
        let rating = OutgoingRecord(
            id: UplinkSamples.id(1), rating: UplinkSamples.rating(1), personal: PersonalFields(["text": long]),
            ordinal: 1)
        #expect(try text([rating]).contains(":\"" + String(repeating: "评", count: 150) + "\""))
    }

    @Test(arguments: [
        ("yyyy-MM-dd HH:mm:ss", 1_772_326_800_000, "2026-03-01 09:00:00"),
        ("yyyyMMdd'T'HHmmss", 1_772_326_800_999, "20260301T090000"), ("seconds", -1, "-1"), ("milliseconds", -1, "-1"),
        ("ss.SSS", -1, "59.999"), ("yyyy年MM月dd日", 0, nil), ("HH:mm:ss'", 0, nil), ("", 0, nil), ("yy", 0, nil),
        ("yyyy/MM/dd", .max, "292278994/08/17"), ("yyyy/MM/dd", .min, "-292275055/05/17"),
    ]) func timesAreWritten(_ pattern: String, _ milliseconds: Int64, _ text: String?) {
        let format = TimeFormat(pattern)
        var out: [UInt8] = []
        format?.write(WallTime(millisecondsSinceEpoch: milliseconds), in: .china, into: &out)
        #expect(format.map { _ in String(decoding: out, as: UTF8.self) } == text)
    }
}

/// Seals visibly and always alike.
struct FixedSealing: RegionSealing {
    func encrypt(_ text: [UInt8]) throws(GatewayError) -> [UInt8] { hexadecimal(text) }

    func decrypt(_ text: [UInt8]) throws(GatewayError) -> [UInt8] {
        stride(from: 0, to: text.count - 1, by: 2).map {
            (text[$0].hexadecimalValue ?? 0) << 4 | (text[$0 + 1].hexadecimalValue ?? 0)
        }
    }

    func sign(_ text: [UInt8]) throws(GatewayError) -> [UInt8] { Array("signed(\(text.count))".utf8) }

    private func hexadecimal(_ text: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        for byte in text { out.appendHexadecimal(byte) }
        return out
    }
}
