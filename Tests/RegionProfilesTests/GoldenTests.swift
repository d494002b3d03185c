// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

@testable import RegionProfiles

/// The bytes of every profile for the same three records, in `Golden`. A body is broken behind each comma, ampersand and
/// closing bracket, so that a difference shows as a line; nothing else is changed. With `HALLGATE_GOLDEN=write` in the
/// environment the files are written anew, to be read against the facts before they are committed.
@Suite struct GoldenTests {
    static let cases: [(profile: String, variant: String)] = [
        ("national", ""), ("national", "1-is-best"), ("national", "send"), ("national", "hold"), ("plain", ""),
        ("shandong-style", ""), ("shandong-style", "1-is-best"), ("zhejiang-style", ""), ("fujian-style", ""),
        ("fujian-style", "late"), ("neimenggu", ""),
        ("national", "qr"), ("plain", "qr"), ("shandong-style", "qr"), ("zhejiang-style", "qr"), ("fujian-style", "qr"),
        ("neimenggu", "qr"), ("plain", "questionnaire"), ("national", "questionnaire"),
        ("plain", "invitation"),
    ]

    @Test(arguments: cases) func bytesAreWhatTheyWere(_ name: String, _ variant: String) throws {
        var profile = try #require(RegionProfile.named(name))
        if variant == "1-is-best" { profile.levels = .oneIsBest }
        var settings = RegionSettings(
            profile: profile,
            site: ["areaCode": "150121000000", "deptCode": "11150121MB0000000X", "appMark": "hall", "promiseTime": "1"])
        if variant == "send" { settings.terms.reasonlessBad = .send }
        if variant == "hold" { settings.terms.reasonlessBad = .hold }
        let coding = settings.coding(zone: .china, sealing: ShownSealing())
        let written =
            switch variant {
            case "questionnaire": [UplinkSamples.response(5)]
            case "invitation": [UplinkSamples.invitation(5)]
            case "qr": [GoldenRecords.scanned]
            default: GoldenRecords.all(isLate: variant == "late")
            }
        let records = written.filter(coding.canState)
        let size = coding.limits.batchRecords
        var text = ""
        for start in stride(from: 0, to: records.count, by: size) {
            let batch = Array(records[start..<min(start + size, records.count)])
            let call = try coding.call(
                handingOver: batch, access: RegionAccess(token: "TOKEN", now: UplinkSamples.moment.wall))
            text += "\(call.method) \(call.path)\n"
            for header in call.headers { text += "\(header.name): \(header.value)\n" }
            text += "\n" + Self.broken(call.body) + "\n\n"
        }
        let path = Self.folder + "/" + ([name, variant].filter { !$0.isEmpty }.joined(separator: ".")) + ".txt"
        if ProcessInfo.processInfo.environment["HALLGATE_GOLDEN"] == "write" {
            try Data(text.utf8).write(to: URL(filePath: path))
        }
        let golden = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        for (line, expected) in zip(text.split(separator: "\n"), golden.split(separator: "\n")) where line != expected {
            Issue.record("\(line) is not \(expected)")
        }
        #expect(text == golden)
    }

    /// Every shipped profile has a file.
    @Test func noProfileIsLeftOut() {
        #expect(Set(Self.cases.map(\.profile)) == Set(RegionProfile.all.map(\.name)))
        #expect(Set(Self.cases.filter { $0.variant == "qr" }.map(\.profile)) == Set(RegionProfile.all.map(\.name)))
    }

    private static let folder =
        String(
            #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
                .joined(separator: "/")) + "/Golden"

    private static func broken(_ body: [UInt8]) -> String {
        var out: [UInt8] = []
        for byte in body {
            out.append(byte)
            if [UInt8(ascii: ","), UInt8(ascii: "&"), UInt8(ascii: ">")].contains(byte) { out.append(0x0A) }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// The three records: a 非常满意 with an indicator by a code that was scanned, a key-pad 不满意 without a reason, and a
/// 非常不满意 with a text and a name, of a clerk that is known.
enum GoldenRecords {
    static func all(isLate: Bool) -> [OutgoingRecord] {
        [
            record(1, .verySatisfied, ["indicators": "510|517"], staff: nil, .qrCode, isLate),
            record(2, .dissatisfied, nil, staff: nil, .terminal, isLate),
            record(
                3, .veryDissatisfied, ["text": "排队2小时 <没人> & \"不理\"", "name": "乌兰", "certKey": "150121…"],
                staff: "0017",
                .terminal, isLate),
        ]
    }

    /// A 不满意 with two indicators and a text, by a code that was scanned: its own reason goes up and no other words.
    static let scanned = record(
        4, .dissatisfied, ["indicators": "209,213", "text": "等了一上午", "name": "白云", "mobile": "139…"], staff: "0017",
        .qrCode, false)

    private static func record(
        _ number: Int, _ level: SatisfactionLevel, _ personal: [String: String]?, staff: String?,
        _ channel: RatingChannel, _ isLate: Bool
    ) -> OutgoingRecord {
        let plain = UplinkSamples.rating(number, level: level)
        let rating = Rating(
            press: plain.press, pressedAt: plain.pressedAt, window: plain.window, session: nil,
            caseReference: plain.caseReference, staff: staff, channel: channel)
        return OutgoingRecord(
            id: UplinkSamples.id(number), rating: rating, personal: personal.map { PersonalFields($0) }, ordinal: 1,
            isLate: isLate)
    }
}

/// Shows what is sealed, so that it can be read: a real ciphertext differs each time.
struct ShownSealing: RegionSealing {
    func encrypt(_ text: [UInt8]) throws(GatewayError) -> [UInt8] { Array("ENCRYPTED(".utf8) + text + Array(")".utf8) }
    func decrypt(_ text: [UInt8]) throws(GatewayError) -> [UInt8] { Array(text.dropFirst(10).dropLast()) }
    func sign(_ text: [UInt8]) throws(GatewayError) -> [UInt8] { Array("SIGNATURE(\(text.count) bytes)".utf8) }
}
