// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// How a region writes ratings and its answers, as its profile says. What carries them is an uplink's affair.
///
/// It is pure: the same input gives the same bytes, so that a batch that is sent again is the same batch.
public protocol RegionCoding: Sendable {
    /// What the region takes at once.
    var limits: UplinkLimits { get }

    /// Writes one rating as a message of its own, as brokers and bundles carry it.
    ///
    /// Throws where the region's interface has no words for the rating, or a key that signs it cannot be used.
    func message(for rating: OutgoingRecord) throws(GatewayError) -> [UInt8]

    /// Reads what a message of the region's says of ratings, by their ids; `nil` where it cannot be read.
    func outcomes(in message: [UInt8]) -> [RecordID: DeliveryOutcome]?

    /// The call that hands a batch over; every rating of it can be stated.
    func call(handingOver batch: [OutgoingRecord], access: RegionAccess) throws(GatewayError) -> RegionCall

    /// What the answer to ``call(handingOver:access:)`` says of the batch.
    func report(_ reply: RegionReply, on batch: [OutgoingRecord], at now: WallTime) -> DeliveryReport

    /// Whether the region's interface has words for the rating.
    func canState(_ rating: OutgoingRecord) -> Bool

    /// Whether the rating goes up with the configured true sentence in place of a reason that nobody gave; the evidence
    /// marks that sentence as the system's own.
    func usesStatement(_ rating: OutgoingRecord) -> Bool

    /// The code of the channel that a rating goes up under (评价渠道); `nil` where the region is not told.
    func channel(of rating: OutgoingRecord) -> String?

    /// The call that asks the region something; `nil` where its interface has no such call.
    func call(asking question: RegionQuestion, access: RegionAccess) throws(GatewayError) -> RegionCall?

    /// The token in the answer to ``RegionQuestion/token``.
    func token(in reply: RegionReply) throws(GatewayError) -> RegionToken

    /// What the answer to ``RegionQuestion/outcomes(_:)`` says of a batch: accepted where the region holds a rating,
    /// retry where it says that it does not, unknown else.
    func outcomes(in reply: RegionReply, of batch: [OutgoingRecord]) throws(GatewayError) -> [DeliveryOutcome]

    /// Whether the region holds the case after ``RegionQuestion/fileCase(_:)`` or ``RegionQuestion/lookUpCase(_:)``.
    func holdsCase(_ reply: RegionReply) throws(GatewayError) -> Bool

    /// What the region says that it holds of a day, in the answer to ``RegionQuestion/holdings(_:)``.
    func holdings(in reply: RegionReply) throws(GatewayError) -> RegionHoldings

    /// What the region lets the hall know, in the answer to ``RegionQuestion/notices(after:)``.
    func notices(in reply: RegionReply) throws(GatewayError) -> RegionNotices

    /// Whether the region holds a rating of the case, in the answer to ``RegionQuestion/isRated(_:)``; throws where it says
    /// neither yes nor no. Which level it has is not read (G9).
    func isRated(_ reply: RegionReply) throws(GatewayError) -> Bool

    /// The code, in the answer to ``RegionQuestion/code(_:window:)``: its text, or where the region gives none a picture of
    /// it; throws where there is neither, or the picture is none that is shown.
    func code(in reply: RegionReply) throws(GatewayError) -> ShownCode
}

extension RegionCoding {
    /// A region that is not told the channel has none to compare.
    public func channel(of rating: OutgoingRecord) -> String? { nil }

    /// A region without such a call has no answer to it.
    public func isRated(_ reply: RegionReply) throws(GatewayError) -> Bool { throw .unreadableRegionAnswer }

    /// A region without such a call has no answer to it.
    public func code(in reply: RegionReply) throws(GatewayError) -> ShownCode { throw .unreadableRegionAnswer }
}

/// What is asked of a region beside taking ratings.
public enum RegionQuestion: Sendable, Hashable {
    /// Lets a token be had by the credentials the site was given.
    case token
    /// Whether it would answer; no rating is sent (G3).
    case alive
    /// What it has of ratings whose answer was lost.
    case outcomes([OutgoingRecord])
    /// Takes a case, so that ratings of it are accepted; a second time is answered as the first.
    case fileCase(CaseReference)
    /// Whether it knows a case.
    case lookUpCase(CaseReference)
    /// What it holds of a day in its zone, `yyyy-MM-dd`, for the daily 对账.
    case holdings(String)
    /// Review verdicts, work orders, official rates and indicator tables behind a cursor; `nil` from the beginning.
    case notices(after: String?)
    /// Whether a case has been rated, however it was; nobody asks how.
    case isRated(CaseReference)
    /// The code of the region's own page for a case that is served at a window.
    case code(CaseReference, window: WindowID)
}

/// What a call is made with beside the profile: the site's credentials, read from files, never logged.
public struct RegionAccess: Sendable, Hashable {
    /// The token in force, where one is.
    public var token: String?
    /// Named credentials of the site, such as `app_id` or `app_secret`, for profiles whose calls carry them.
    public var credentials: [String: String]
    /// When the call is made, for profiles that sign the time.
    public var now: WallTime

    /// Takes the parts.
    public init(token: String? = nil, credentials: [String: String] = [:], now: WallTime) {
        self.token = token
        self.credentials = credentials
        self.now = now
    }
}

/// A token and how long it holds.
public struct RegionToken: Sendable, Hashable {
    /// What is sent.
    public let value: String
    /// How long it holds from its receipt; `nil` where the region does not say.
    public let validFor: Duration?

    /// Takes what the region said.
    public init(value: String, validFor: Duration?) {
        self.value = value
        self.validFor = validFor
    }
}

/// A request to a region, before anything carries it.
public struct RegionCall: Sendable, Hashable {
    /// The HTTP method, such as `POST`.
    public var method: String
    /// What is put behind the configured address, with its query; empty for the address itself.
    public var path: String
    /// Header fields in order, `content-type` among them.
    public var headers: [RegionHeader]
    /// The bytes.
    public var body: [UInt8]

    /// Takes the parts.
    public init(method: String = "POST", path: String = "", headers: [RegionHeader] = [], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}

/// A header field of a request.
public struct RegionHeader: Sendable, Hashable {
    /// Its name in lower case.
    public var name: String
    /// Its value.
    public var value: String

    /// Takes both.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A whole answer of a region's, whatever its status.
public struct RegionReply: Sendable, Hashable {
    /// The HTTP status.
    public var status: Int
    /// The `Retry-After` field, as it came.
    public var retryAfter: String?
    /// The bytes.
    public var body: [UInt8]

    /// Takes the parts.
    public init(status: Int = 200, retryAfter: String? = nil, body: [UInt8]) {
        self.status = status
        self.retryAfter = retryAfter
        self.body = body
    }
}
