// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What pages, kiosks and the citizen's phone ask of the core: the closed list of methods, which the web process hands on.
///
/// The web process can mint nothing. A rating is recorded only where the core accepts what comes with it: a code that it
/// signed itself, or the key of a screen or a desk (design, "Processes"). Nothing here tells a level that was given (G9).
public protocol HallService: KioskService, TerminalService {
    /// `hall.describe`: what every page shows of the hall and asks in it.
    func describeHall() async throws(GatewayError) -> HallDescription

    /// `page.open`: what the page behind a code shows.
    ///
    /// Throws `code.unreadable`, `code.unknown-key`, `code.foreign` (another gateway's), `code.expired`, `code.revoked` or
    /// `code.redeemed`; the same words come from ``submitRating(_:)``. A hall without pages throws `hall.no-pages`.
    func openPage(_ request: PageRequest) async throws(GatewayError) -> PageOpening

    /// `rating.submit`: records a citizen's rating and returns after the commit (G1).
    ///
    /// The same submission sent again answers with the same receipt, also where its code ran out meanwhile. Throws the codes
    /// of ``openPage(_:)``, `rating.invalid` for what no page of ours sends, `rating.too-fast` for what is to be sent again
    /// in some seconds, and whatever keeps the journal from recording: nobody may be thanked then.
    func submitRating(_ submission: RatingSubmission) async throws(GatewayError) -> SubmissionReceipt

    /// `receipt.check`: how far a rating has come, by the number its citizen was given, never which level it has.
    ///
    /// Throws `receipt.unknown`.
    func checkReceipt(_ request: ReceiptRequest) async throws(GatewayError) -> ReceiptState

    /// `screen.watch`: the scenes of a kiosk screen, the present one first, until the screen or the gateway goes. Of those
    /// that nobody took the newest is kept.
    ///
    /// Throws `screen.unknown` where no screen of that name has that key.
    func watchScreen(_ request: ScreenRequest) async throws(GatewayError) -> AsyncStream<ScreenScene>
}

/// A page by the code that was scanned.
public struct PageRequest: Sendable, Hashable, Codable {
    /// The code, as it stands in the address.
    public var code: String

    /// Takes the code.
    public init(code: String) { self.code = code }
}

/// What the page behind a code shows.
public struct PageOpening: Sendable, Hashable, Codable {
    /// The window it is about; `nil` where the code stands for the hall.
    public var window: HallDescription.Window?
    /// The case's number, shortened to what lets its citizen know it again; `nil` without one.
    public var caseShown: String?
    /// Seconds until the code runs out; `nil` for a printed sign.
    public var expiresInSeconds: Int?
    /// Whether one rating redeems the code, so that a submission needs no number of its own to be told from another.
    public var isOneTime: Bool

    /// Takes the fields.
    public init(window: HallDescription.Window?, caseShown: String?, expiresInSeconds: Int?, isOneTime: Bool) {
        self.window = window
        self.caseShown = caseShown
        self.expiresInSeconds = expiresInSeconds
        self.isOneTime = isOneTime
    }
}

/// A receipt by its number.
public struct ReceiptRequest: Sendable, Hashable, Codable {
    /// The number, as it was shown.
    public var receipt: String

    /// Takes the number.
    public init(receipt: String) { self.receipt = receipt }
}

/// How far a rating has come.
public struct ReceiptState: Sendable, Hashable, Codable {
    /// Where it is.
    public enum Progress: String, Sendable, Hashable, Codable {
        /// It is on the gateway's disk and on its way.
        case recorded
        /// The region has it.
        case delivered
    }

    /// Where it is.
    public var progress: Progress

    /// Takes the field.
    public init(progress: Progress) { self.progress = progress }
}
