// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The intent that the region invites by a text message (短信邀评): somebody was asked about a case at a window, and nobody
/// answered.
///
/// It is no rating (G3), holds no number, no name and no level: whom to write to, the region knows from the case. There is
/// one for each case and service at most.
public struct Invitation: Sendable, Hashable {
    /// The case and the service that was asked about.
    public let caseReference: CaseReference
    /// The session that was not answered.
    public let session: PromptNumber
    /// Where it was served.
    public let window: WindowID
    /// When the session was opened, and the citizen asked.
    public let askedAt: CaptureTime
    /// When the question ended without an answer.
    public let endedAt: CaptureTime

    /// Puts the parts together.
    public init(
        caseReference: CaseReference, session: PromptNumber, window: WindowID, askedAt: CaptureTime,
        endedAt: CaptureTime
    ) {
        self.caseReference = caseReference
        self.session = session
        self.window = window
        self.askedAt = askedAt
        self.endedAt = endedAt
    }

    /// The invitation of a session that ended without an answer; `nil` for one of no case, about which a region could ask
    /// nobody.
    public init?(_ session: WindowSession, endedAt: CaptureTime) {
        guard let reference = session.caseReference else { return nil }
        self.init(
            caseReference: reference, session: session.number, window: session.window, askedAt: session.openedAt,
            endedAt: endedAt)
    }

    /// The name that stands for a device where a record is listed by one.
    public static let source = DeviceID("invitations")

    /// The key it is listed under; what it can exist once by is ``caseReference``.
    public var key: PressKey { .oneTime(Self.source, number: UInt64(session)) }

    /// The id of its record: it follows from the session, so that however often it is recorded there is one.
    public var id: RecordID { RecordID(at: askedAt.wall, random: (UInt64(session), 0x696E_7669_7461_7469)) }
}

extension CanonicalWriter {
    mutating func invitation(_ invitation: Invitation) {
        reference(invitation.caseReference)
        number(UInt64(invitation.session))
        text(invitation.window.value)
        time(invitation.askedAt)
        time(invitation.endedAt)
    }
}

extension CanonicalReader {
    mutating func invitation() throws(GatewayError) -> Invitation {
        let reference = try reference()
        let session = try number(as: PromptNumber.self)
        let window = WindowID(try text())
        let askedAt = try time()
        return Invitation(
            caseReference: reference, session: session, window: window, askedAt: askedAt, endedAt: try time())
    }
}
