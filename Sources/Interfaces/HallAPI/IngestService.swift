// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What takes in ratings of other makers' terminals, of the hall's telephone desk and of its office: the web process hands
/// on what they say, and the core itself looks at their keys.
///
/// The web process can mint nothing: it knows no key, so that whoever takes it over can record no more than whoever has one.
/// Nothing here tells a level that was given (G9).
public protocol IngestService: Sendable {
    /// `rating.ingest`: records a rating of a source and returns after the commit (G1).
    ///
    /// The same number with the same content is answered with the same receipt, whenever it comes. Throws
    /// `ingest.not-allowed` where no source of that name has that key, and `ingest.too-many-wrong-keys` where too many are
    /// tried; `ingest.invalid` for what cannot be taken; `ingest.conflict` where the number stands for another content,
    /// which is kept beside the first; `rating.too-fast`; and whatever keeps the journal from recording.
    func ingest(_ rating: IngestRating) async throws(GatewayError) -> IngestReceipt

    /// `ingest.progress`: how far the rating of a source has come, by the source's own number.
    ///
    /// Throws `ingest.not-allowed`, `ingest.too-many-wrong-keys`, and `ingest.unknown-number`.
    func progress(of question: IngestQuestion) async throws(GatewayError) -> IngestProgress

    /// `ingest.address`: an address of a page on which one rating is given under a source's number, at its terminal.
    ///
    /// Throws `ingest.not-allowed` and `ingest.too-many-wrong-keys`; `ingest.no-page` where the configuration gives the
    /// source no page; `ingest.invalid` for what cannot be taken; `rating.too-fast`; and what keeps codes from being made.
    func makeAddress(for request: AddressRequest) async throws(GatewayError) -> IngestAddress
}

/// A rating as a source sends it: every field as it came, nothing in it has been looked at but its form.
public struct IngestRating: Sendable, Hashable, Codable {
    /// The source's name in the configuration.
    public var source: String
    /// Its key.
    public var key: String
    /// The source's own number of this rating, the same whenever it is sent again.
    public var number: String
    /// By which channel the source believes that it hands over; `nil` to say nothing. It is held against the configuration.
    public var channel: String?
    /// The window that is rated; `nil` for the hall as a whole.
    public var window: String?
    /// The case's number in the region; `nil` for none.
    public var project: String?
    /// Which of the case's services was rated; it goes with ``project``.
    public var service: String?
    /// The level.
    public var level: PageLevel
    /// Codes of the indicators that were chosen, all of the level's.
    public var indicators: [String]
    /// What the citizen said, at most ``HallDescription/textLimit`` characters; `nil` for nothing.
    public var text: String?
    /// The name; only where the hall asks for one.
    public var name: String?
    /// The number to call back; only where the hall asks for one.
    public var mobile: String?
    /// When the citizen rated: a moment by RFC 3339, or a day `yyyy-MM-dd` where no more is known; `nil` for now.
    public var ratedAt: String?

    /// Takes the fields.
    public init(
        source: String, key: String, number: String, channel: String? = nil, window: String? = nil,
        project: String? = nil, service: String? = nil, level: PageLevel, indicators: [String] = [],
        text: String? = nil, name: String? = nil, mobile: String? = nil, ratedAt: String? = nil
    ) {
        self.source = source
        self.key = key
        self.number = number
        self.channel = channel
        self.window = window
        self.project = project
        self.service = service
        self.level = level
        self.indicators = indicators
        self.text = text
        self.name = name
        self.mobile = mobile
        self.ratedAt = ratedAt
    }
}

/// What a source is given for a rating that is on disk.
public struct IngestReceipt: Sendable, Hashable, Codable {
    /// The source's own number.
    public var number: String
    /// The number by which the citizen can ask whether it arrived; nothing of the rating can be read from it.
    public var receipt: String

    /// Takes the numbers.
    public init(number: String, receipt: String) {
        self.number = number
        self.receipt = receipt
    }
}

/// Which rating a source asks about.
public struct IngestQuestion: Sendable, Hashable, Codable {
    /// The source's name in the configuration.
    public var source: String
    /// Its key.
    public var key: String
    /// The source's own number of the rating.
    public var number: String

    /// Takes the fields.
    public init(source: String, key: String, number: String) {
        self.source = source
        self.key = key
        self.number = number
    }
}

/// How far a source's rating has come.
public struct IngestProgress: Sendable, Hashable, Codable {
    /// The source's own number.
    public var number: String
    /// The citizen's number.
    public var receipt: String
    /// Where it is.
    public var progress: ReceiptState.Progress

    /// Takes the fields.
    public init(number: String, receipt: String, progress: ReceiptState.Progress) {
        self.number = number
        self.receipt = receipt
        self.progress = progress
    }
}

/// What a source asks an address for: every field as it came.
public struct AddressRequest: Sendable, Hashable, Codable {
    /// The source's name in the configuration.
    public var source: String
    /// Its key.
    public var key: String
    /// The source's own number of the rating that may be given there.
    public var number: String
    /// The window that is rated; `nil` for the hall as a whole.
    public var window: String?
    /// The case's number in the region; `nil` for none.
    public var project: String?
    /// Which of the case's services is rated; it goes with ``project``.
    public var service: String?
    /// Where the page leads back to.
    public var back: String

    /// Takes the fields.
    public init(
        source: String, key: String, number: String, window: String? = nil, project: String? = nil,
        service: String? = nil, back: String
    ) {
        self.source = source
        self.key = key
        self.number = number
        self.window = window
        self.project = project
        self.service = service
        self.back = back
    }
}

/// An address that a source's terminal opens.
public struct IngestAddress: Sendable, Hashable, Codable {
    /// The source's own number.
    public var number: String
    /// The address, from the host on: it is the one at which the source reaches the API.
    public var path: String
    /// Seconds until it counts no more.
    public var expiresInSeconds: Int

    /// Takes the fields.
    public init(number: String, path: String, expiresInSeconds: Int) {
        self.number = number
        self.path = path
        self.expiresInSeconds = expiresInSeconds
    }
}
