// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

@testable import RegionProfiles

@Suite struct EncodingTests {
    private func encoding(
        _ reasonlessBad: RegionSettings.ReasonlessBad = .statement, profile: RegionProfile = .national
    ) throws -> NationalEncoding {
        NationalEncoding(
            profile: profile, zone: try #require(HallZone("Asia/Shanghai")), reasonlessBad: reasonlessBad,
            reasonlessStatement: "评价器按键评价，设备未采集原因")
    }

    private func text(_ batch: [OutgoingRating], _ encoding: NationalEncoding) -> String {
        String(decoding: encoding.body(of: batch), as: UTF8.self)
    }

    @Test func aBatchIsWrittenAsTheInterfaceSays() throws {
        let body = text([UplinkSamples.outgoing(7, level: .veryDissatisfied, ordinal: 2)], try encoding())
        #expect(
            body == """
                {"evaluate":[{"id":"\(UplinkSamples.id(7))","projectNo":"P7","serviceNumber":"1","pf":"5",\
                "satisfaction":"1","evalDetail":"","writingEvaluation":"评价器按键评价，设备未采集原因",\
                "assessTime":"2026-03-01 09:00:00","assessNumber":"2","customFields":"pad-1,abcd-7"}]}
                """)
    }

    @Test func bothDirectionsOfTheCodes() {
        let best: [SatisfactionLevel] = [
            .verySatisfied, .satisfied, .basicallySatisfied, .dissatisfied, .veryDissatisfied,
        ]
        #expect(best.map { RegionProfile.LevelCodes.fiveIsBest.code(of: $0) } == ["5", "4", "3", "2", "1"])
        #expect(best.map { RegionProfile.LevelCodes.oneIsBest.code(of: $0) } == ["1", "2", "3", "4", "5"])
        for codes in RegionProfile.LevelCodes.allCases {
            for level in best { #expect(codes.level(of: codes.code(of: level)) == level) }
            for wrong in ["0", "6", "", "5 ", "五", "05"] { #expect(codes.level(of: wrong) == nil) }
        }
    }

    @Test func onlyABadLevelCarriesTheStatement() throws {
        for level in SatisfactionLevel.allCases {
            let stated = text([UplinkSamples.outgoing(1, level: level)], try encoding(.statement))
            #expect(stated.contains("设备未采集原因") == level.isBad)
            let plain = text([UplinkSamples.outgoing(1, level: level)], try encoding(.send))
            #expect(plain.contains(#""writingEvaluation":"""#))
        }
    }

    @Test func aProfileIsDataOnly() throws {
        var profile = RegionProfile.national
        profile.levels = .oneIsBest
        profile.channel = "4"
        profile.envelope = "pj"
        profile.fields.satisfaction = "satisfy"
        let body = text([UplinkSamples.outgoing(1, level: .verySatisfied)], try encoding(profile: profile))
        #expect(body.hasPrefix(#"{"pj":[{"#))
        #expect(body.contains(#""satisfy":"1""#) && body.contains(#""pf":"4""#))
    }

    @Test func whatTheProfileHasNoWordsForIsNotWritten() throws {
        let encoding = try encoding()
        #expect(!encoding.canState(UplinkSamples.outgoing(1, level: nil)))
        #expect(text([UplinkSamples.outgoing(1, level: nil)], encoding) == #"{"evaluate":[]}"#)
    }

    @Test func textsFromOutsideAreEscaped() {
        let hostile = "a\"b\\c\nd\u{0}e\u{7F}é😀\u{2028}"
        let text = String(decoding: JSONText(array: "x", of: [[("k\"", hostile)]]).bytes, as: UTF8.self)
        #expect(text == #"{"x":[{"k\"":"a\"b\\c\u000ad\u0000e"# + "\u{7F}é😀\u{2028}\"}]}")
    }

    @Test(arguments: [
        ("Asia/Shanghai", 1_772_326_800_000, "2026-03-01 09:00:00"), ("UTC", 0, "1970-01-01 00:00:00"),
        ("UTC", -1, "1969-12-31 23:59:59"), ("+08:00", 951_782_399_999, "2000-02-29 07:59:59"),
        ("-03:30", 951_782_400_000, "2000-02-28 20:30:00"), ("Asia/Urumqi", 4_107_542_399_000, "2100-03-01 05:59:59"),
    ]) func timesAreLocal(_ zone: String, _ milliseconds: Int64, _ text: String) throws {
        let zone = try #require(HallZone(zone))
        #expect(zone.text(of: WallTime(millisecondsSinceEpoch: milliseconds)) == text)
    }

    @Test func everyMomentHasAText() throws {
        let zone = try #require(HallZone("+14:00"))
        for moment in [Int64.min, .min + 1, -1, 0, .max - 1, .max] {
            #expect(!zone.text(of: WallTime(millisecondsSinceEpoch: moment)).isEmpty)
        }
        var last = ""
        for day in 0..<40_000 {
            let text = HallZone.utc.text(of: WallTime(millisecondsSinceEpoch: Int64(day) * 86_400_000))
            #expect(text > last)
            last = text
        }
        #expect(last == "2079-07-07 00:00:00")
    }

    @Test func onlyZonesThatAreKnownAreTaken() {
        for wrong in ["", "Asia", "Europe/Paris", "+8", "+08:60", "+15:00", "08:00+", "+0８:00", "+08-00"] {
            #expect(HallZone(wrong) == nil, "\(wrong)")
        }
        #expect(HallZone("+05:45")?.offsetSeconds == 20_700)
    }
}
