// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import Logging
import RatingModel
import SQLiteJournal
import SystemClock

/// Ratings in a journal that wait to be delivered: as pads of a hall make them, each of a case of its own.
enum DrainFill {
    /// Ratings in one transaction.
    private static let group = 2000
    private static let devices: UInt64 = 40

    /// Records so many for an uplink, with one poison among every `poisonEvery` where that is not 0, and tells what each
    /// transaction recorded.
    static func fill(
        _ directory: String, ratings: Int, for uplink: UplinkName, poisonEvery: Int = 0,
        onRecorded: ([(id: RecordID, isPoison: Bool)]) -> Void = { _ in }
    ) async throws {
        var logger = Logger(label: "hallgate.journal")
        logger.logLevel = .critical
        let clock = SystemClock()
        let journal = try await SQLiteJournal.open(
            SQLiteJournalConfiguration(directory: directory), uplinks: [uplink], clock: clock, logger: logger)
        for start in stride(from: 0, to: ratings, by: group) {
            let now = clock.now()
            let drafts = (start..<min(start + group, ratings)).map { number in
                let isPoison = poisonEvery > 0 && number % poisonEvery == poisonEvery / 2
                return (isPoison, draft(UInt64(number), at: now, for: uplink, isPoison: isPoison))
            }
            let outcomes = try await journal.record(drafts.map(\.1))
            let isRecorded = outcomes.allSatisfy { if case .recorded = $0 { true } else { false } }
            guard isRecorded else { throw DemoFailure.notAllDelivered }
            onRecorded(drafts.map { ($0.1.id, $0.0) })
        }
        await journal.close()
    }

    /// What poison adds to a case's number: more than a region's field holds, and than a message of 1,000 bytes.
    private static let poisonousDigits = String(repeating: "0", count: 1200)

    private static func draft(
        _ number: UInt64, at now: CaptureTime, for uplink: UplinkName, isPoison: Bool
    ) -> RecordDraft {
        let device = number % devices
        let level = SatisfactionLevel.allCases[Int(number % 5)]
        let press = CapturedPress(
            key: PressKey(
                device: DeviceID("usb/FTDI-A50285B\(device)"), log: 0xFEED_0000_0000_0000 + device,
                sequence: number / devices + 1),
            outcome: .rated(level, key: level.rawValue, label: level.label), prompt: PromptNumber(number % 60_000),
            age: .milliseconds(12),
            lifetimeCount: 1000 + number / devices, driver: "native",
            rawFrame: (0..<40).map { UInt8(truncatingIfNeeded: number &* 31 &+ $0) })
        let project = "37010020261129\(1_000_000 + number)" + (isPoison ? poisonousDigits : "")
        let rating = Rating(
            press: press, pressedAt: now, window: WindowID("W\(device)"), session: press.prompt,
            caseReference: CaseReference(projectNumber: project, serviceNumber: "1"),
            staff: "00\(device)")
        return RecordDraft(
            id: RecordID(at: now.wall, random: (number, number &* 0x9E37_79B9_7F4A_7C15)), body: .rating(rating),
            recordedAt: now, deliveries: [uplink: .pending])
    }
}
