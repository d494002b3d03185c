// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
public import RatingModel

/// Drafts as intake would make them, with every field predictable.
public enum JournalSamples {
    /// The uplink most checks deliver to.
    public static let region = UplinkName("region")

    /// A moment so many milliseconds after an arbitrary beginning.
    public static func time(_ milliseconds: Int64 = 0) -> CaptureTime {
        CaptureTime(
            wall: WallTime(millisecondsSinceEpoch: 1_780_000_000_000 + milliseconds),
            monotonic: MonotonicInstant(nanoseconds: milliseconds * 1_000_000),
            boot: BootID("6f1c9f0e-7c53-4f5e-9f5d-0d4a3a1d2b11"), isWallTrusted: true)
    }

    /// The id number so many.
    public static func id(_ number: UInt64) -> RecordID {
        RecordID(at: time(Int64(clamping: number)).wall, random: (number, number &* 0x9E37_79B9_7F4A_7C15))
    }

    /// A press as a driver reports it.
    public static func press(
        device: String = "pad-1", log: UInt64 = 0xFEED_0000_0000_0001, sequence: UInt64, outcome: PressOutcome? = nil,
        prompt: PromptNumber? = nil, age: Duration? = .milliseconds(12)
    ) -> CapturedPress {
        CapturedPress(
            key: PressKey(device: DeviceID(device), log: log, sequence: sequence),
            outcome: outcome ?? .rated(.satisfied, key: 2, label: "满意"), prompt: prompt, age: age,
            lifetimeCount: 1000 &+ sequence, driver: "native",
            rawFrame: [0x7E, UInt8(truncatingIfNeeded: sequence), 0x7E])
    }

    /// A draft of a rating, pending for ``region`` unless said otherwise.
    public static func rating(
        _ number: UInt64, press: CapturedPress, reference: CaseReference? = nil, personal: PersonalFields? = nil,
        deliveries: [UplinkName: InitialDelivery] = [region: .pending], supersedes: JournalSequence? = nil
    ) -> RecordDraft {
        let rating = Rating(
            press: press, pressedAt: time(), window: WindowID("A01"), session: press.prompt, caseReference: reference,
            staff: "0017")
        return RecordDraft(
            id: id(number), body: .rating(rating), recordedAt: time(Int64(clamping: number)), personal: personal,
            deliveries: deliveries, supersedes: supersedes)
    }

    /// A draft of a session.
    public static func session(_ number: UInt64, prompt: PromptNumber, window: String) -> RecordDraft {
        let session = WindowSession(
            number: prompt, window: WindowID(window),
            caseReference: CaseReference(projectNumber: "P\(prompt)", serviceNumber: "1"), staff: nil, openedAt: time())
        return RecordDraft(id: id(number), body: .session(session), recordedAt: time(Int64(clamping: number)))
    }

    /// A draft of a decision.
    public static func decision(
        _ number: UInt64, _ kind: OperatorDecision.Kind = .released, device: DeviceID? = nil
    ) -> DecisionDraft {
        DecisionDraft(
            id: id(number),
            decision: OperatorDecision(
                kind, origin: .operatorSocket, user: "wang", line: "/dev/ttyUSB0", window: WindowID("A01"),
                device: device, reason: "complaint 12"),
            recordedAt: time(Int64(clamping: number)))
    }

    /// A draft of a response to a questionnaire, with what was written.
    public static func response(
        _ number: UInt64, submission: UInt64, effort: Int64 = 4, wish: String? = "多开窗口",
        deliveries: [UplinkName: InitialDelivery] = [region: .pending]
    ) -> RecordDraft {
        var answers: [QuestionnaireResponse.Answer] = [
            .init("purpose", .choices(["apply"])), .init("effort", .scale(effort)),
        ]
        if wish != nil { answers.append(.init("wish", .text)) }
        let response = QuestionnaireResponse(
            questionnaire: "hall", version: 3, key: .oneTime(DeviceID("questionnaires"), number: submission),
            channel: .qrCode, language: "zh-Hans", answeredAt: time(Int64(clamping: number)), window: WindowID("A01"),
            answers: answers)
        return RecordDraft(
            id: id(number), body: .questionnaire(response), recordedAt: time(Int64(clamping: number)),
            personal: wish.map { PersonalFields([PersonalFields.textKey(of: "wish"): $0]) }, deliveries: deliveries)
    }

    /// A draft of an invitation, in the queue of ``region``.
    public static func invitation(
        _ number: UInt64, case project: String, service: String = "1", session: PromptNumber = 7,
        beginning: InitialDelivery = .held(.answerable)
    ) -> RecordDraft {
        let invitation = Invitation(
            caseReference: CaseReference(projectNumber: project, serviceNumber: service), session: session,
            window: WindowID("A01"), askedAt: time(), endedAt: time(Int64(clamping: number)))
        return RecordDraft(
            id: id(number), body: .invitation(invitation), recordedAt: time(Int64(clamping: number)),
            deliveries: [region.invitations: beginning])
    }

    /// A settlement.
    public static func settlement(_ sequence: JournalSequence, _ result: SettlementResult) -> Settlement {
        Settlement(sequence: sequence, result: result, answer: "ok", settledAt: time())
    }
}

extension CaptureTime {
    /// The same readings in a later boot of the computer.
    func inAnotherBoot(isWallTrusted: Bool) -> CaptureTime {
        CaptureTime(
            wall: wall, monotonic: monotonic, boot: BootID("6f1c9f0e-7c53-4f5e-9f5d-0d4a3a1d2b12"),
            isWallTrusted: isWallTrusted)
    }
}
