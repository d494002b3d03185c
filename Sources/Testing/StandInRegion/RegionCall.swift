// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What a client asked for, as far as its body could be read.
enum RegionCall: Sendable {
    /// Ratings, by the call for late ones (补报) where `isLate`.
    case evaluate([ReceivedRating], isLate: Bool = false)
    /// Responses to questionnaires.
    case questionnaires([ReceivedResponse])
    /// Invitations.
    case invitations([ReceivedInvitation])
    case cases([CaseKey])
    case lookUp(CaseKey)
    case outcomes([String])
    case holdings(date: String)
    case notices(after: Int64)
    /// Whether a case has been rated.
    case rated(CaseKey)
    /// The code of a case, which says this address.
    case code(String)
    case ping
    /// A token was asked for by credentials that are right.
    case token(String, expiresInSeconds: Int)
    /// A call that is answered with this status and message before any rule; `name` is the call it meant to be.
    case refused(name: String, WireRefusal)

    /// The name it is counted under.
    var name: String {
        switch self {
        case .evaluate(_, let isLate): isLate ? "supplement" : "evaluate"
        case .questionnaires: "questionnaires"
        case .invitations: "invitations"
        case .cases: "cases"
        case .lookUp: "lookup"
        case .outcomes: "outcomes"
        case .holdings: "holdings"
        case .notices: "notices"
        case .rated: "rated"
        case .code: "codes"
        case .ping: "ping"
        case .token: "token"
        case .refused(let name, _): name
        }
    }

    /// How many ratings it carries, or responses to questionnaires, or invitations.
    var ratings: Int {
        switch self {
        case .evaluate(let ratings, _): ratings.count
        case .questionnaires(let responses): responses.count
        case .invitations(let invitations): invitations.count
        default: 0
        }
    }

    /// Whether it is one of the calls by which a hall hands something over, even if this one could not be read.
    var carriesRatings: Bool { ["evaluate", "supplement", "questionnaires", "invitations"].contains(name) }
}

/// What is to be answered, and how the answer is to go wrong.
struct RegionReply: Sendable, Hashable {
    var status = 200
    var retryAfterSeconds: Int?
    var mediaType = JSONWire.national.mediaType
    var body: [UInt8] = []
    var delay: Duration = .zero
    /// The fault that decides how the answer is sent, if any.
    var kind: FaultKind?

    /// Whether the client is to see no answer at all.
    var isCut: Bool { kind == .drop || kind == .reset || kind == .lostAnswer }
}
