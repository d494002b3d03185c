// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
public import RatingModel
public import UplinkAPI

/// Ratings for tests of delivery, each made from its number alone.
public enum UplinkSamples {
    /// 2026-03-01 09:00 in Shanghai.
    public static let moment = CaptureTime(
        wall: WallTime(millisecondsSinceEpoch: 1_772_326_800_000),
        monotonic: MonotonicInstant(nanoseconds: 3_600_000_000_000),
        boot: BootID("00000000-0000-4000-8000-000000000001"), isWallTrusted: true)

    /// A rating of a case of its own.
    public static func rating(
        _ number: Int, level: SatisfactionLevel? = .satisfied, hasCase: Bool = true, device: String = "pad-1",
        channel: RatingChannel = .terminal
    ) -> Rating {
        let outcome: PressOutcome = level.map { .rated($0, key: 1, label: "满意") } ?? .timedOut
        let press = CapturedPress(
            key: PressKey(device: DeviceID(device), log: 0xABCD, sequence: UInt64(clamping: number)),
            outcome: outcome, prompt: nil, age: nil, lifetimeCount: UInt64(clamping: number), driver: "native",
            rawFrame: [1, 2, 3])
        let reference = CaseReference(projectNumber: "P\(number)", serviceNumber: "1")
        return Rating(
            press: press, pressedAt: moment, window: WindowID("A01"), session: nil,
            caseReference: hasCase ? reference : nil, staff: nil, channel: channel)
    }

    /// The id of a rating.
    public static func id(_ number: Int) -> RecordID {
        RecordID(at: moment.wall, random: (0x123, UInt64(clamping: number)))
    }

    /// A rating as an uplink is given it.
    public static func outgoing(
        _ number: Int, level: SatisfactionLevel? = .satisfied, ordinal: Int = 1, channel: RatingChannel = .terminal
    ) -> OutgoingRecord {
        OutgoingRecord(
            id: id(number), rating: rating(number, level: level, channel: channel), personal: nil, ordinal: ordinal)
    }

    /// A response to a questionnaire as an uplink is given it.
    public static func response(_ number: Int) -> OutgoingRecord {
        let response = QuestionnaireResponse(
            questionnaire: "hall", version: 3,
            key: .oneTime(DeviceID("questionnaires"), number: UInt64(clamping: number)), channel: .qrCode,
            language: "zh-Hans", answeredAt: moment, window: WindowID("A01"),
            answers: [
                .init("purpose", .choices(["apply", "ask"])), .init("effort", .scale(4)), .init("wish", .text),
            ])
        return OutgoingRecord(
            id: id(number), content: .questionnaire(response),
            personal: PersonalFields([PersonalFields.textKey(of: "wish"): "多开\"窗口\""]), ordinal: 1)
    }

    /// An invitation as an uplink is given it.
    public static func invitation(_ number: Int) -> OutgoingRecord {
        let invitation = Invitation(
            caseReference: CaseReference(projectNumber: "P\(number)", serviceNumber: "1"),
            session: PromptNumber(clamping: number), window: WindowID("A01"), askedAt: moment,
            endedAt: moment)
        return OutgoingRecord(id: id(number), content: .invitation(invitation), personal: nil, ordinal: 1)
    }

    /// A rating on its way into the journal, to be delivered by one uplink.
    public static func draft(
        _ number: Int, level: SatisfactionLevel? = .satisfied, hasCase: Bool = true, device: String = "pad-1",
        for uplink: UplinkName, beginning: InitialDelivery = .pending
    ) -> RecordDraft {
        RecordDraft(
            id: id(number), body: .rating(rating(number, level: level, hasCase: hasCase, device: device)),
            recordedAt: moment, deliveries: [uplink: beginning])
    }
}
