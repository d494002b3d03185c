// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import HallAPI
import RatingModel
import Testing

private let hall = HallDescription(
    name: "政务大厅", windows: [.init(id: "A01", name: "综合窗口"), .init(id: "A02", name: "社保窗口")], languages: [.chinese],
    indicators: [.dissatisfied: [.init(code: "213", text: "窗口人员业务不熟练", isBasic: false)]],
    isReasonRequiredForBad: true, realName: .anonymous, textLimit: 150, version: 1)

/// 2026-06-01 10:16:40 by the hall's clock.
private let now = CaptureTime(
    wall: WallTime(millisecondsSinceEpoch: 1_780_280_200_000), monotonic: MonotonicInstant(nanoseconds: 1_000),
    boot: BootID("b"), isWallTrusted: true)

private func rating(_ change: (inout IngestRating) -> Void = { _ in }) -> IngestRating {
    var rating = IngestRating(
        source: "desk", key: "k", number: "D-1", level: .dissatisfied, indicators: ["213"], text: " 等了很久 ")
    change(&rating)
    return rating
}

private func checked(
    _ rating: IngestRating, _ source: IngestSource = IngestSource(name: "desk", channel: .phone),
    at time: CaptureTime = now
) throws -> CheckedIngest {
    try CheckedIngest(rating, of: source, for: hall, zone: .china, at: time)
}

@Suite struct CheckedIngestTests {
    @Test func `what a source may say is taken as it is`() throws {
        let taken = try checked(
            rating {
                ($0.window, $0.channel, $0.project, $0.service) = ("A02", "phone", "P1", "1")
                $0.ratedAt = "2026-06-01T02:16:30.250Z"
            })
        #expect(taken.number == "D-1" && taken.level == .dissatisfied && taken.window == WindowID("A02"))
        #expect(taken.caseReference == CaseReference(projectNumber: "P1", serviceNumber: "1"))
        #expect(taken.personal?[.indicators] == "213" && taken.personal?[.text] == "等了很久")
        #expect(taken.age == .milliseconds(9750))
        let plain = try checked(rating())
        #expect(plain.window == nil && plain.caseReference == nil && plain.statedTime == nil && plain.age == .zero)
    }

    @Test func `a source with windows names one of them`() throws {
        let source = IngestSource(name: "t", channel: .terminal, windows: [WindowID("A01")])
        #expect(try checked(rating { $0.window = "A01" }, source).window == WindowID("A01"))
        for window in ["A02", "", nil] {
            #expect(throws: GatewayError.self) { try checked(rating { $0.window = window }, source) }
        }
    }

    private static let wrong: [(@Sendable (inout IngestRating) -> Void, String)] = [
        ({ $0.number = "" }, "number"), ({ $0.number = String(repeating: "1", count: 65) }, "number"),
        ({ $0.number = "a b" }, "number"), ({ $0.number = "号" }, "number"),
        ({ $0.channel = "terminal" }, "channel"), ({ $0.window = "A77" }, "window"),
        ({ $0.project = "P1" }, "go together"), ({ $0.service = "1" }, "go together"),
        ({ ($0.project, $0.service) = ("", "1") }, "empty"), ({ ($0.project, $0.service) = ("P 1", "1") }, "spaces"),
        ({ ($0.project, $0.service) = (String(repeating: "P", count: 129), "1") }, "longer"),
        ({ $0.indicators = ["510"] }, "indicator"), ({ $0.indicators = ["213", "213"] }, "twice"),
        ({ ($0.indicators, $0.text) = ([], nil) }, "a reason is required"),
        ({ $0.text = String(repeating: "慢", count: 151) }, "longer than 150"), ({ $0.name = "王某" }, "not asked for"),
        ({ $0.ratedAt = "yesterday" }, "ratedAt"), ({ $0.ratedAt = "2026-02-30" }, "ratedAt"),
        ({ $0.ratedAt = "2026-06-02" }, "later"), ({ $0.ratedAt = "2026-06-01T10:16:41+08:00" }, "later"),
        ({ $0.ratedAt = "2025-05-01" }, "days ago"), ({ $0.ratedAt = "0001-01-01T00:00:00Z" }, "days ago"),
    ]

    @Test(arguments: wrong.indices) func `what it may not say is named, without a word of what was chosen`(
        _ index: Int
    ) throws {
        let (change, words) = Self.wrong[index]
        #expect {
            try checked(rating(change))
        } throws: { error in
            let error = error as? GatewayError
            let said = "\(error?.message.english ?? "") \(error?.message.chinese ?? "") \(error?.hint.english ?? "")"
            return error?.code == "ingest.invalid" && said.contains(words) && !said.contains("213")
                && !said.contains("dissatisfied") && !said.contains("等了")
        }
    }

    @Test func `a gateway without the time holds nothing against it`() throws {
        let early = CaptureTime(
            wall: WallTime(millisecondsSinceEpoch: 60_000), monotonic: MonotonicInstant(nanoseconds: 0),
            boot: BootID("b"), isWallTrusted: false)
        #expect {
            try checked(rating { $0.ratedAt = "2026-06-01" }, at: early)
        } throws: { ($0 as? GatewayError)?.code == "ingest.clock" }
        #expect(try checked(rating(), at: early).age == .zero)
    }
}

@Suite struct StatedTimeTests {
    @Test(arguments: [
        ("2026-06-01T10:16:40+08:00", 1_780_280_200_000), ("2026-06-01T02:16:40Z", 1_780_280_200_000),
        ("2026-06-01t02:16:40z", 1_780_280_200_000), ("2026-06-01T02:16:40.5Z", 1_780_280_200_500),
        ("2026-06-01T02:16:40.123987Z", 1_780_280_200_123), ("1970-01-01T00:00:00Z", 0),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000),
    ]) func `moments`(_ text: String, _ milliseconds: Int64) {
        #expect(StatedTime(text, zone: .china) == .moment(WallTime(millisecondsSinceEpoch: milliseconds)))
    }

    @Test func `a day begins in the hall's zone`() {
        #expect(StatedTime("2026-06-01", zone: .china) == .day(WallTime(millisecondsSinceEpoch: 1_780_243_200_000)))
        #expect(StatedTime("2026-06-01", zone: .utc) == .day(WallTime(millisecondsSinceEpoch: 1_780_272_000_000)))
    }

    @Test(arguments: [
        "", "2026", "2026-13-01", "2026-00-10", "2026-02-29", "2026-06-31", "2026/06/01", "26-06-01", "2026-06-01T",
        "2026-06-01T10:16", "2026-06-01T10:16:40", "2026-06-01T24:00:00Z", "2026-06-01T10:60:00Z",
        "2026-06-01T10:16:60Z", "2026-06-01T10:16:40.Z", "2026-06-01T10:16:40+0800", "2026-06-01T10:16:40+15:00",
        "2026-06-01T10:16:40Asia/Shanghai", "2026-06-01T10:16:40Z ", "２０２６-06-01", "2026-06-01T１0:16:40Z",
        "2026-06-01T10:16:40." + String(repeating: "1", count: 40) + "Z",
    ]) func `whatever else there is`(_ text: String) {
        #expect(StatedTime(text, zone: .china) == nil)
    }
}

@Suite struct WrongKeysTests {
    private func at(_ seconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: seconds * 1_000_000_000) }

    @Test func `so many wait for their answer, and one more does not`() {
        var keys = WrongKeys()
        for _ in 0..<WrongKeys.mostWaiting { #expect(keys.shown(at: at(0)).waits) }
        #expect(!keys.shown(at: at(0)).waits)
        keys.ended()
        #expect(keys.shown(at: at(0)).waits)
        #expect(!keys.shown(at: at(0)).waits)
        #expect(keys.count == Int64(WrongKeys.mostWaiting) + 3)
    }

    @Test func `an operator hears of the first at once, and of the others once a minute`() {
        var keys = WrongKeys()
        #expect(keys.shown(at: at(0)).report == 1)
        for second in 1..<60 { #expect(keys.shown(at: at(Int64(second))).report == nil) }
        #expect(keys.shown(at: at(60)).report == 60)
        #expect(keys.shown(at: at(61)).report == nil)
    }
}
