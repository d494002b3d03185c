// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A committed rating: the press with everything that was true around it.
public struct Rating: Sendable, Hashable {
    /// The press it stands for; without one there is no rating (G3).
    public let press: CapturedPress
    /// When the key was pressed: the time of report less the press's age.
    public let pressedAt: CaptureTime
    /// The window, where the device stands at one.
    public let window: WindowID?
    /// The session the press was matched with: its prompt number, or `nil` for an unbound press.
    public let session: PromptNumber?
    /// The case the session was opened for.
    public let caseReference: CaseReference?
    /// Who served, as the session knew it.
    public let staff: String?
    /// Whether the device was pressed without a session shortly before: a mark for whoever counts, which holds up
    /// nothing.
    public let isRepeat: Bool
    /// Whether it was pressed outside the hall's opening hours: another mark that holds up nothing.
    public let isOutsideHours: Bool
    /// How it came in (评价渠道).
    public let channel: RatingChannel

    /// Takes what intake has put together.
    public init(
        press: CapturedPress, pressedAt: CaptureTime, window: WindowID?, session: PromptNumber?,
        caseReference: CaseReference?, staff: String?, isRepeat: Bool = false, isOutsideHours: Bool = false,
        channel: RatingChannel = .terminal
    ) {
        self.press = press
        self.pressedAt = pressedAt
        self.window = window
        self.session = session
        self.caseReference = caseReference
        self.staff = staff
        self.isRepeat = isRepeat
        self.isOutsideHours = isOutsideHours
        self.channel = channel
    }

    /// The same rating with these marks and no others.
    public func marked(asRepeat isRepeat: Bool, outsideHours isOutsideHours: Bool = false) -> Rating {
        Rating(
            press: press, pressedAt: pressedAt, window: window, session: session, caseReference: caseReference,
            staff: staff, isRepeat: isRepeat, isOutsideHours: isOutsideHours, channel: channel)
    }

    /// The same rating by this channel.
    public func by(_ channel: RatingChannel) -> Rating {
        Rating(
            press: press, pressedAt: pressedAt, window: window, session: session, caseReference: caseReference,
            staff: staff, isRepeat: isRepeat, isOutsideHours: isOutsideHours, channel: channel)
    }

    /// The level pressed; `nil` for a prompt that ended without one.
    public var level: SatisfactionLevel? {
        if case .rated(let level, _, _) = press.outcome { level } else { nil }
    }
}

/// A service at a window for which a rating is asked: opened by the business system or the staff key.
public struct WindowSession: Sendable, Hashable {
    /// The number pads repeat with a press; unique within the gateway.
    public let number: PromptNumber
    /// Where the service takes place.
    public let window: WindowID
    /// The case, where one is known.
    public let caseReference: CaseReference?
    /// Who serves, where known.
    public let staff: String?
    /// When the session was opened.
    public let openedAt: CaptureTime
    /// The ticket of the queue that is served, where known.
    public let ticket: String?

    /// Takes what the business system said.
    public init(
        number: PromptNumber, window: WindowID, caseReference: CaseReference?, staff: String?, openedAt: CaptureTime,
        ticket: String? = nil
    ) {
        self.number = number
        self.window = window
        self.caseReference = caseReference
        self.staff = staff
        self.openedAt = openedAt
        self.ticket = ticket
    }
}

/// The press of a known key that came again with another body (G4): kept whole, never delivered.
public struct PressConflict: Sendable, Hashable {
    /// The record that holds the key.
    public let original: RecordID
    /// What came under the same key.
    public let rating: Rating

    /// Sets the two beside each other; marks mean nothing here and are left out.
    public init(original: RecordID, rating: Rating) {
        self.original = original
        self.rating = rating.marked(asRepeat: false)
    }
}

/// The first record of a journal that took the place of a damaged one (G6).
public struct JournalImport: Sendable, Hashable {
    /// The file name the damaged journal was set aside under.
    public let setAsideAs: String
    /// The sequence of the last record whose chain held.
    public let lastGoodSequence: JournalSequence
    /// The chain's head at that record.
    public let lastGoodHead: [UInt8]
    /// How many records were brought over.
    public let importedRecords: Int64
    /// How many rows could not be read.
    public let unreadableRows: Int64

    /// Takes what the recovery found.
    public init(
        setAsideAs: String, lastGoodSequence: JournalSequence, lastGoodHead: [UInt8], importedRecords: Int64,
        unreadableRows: Int64
    ) {
        self.setAsideAs = setAsideAs
        self.lastGoodSequence = lastGoodSequence
        self.lastGoodHead = lastGoodHead
        self.importedRecords = importedRecords
        self.unreadableRows = unreadableRows
    }
}

/// What a journal record says. New kinds are added at the end; a kind's meaning never changes.
public enum RecordBody: Sendable, Hashable {
    /// A rating, or a prompt that ended without one; delivered by uplinks.
    case rating(Rating)
    /// A session at a window was opened.
    case session(WindowSession)
    /// A press key came again with another body.
    case conflict(PressConflict)
    /// This journal took the place of a damaged one.
    case imported(JournalImport)
    /// A session's prompt ran out without a press; never a rating, never delivered.
    case noAnswer(NoAnswer)
    /// Something an auditor may want to look at; never delivered.
    case integrity(IntegrityEvent)
    /// Something a person decided; never delivered.
    case decision(OperatorDecision)
    /// What a region made of a disputed rating (复核); never delivered.
    case verdict(RatingVerdict)
    /// What somebody answered to a questionnaire; delivered by uplinks, and no rating.
    case questionnaire(QuestionnaireResponse)
    /// Somebody was asked about a case and nobody answered, for the region to invite them; delivered by uplinks that take
    /// such, and no rating.
    case invitation(Invitation)
}

/// What a citizen said of themselves: kept encrypted under a key per record, erased with that key (G9).
public struct PersonalFields: Sendable, Hashable {
    /// Field name to value, such as `name` or `mobile`.
    public let values: [String: String]

    /// Takes the fields.
    public init(_ values: [String: String]) { self.values = values }
}
