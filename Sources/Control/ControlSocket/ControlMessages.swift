// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The methods of the operator's socket: a closed list.
enum ControlMethod: String, Sendable, CaseIterable {
    case status
    case metrics
    case reload
    case openSession = "session.open"
    case listDevices = "devices.list"
    case showDevices = "devices.show"
    case tapDevice = "devices.tap"
    case revealDevice = "devices.reveal"
    case identifyDevices = "devices.identify"
    case confirmDevice = "devices.confirm"
    case approveDevice = "devices.approve"
    case uploadFirmware = "devices.upload"
    case updateDevice = "devices.update"
    case reportUpdate = "devices.update-report"
    case cancelUpdate = "devices.cancel-update"
    case flags = "devices.flags"
    case listQueue = "queue.list"
    case why = "queue.why"
    case verifyQueue = "queue.verify"
    case retry = "queue.retry"
    case proposeSetAside = "queue.propose-set-aside"
    case discard = "queue.discard"
    case reconcile
    case listCodes = "codes.list"
    case mintSign = "codes.mint-sign"
    case revokeCodes = "codes.revoke"
    case rotateCodes = "codes.rotate"
}

/// The methods of the auditor's socket: a closed list.
enum AuditorMethod: String, Sendable, CaseIterable {
    case listQueue = "queue.list"
    case why = "queue.why"
    case verifyQueue = "queue.verify"
    case confirmSetAside = "queue.confirm-set-aside"
}

/// The methods of the business system's socket: a closed list.
enum BusinessMethod: String, Sendable, CaseIterable {
    case version
    case openSession = "session.open"
    case prompt = "session.prompt"
    case cancel = "session.cancel"
    case close = "session.close"
    case result = "session.result"
    case code = "session.code"
    case pause = "window.pause"
    case resume = "window.resume"
    case callTicket = "ticket.call"
}

/// The number or text by which an answer finds its request (JSON-RPC 2.0 section 4).
enum RequestID: Codable, Sendable, Hashable {
    case number(Int64)
    case text(String)
    /// The id of an answer to something whose id could not be read.
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let number = try? container.decode(Int64.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .null: try container.encodeNil()
        }
    }
}

/// What every request says, before its parameters are looked at.
struct RequestHeader: Decodable {
    let jsonrpc: String
    let id: RequestID
    let method: String
}

/// A request with parameters, as the client writes it.
struct Request<Parameters: Encodable>: Encodable {
    var jsonrpc = "2.0"
    let id: RequestID
    let method: String
    let params: Parameters?
}

/// The parameters of a request.
struct RequestParameters<Parameters: Decodable>: Decodable {
    let params: Parameters
}

/// The parameters of a request that can do without.
struct OptionalParameters<Parameters: Decodable>: Decodable {
    let params: Parameters?
}

/// The answer to a request that was carried out.
struct Answer<Result: Encodable>: Encodable {
    var jsonrpc = "2.0"
    let id: RequestID
    let result: Result
}

/// The answer to a request that was not.
struct Refusal: Encodable {
    var jsonrpc = "2.0"
    let id: RequestID
    let error: WireError
}

/// An answer as the client reads it: one of the two.
struct AnswerBody<Result: Decodable>: Decodable {
    let result: Result?
    let error: WireError?
}

/// The error object of JSON-RPC 2.0 section 5.1.
struct WireError: Codable, Sendable, Hashable {
    static let parseError = -32700
    static let invalidRequest = -32600
    static let methodNotFound = -32601
    static let invalidParameters = -32602
    static let internalError = -32603
    /// A ``GatewayError``, whole in `data`.
    static let gatewayError = -32000
    /// The client has not proved who it is.
    static let notAuthenticated = -32001

    let code: Int
    let message: String
    var data: WireGatewayError?
}

/// A ``GatewayError`` on the wire.
struct WireGatewayError: Codable, Sendable, Hashable {
    let code: String
    let message: String
    let messageChinese: String
    let cause: String?
    let hint: String
    let hintChinese: String
    let retryAfterSeconds: Int?

    init(_ error: GatewayError) {
        code = error.code
        message = error.message.english
        messageChinese = error.message.chinese
        cause = error.cause
        hint = error.hint.english
        hintChinese = error.hint.chinese
        retryAfterSeconds = error.retryAfterSeconds
    }

    /// The error again.
    var gatewayError: GatewayError {
        GatewayError(
            code, LocalText(message, messageChinese), cause: cause, hint: LocalText(hint, hintChinese),
            retryAfterSeconds: retryAfterSeconds)
    }
}
