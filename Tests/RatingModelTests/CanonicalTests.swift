// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

/// One record of each kind, with every field set.
enum CanonicalSamples {
    static let time = CaptureTime(
        wall: WallTime(millisecondsSinceEpoch: 1_780_000_000_123), monotonic: MonotonicInstant(nanoseconds: 42),
        boot: BootID("boot"), isWallTrusted: true)
    static let press = CapturedPress(
        key: PressKey(device: DeviceID("pad-7"), log: 0xFEED_FACE_CAFE_BEEF, sequence: 300),
        outcome: .rated(.dissatisfied, key: 4, label: "不满意"), prompt: 77, age: .milliseconds(1500), lifetimeCount: 1000,
        driver: "native", rawFrame: [0x7E, 0x00, 0xFF])
    static let rating = Rating(
        press: press, pressedAt: time, window: WindowID("A01"), session: 77,
        caseReference: CaseReference(projectNumber: "P1", serviceNumber: "S1"), staff: "0017")
    static let bare = Rating(
        press: CapturedPress(
            key: PressKey(device: DeviceID(""), log: 0, sequence: 0), outcome: .timedOut, prompt: nil, age: nil,
            lifetimeCount: nil, driver: "", rawFrame: []),
        pressedAt: CaptureTime(
            wall: WallTime(millisecondsSinceEpoch: .min), monotonic: MonotonicInstant(nanoseconds: .max),
            boot: BootID(""),
            isWallTrusted: false),
        window: nil, session: nil, caseReference: nil, staff: nil)
    static let session = WindowSession(
        number: .max, window: WindowID("A01"), caseReference: nil, staff: "王", openedAt: time)
    static let imported = JournalImport(
        setAsideAs: "damaged-1", lastGoodSequence: 9, lastGoodHead: [1, 2], importedRecords: 8, unreadableRows: 1)

    static let proven = Rating(
        press: CapturedPress(
            key: press.key, outcome: press.outcome, prompt: 77, age: press.age, lifetimeCount: 1000, driver: "native",
            rawFrame: press.rawFrame, authenticity: .proven),
        pressedAt: time, window: WindowID("A01"), session: 77, caseReference: rating.caseReference, staff: "0017")

    static let bodies: [RecordBody] = [
        .rating(proven), .conflict(PressConflict(original: RecordID(high: 1, low: 2), rating: proven)),
        .rating(rating), .rating(bare), .session(session),
        .conflict(PressConflict(original: RecordID(high: 1, low: 2), rating: rating)), .imported(imported),
        .rating(bare.marked(asRepeat: true)), .session(ticketed),
        .rating(rating.marked(asRepeat: false, outsideHours: true)),
        .rating(proven.marked(asRepeat: true, outsideHours: true)),
        .noAnswer(NoAnswer(session: 300, window: WindowID("A01"))), .integrity(streak),
        .integrity(IntegrityEvent(.outsideHours, window: nil)), .decision(revealed),
        .decision(OperatorDecision(.placed, origin: .configuration, user: nil, line: "/dev/b", former: "/dev/a")),
        .decision(setAside), .verdict(verdict), .questionnaire(response), .invitation(invitation),
        .rating(rating.by(.qrCode)), .rating(proven.by(.paper).marked(asRepeat: true, outsideHours: true)),
        .conflict(PressConflict(original: RecordID(high: 1, low: 2), rating: rating.by(.sms))),
        .decision(OperatorDecision(.retried, origin: .operatorSocket, user: nil, count: 9, subject: .init())),
    ]
    static let response = QuestionnaireResponse(
        questionnaire: "hall", version: 300, key: .oneTime(DeviceID("q"), number: 5), channel: .qrCode, language: "en",
        answeredAt: time, window: WindowID("A01"), caseReference: nil,
        answers: [.init("a", .choices(["x", "yz"])), .init("b", .scale(-3)), .init("c", .text)])
    static let invitation = Invitation(
        caseReference: CaseReference(projectNumber: "P1", serviceNumber: "2"), session: 300, window: WindowID("A01"),
        askedAt: time, endedAt: time)
    static let setAside = OperatorDecision(
        .setAside, origin: .auditorSocket, user: "li", reason: "测试",
        subject: OperatorDecision.Subject(rating: RecordID(high: 1, low: 2), uplink: UplinkName("region")))
    static let verdict = RatingVerdict(
        rating: RecordID(high: 1, low: 2), uplink: UplinkName("region"), number: "FH-7", outcome: "维持", text: "",
        receivedAt: time)
    static let revealed = OperatorDecision(
        .revealed, origin: .operatorSocket, user: "wang", line: "/dev/a", window: WindowID("A01"),
        device: DeviceID("pad-7"), reason: "复核", count: 300)
    static let ticketed = WindowSession(
        number: 77, window: WindowID("A01"), caseReference: nil, staff: nil, openedAt: time, ticket: "B012")
    static let streak = IntegrityEvent(
        .keyStreak, window: WindowID("A01"), device: DeviceID("pad-7"), session: 77, count: 300)
}

@Suite struct CanonicalTests {
    @Test(arguments: CanonicalSamples.bodies) func whatIsWrittenIsRead(_ body: RecordBody) throws {
        #expect(try RecordBody(canonicalBytes: body.canonicalBytes) == body)
        let record = CanonicalRecord(recordedAt: CanonicalSamples.time, body: body, personalDigest: [9, 9])
        #expect(try CanonicalRecord(canonicalBytes: record.canonicalBytes) == record)
    }

    /// The format must never change under the same version: these bytes are written out by hand, field by field.
    @Test func goldenRating() {
        let expected: [[UInt8]] = [
            [1, 1],  // version, kind
            [5] + Array("pad-7".utf8), [0xEF, 0xFD, 0xFA, 0xD7, 0xEC, 0xD9, 0xFE, 0xF6, 0xFE, 0x01],  // device, log
            [0xAC, 0x02],  // sequence 300
            [1, 4, 4, 9] + Array("不满意".utf8),  // rated, level, key, label
            [1, 77],  // prompt
            [1, 2, 0x80, 0x80, 0x90, 0xBB, 0xBA, 0xD6, 0xAD, 0xF0, 0x0D],  // age: 1 s, 5·10¹⁷ as
            [1, 0xE8, 0x07],  // lifetime count 1000
            [6] + Array("native".utf8), [3, 0x7E, 0x00, 0xFF],  // driver, frame
            [0xF6, 0xA1, 0xA4, 0x84, 0xCE, 0x67, 84, 4] + Array("boot".utf8) + [1],  // pressed at
            [1, 3] + Array("A01".utf8), [1, 77],  // window, session
            [1, 2] + Array("P1".utf8) + [2] + Array("S1".utf8), [1, 4] + Array("0017".utf8),  // case, staff
        ]
        #expect(RecordBody.rating(CanonicalSamples.rating).canonicalBytes == Array(expected.joined()))
    }

    /// How far a press is proven stands behind its frame, in version 2; where nothing is proven, version 1 is written.
    @Test func goldenAuthenticity() throws {
        var expected = RecordBody.rating(CanonicalSamples.rating).canonicalBytes
        let frame: [UInt8] = [3, 0x7E, 0x00, 0xFF]
        let place = try #require(expected.indices.first { expected[$0...].starts(with: frame) })
        expected.insert(1, at: place + frame.count)
        expected[0] = 2
        #expect(RecordBody.rating(CanonicalSamples.proven).canonicalBytes == expected)
        // Version 2 with nothing to say of it would be a second way of writing version 1.
        expected[place + frame.count] = 0
        #expect(throws: GatewayError.self) { try RecordBody(canonicalBytes: expected) }
        expected[place + frame.count] = 3
        #expect(throws: GatewayError.self) { try RecordBody(canonicalBytes: expected) }
    }

    /// The kinds that came later, by hand; the kinds before them are as they were.
    @Test func goldenWindowRecords() {
        let time: [UInt8] = [0xF6, 0xA1, 0xA4, 0x84, 0xCE, 0x67, 84, 4] + Array("boot".utf8) + [1]
        // version, kind, number, window, no case, no staff, time, ticket
        #expect(
            RecordBody.session(CanonicalSamples.ticketed).canonicalBytes
                == [1, 5, 77, 3] + Array("A01".utf8) + [0, 0] + time + [4] + Array("B012".utf8))
        // version, kind, session 300, window
        #expect(
            RecordBody.noAnswer(NoAnswer(session: 300, window: WindowID("A01"))).canonicalBytes
                == [1, 7, 0xAC, 0x02, 3] + Array("A01".utf8))
        // version, kind, cause, window, device, session, count 300
        #expect(
            RecordBody.integrity(CanonicalSamples.streak).canonicalBytes
                == [1, 8, 6, 1, 3] + Array("A01".utf8) + [1, 5] + Array("pad-7".utf8) + [1, 77, 0xAC, 0x02])
        // version, kind, revealed, operator's socket, user, line, no former line, window, device, reason, count 300
        #expect(
            RecordBody.decision(CanonicalSamples.revealed).canonicalBytes
                == [1, 11, 1, 1, 1, 4] + Array("wang".utf8) + [1, 6] + Array("/dev/a".utf8) + [0, 1, 3]
                + Array("A01".utf8) + [1, 5] + Array("pad-7".utf8) + [1, 6] + Array("复核".utf8) + [0xAC, 0x02])
        // version, kind, set aside, auditor's socket, user, no line, former, window or device, reason, count, rating, uplink
        let id = [UInt8](repeating: 0, count: 7) + [1] + [UInt8](repeating: 0, count: 7) + [2]
        #expect(
            RecordBody.decision(CanonicalSamples.setAside).canonicalBytes
                == [1, 13, 10, 4, 1, 2] + Array("li".utf8) + [0, 0, 0, 0, 1, 6] + Array("测试".utf8) + [1, 1] + id
                + [1, 6] + Array("region".utf8))
        // version, kind, rating, uplink, number, outcome, no text, time
        #expect(
            RecordBody.verdict(CanonicalSamples.verdict).canonicalBytes
                == [1, 12] + id + [6] + Array("region".utf8) + [4] + Array("FH-7".utf8) + [6] + Array("维持".utf8) + [0]
                + time)
        let rating = RecordBody.rating(CanonicalSamples.rating).canonicalBytes
        let repeated = RecordBody.rating(CanonicalSamples.rating.marked(asRepeat: true)).canonicalBytes
        #expect(repeated == [1, 6] + rating.dropFirst(2))
        for (isRepeat, kind) in [(false, UInt8(9)), (true, 10)] {
            let marked = CanonicalSamples.rating.marked(asRepeat: isRepeat, outsideHours: true)
            #expect(RecordBody.rating(marked).canonicalBytes == [1, kind] + rating.dropFirst(2))
        }
    }

    /// A channel stands behind the rating with the marks as bits, in kinds of its own; the terminal is never written.
    @Test(arguments: [
        (RatingChannel.tablet, UInt8(1)), (.qrCode, 2), (.paper, 3), (.pc, 4), (.mobile, 5), (.phone, 6), (.sms, 7),
    ]) func goldenChannels(_ channel: RatingChannel, _ number: UInt8) {
        let rating = CanonicalSamples.rating.by(channel)
        let terminal = RecordBody.rating(CanonicalSamples.rating).canonicalBytes
        for (isRepeat, isOutsideHours, marks) in [
            (false, false, UInt8(0)), (true, false, 1), (false, true, 2), (true, true, 3),
        ] {
            let marked = rating.marked(asRepeat: isRepeat, outsideHours: isOutsideHours)
            #expect(RecordBody.rating(marked).canonicalBytes == [1, 14] + terminal.dropFirst(2) + [marks, number])
        }
        let id = RecordID(high: 1, low: 2)
        let conflict = RecordBody.conflict(PressConflict(original: id, rating: CanonicalSamples.rating))
        #expect(
            RecordBody.conflict(PressConflict(original: id, rating: rating)).canonicalBytes
                == [1, 15] + conflict.canonicalBytes.dropFirst(2) + [number])
        for (marks, channel) in [(UInt8(0), UInt8(0)), (4, 1), (0, 8)] {
            #expect(throws: GatewayError.self) {
                try RecordBody(canonicalBytes: [1, 14] + terminal.dropFirst(2) + [marks, channel])
            }
        }
        #expect(RecordBody.rating(rating.by(.terminal)).canonicalBytes == terminal)
    }

    @Test func aKeyOfOneTimeIsNoPromptsAndNoPlaceInALog() {
        let source = DeviceID("pages")
        for number in [0, 1, UInt64(PromptNumber.max), .max >> 1, .max] {
            let key = PressKey.oneTime(source, number: number)
            #expect(key.isOneTime && key.log == PressKey.promptLog && key.sequence == number % (1 << 62) | 1 << 62)
        }
        #expect(!PressKey(device: source, log: PressKey.promptLog, sequence: UInt64(PromptNumber.max)).isOneTime)
        #expect(!PressKey(device: source, log: 1, sequence: .max).isOneTime)
    }

    @Test func goldenResponse() {
        let time: [UInt8] = [0xF6, 0xA1, 0xA4, 0x84, 0xCE, 0x67, 84, 4] + Array("boot".utf8) + [1]
        let expected: [[UInt8]] = [
            [1, 16, 4], Array("hall".utf8), [0xAC, 0x02],  // version, kind, questionnaire, its version 300
            [1, 0x71, 0], [0x85, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40],  // source, log, number 2^62 + 5
            // channel, language, time, window, no case
            [2, 2] + Array("en".utf8), time, [1, 3] + Array("A01".utf8), [0],
            [3, 1, 0x61, 1, 2, 1, 0x78, 2, 0x79, 0x7A],  // three answers: choices
            [1, 0x62, 2, 5, 1, 0x63, 3],  // a scale of -3, words
        ]
        #expect(RecordBody.questionnaire(CanonicalSamples.response).canonicalBytes == Array(expected.joined()))
    }

    @Test func goldenInvitation() {
        let time: [UInt8] = [0xF6, 0xA1, 0xA4, 0x84, 0xCE, 0x67, 84, 4] + Array("boot".utf8) + [1]
        let expected: [[UInt8]] = [
            [1, 17, 2], Array("P1".utf8), [1, 0x32], [0xAC, 0x02], [3], Array("A01".utf8), time, time,
        ]
        #expect(RecordBody.invitation(CanonicalSamples.invitation).canonicalBytes == Array(expected.joined()))
    }

    @Test func aConflictForgetsMarks() {
        let conflict = PressConflict(
            original: RecordID(high: 1, low: 2),
            rating: CanonicalSamples.rating.marked(asRepeat: true, outsideHours: true))
        #expect(!conflict.rating.isRepeat && !conflict.rating.isOutsideHours)
    }

    @Test func everyTruncationAndEveryFlippedBitIsAnErrorOrAnotherRecord() {
        for body in CanonicalSamples.bodies {
            let bytes = body.canonicalBytes
            for count in bytes.indices {
                #expect(throws: GatewayError.self) { try RecordBody(canonicalBytes: Array(bytes.prefix(count))) }
            }
            for bit in 0..<bytes.count * 8 {
                var changed = bytes
                changed[bit / 8] ^= 1 << UInt8(bit % 8)
                // Whatever can be read was written in the one way it can be.
                if let other = try? RecordBody(canonicalBytes: changed) {
                    #expect(other != body)
                    #expect(other.canonicalBytes == changed)
                }
            }
            #expect(throws: GatewayError.self) { try RecordBody(canonicalBytes: bytes + [0]) }
        }
    }

    @Test func garbageNeverTraps() {
        var state: UInt64 = 2026
        for _ in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let length = Int(state >> 58)
            let bytes: [UInt8] =
                [1, UInt8(state >> 50 & 31) + 1] + (0..<length).map { UInt8(truncatingIfNeeded: state >> ($0 % 57)) }
            if let body = try? RecordBody(canonicalBytes: bytes) { #expect(body.canonicalBytes == bytes) }
        }
    }

    /// An age in two pieces whose sum has no room: a damaged disk must not end the program.
    @Test(arguments: [
        (Int64.max, Int64.max), (.min, .min), (0, 1_000_000_000_000_000_000), (1, -1), (-1, 1), (.max, -1),
    ]) func `an age in pieces that do not fit is refused`(_ seconds: Int64, _ attoseconds: Int64) {
        #expect(throws: GatewayError.self) { try RecordBody(canonicalBytes: bare(seconds, attoseconds)) }
    }

    @Test(arguments: [
        (Int64.max, 999_999_999_999_999_999 as Int64), (.min, -999_999_999_999_999_999), (0, 0), (0, -1), (5, 0),
    ]) func `an age to the ends of its range is read`(_ seconds: Int64, _ attoseconds: Int64) throws {
        let bytes = bare(seconds, attoseconds)
        let body = try RecordBody(canonicalBytes: bytes)
        #expect(body.canonicalBytes == bytes)
        var age: Duration?
        if case .rating(let rating) = body { age = rating.press.age }
        #expect(age == Duration(secondsComponent: seconds, attosecondsComponent: attoseconds))
    }

    /// A rating of little but its age, by hand: every number folded (2n, or -2n - 1) in seven bits a byte.
    private func bare(_ seconds: Int64, _ attoseconds: Int64) -> [UInt8] {
        let folded = [seconds, attoseconds].flatMap { value in
            var rest = UInt64(bitPattern: value << 1 ^ value >> 63)
            var bytes: [UInt8] = []
            repeat {
                bytes.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
                rest >>= 7
            } while rest > 0
            return bytes
        }
        // version, kind, device, log, sequence, timed out, no prompt, an age
        return [1, 1, 1, 0x61, 1, 1, 2, 0, 1] + folded
            // no lifetime count, driver, no frame, pressed at, no window, session, case, staff
            + [0, 1, 0x62, 0] + CanonicalSamples.time.canonicalBytes + [0, 0, 0, 0]
    }

    @Test func whatANewerVersionWritesIsNamed() {
        let bytes = RecordBody.session(CanonicalSamples.session).canonicalBytes
        #expect(throws: GatewayError.self) { try RecordBody(canonicalBytes: [2] + bytes.dropFirst()) }
        let error = #expect(throws: GatewayError.self) { try RecordBody(canonicalBytes: [1, 99]) }
        #expect(error?.code == "record.unreadable")
        #expect(error?.cause?.contains("99") == true)
    }

    @Test func personalFieldsAreSorted() throws {
        let fields = PersonalFields(["b": "2", "a": "1", "姓名": "白云"])
        let bytes = fields.canonicalBytes
        #expect(bytes.prefix(6) == [1, 3, 1, 0x61, 1, 0x31])
        #expect(try PersonalFields(canonicalBytes: bytes) == fields)
        #expect(throws: GatewayError.self) { try PersonalFields(canonicalBytes: [1, 2, 1, 0x62, 0, 1, 0x61, 0]) }
        #expect(throws: GatewayError.self) { try PersonalFields(canonicalBytes: [1, 2, 1, 0x62, 0, 1, 0x62, 0]) }
        #expect(throws: GatewayError.self) {
            try PersonalFields(canonicalBytes: [1] + [UInt8](repeating: 0xFF, count: 9) + [1])
        }
    }

    @Test func evidenceLeavesOutWhatARetransmissionChanges() {
        let press = CanonicalSamples.press
        let again = CapturedPress(
            key: press.key, outcome: press.outcome, prompt: press.prompt, age: nil, lifetimeCount: 1001,
            driver: "native",
            rawFrame: [])
        #expect(again.evidenceBytes == press.evidenceBytes)
        let other = CapturedPress(
            key: press.key, outcome: press.outcome, prompt: nil, age: press.age, lifetimeCount: press.lifetimeCount,
            driver: press.driver, rawFrame: press.rawFrame)
        #expect(other.evidenceBytes != press.evidenceBytes)
    }
}
