// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import RatingModel

/// Turns a line from a client into the line to answer; whatever the line holds, there is an answer.
///
/// Where the socket's clients have keys, the first request of a connection is `authenticate`, and nothing else is
/// carried out before it succeeded.
struct RequestAnswering: Sendable {
    /// What can be asked.
    let methods: MethodTable
    /// Who may ask; `nil` where reaching the socket is enough.
    var clients: [ControlClientKey]?
    /// How long a line may be, to us and from us.
    let limits: ControlLimits
    /// The client, once it proved who it is.
    private(set) var client: String?

    init(methods: MethodTable, clients: [ControlClientKey]?, limits: ControlLimits) {
        self.methods = methods
        self.clients = clients
        self.limits = limits
    }

    /// An answer, with a line feed at its end.
    struct Reply {
        let bytes: [UInt8]
        /// Whether the client is hung up on.
        var endsConnection = false
        /// What is waited for before it is sent, and what is sent where that fails.
        var later: (begin: AnswerLater.Beginning, otherwise: [UInt8])?
        /// Carries the request out beside others; what it answers takes the place of this.
        var beside: (@Sendable () async -> FinishedReply)?
    }

    /// The answer to a request that was carried out beside others.
    struct FinishedReply: Sendable {
        let bytes: [UInt8]
        /// What goes on behind the answer, where something does.
        var afterwards: (@Sendable () async -> Void)?
    }

    private static let authenticate = "authenticate"
    private static let unanswerable =
        #"{"error":{"code":\#(WireError.internalError),"message":"no answer fits"},"id":null,"jsonrpc":"2.0"}"#

    /// Answers a line.
    mutating func answer(_ line: LineAssembler.Line) async -> Reply {
        guard case .whole(let bytes) = line else {
            return refusal(.null, WireError.invalidRequest, "the line is longer than \(limits.lineBytes) bytes")
        }
        let data = Data(bytes)
        let header: RequestHeader
        do {
            header = try JSONDecoder().decode(RequestHeader.self, from: data)
        } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
            return refusal(.null, WireError.parseError, "not JSON")
        } catch {
            return refusal(
                (try? JSONDecoder().decode(IDOnly.self, from: data).id) ?? .null, WireError.invalidRequest,
                "not a JSON-RPC request: \(words(for: error))")
        }
        guard header.jsonrpc == "2.0" else {
            return refusal(header.id, WireError.invalidRequest, "jsonrpc must be \"2.0\"")
        }
        if let clients {
            if header.method == Self.authenticate { return identify(header.id, data, among: clients) }
            guard client != nil else {
                return refusal(
                    header.id, WireError.notAuthenticated, "the first request of a connection is 'authenticate'")
            }
        }
        guard let method = methods[header.method] else {
            let known = methods.names.joined(separator: ", ")
            return refusal(header.id, WireError.methodNotFound, "no such method; there are \(known)")
        }
        return await carryOut(method, id: header.id, data)
    }

    /// Lets a client in; one without the right key is told so and hung up on, so that keys are not tried by the line.
    private mutating func identify(_ id: RequestID, _ data: Data, among clients: [ControlClientKey]) -> Reply {
        do {
            let offered = try JSONDecoder().decode(RequestParameters<Credentials>.self, from: data).params
            if let known = clients.first(where: { $0.name == offered.client }), known.fits(offered.key) {
                client = known.name
                return Reply(bytes: encoded(Answer(id: id, result: Admission(client: known.name)), id))
            }
            var reply = refusal(id, WireError.notAuthenticated, "the client or its key is not known here")
            reply.endsConnection = true
            return reply
        } catch {
            return refusal(id, WireError.invalidParameters, words(for: error))
        }
    }

    private func carryOut(_ method: MethodTable.Method, id: RequestID, _ data: Data) async -> Reply {
        do {
            let result = try await method(data)
            if let beside = result as? AnswerBeside {
                return Reply(bytes: [], beside: { await finish(beside, id: id) })
            }
            var reply = Reply(bytes: encoded(result, for: id))
            if let later = result as? AnswerLater { reply.later = (later.begin, encoded(later.otherwise, for: id)) }
            return reply
        } catch let error as GatewayError {
            return Reply(bytes: encoded(error, for: id))
        } catch {
            return refusal(id, WireError.invalidParameters, words(for: error))
        }
    }

    private func finish(_ beside: AnswerBeside, id: RequestID) async -> FinishedReply {
        do throws(GatewayError) {
            let (result, afterwards) = try await beside.carryOut()
            return FinishedReply(bytes: encoded(result, for: id), afterwards: afterwards)
        } catch {
            return FinishedReply(bytes: encoded(error, for: id))
        }
    }

    private func encoded<Result: Encodable>(_ result: Result, for id: RequestID) -> [UInt8] {
        encoded(Answer(id: id, result: result), id)
    }

    private func encoded(_ error: GatewayError, for id: RequestID) -> [UInt8] {
        let wire = WireError(
            code: WireError.gatewayError, message: error.message.english, data: WireGatewayError(error))
        return encoded(Refusal(id: id, error: wire), id)
    }

    private func refusal(_ id: RequestID, _ code: Int, _ message: String) -> Reply {
        Reply(bytes: encoded(Refusal(id: id, error: WireError(code: code, message: message)), id))
    }

    /// Encodes an answer on one line; one that cannot be encoded or is too long becomes an internal error.
    private func encoded(_ answer: some Encodable, _ id: RequestID) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let data = try? encoder.encode(answer), data.count <= limits.answerBytes else {
            // Whoever asked hears of it, unless the id itself is what does not fit.
            let error = WireError(code: WireError.internalError, message: "no answer fits")
            let short = (try? encoder.encode(Refusal(id: id, error: error))).map { Array($0) } ?? []
            return (short.isEmpty || short.count > limits.answerBytes ? Array(Self.unanswerable.utf8) : short) + [
                UInt8(ascii: "\n")
            ]
        }
        return Array(data) + [UInt8(ascii: "\n")]
    }

    /// What a decoder complains of, without a word of the data.
    private func words(for error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context): "\(path(context.codingPath + [key])) is missing"
        case .valueNotFound(_, let context): "\(path(context.codingPath)) is null"
        case .typeMismatch(let type, let context): "\(path(context.codingPath)) is not a \(type)"
        case .dataCorrupted(let context): "\(path(context.codingPath)) has a value that cannot be taken"
        default: "the request cannot be read"
        }
    }

    private func path(_ keys: [any CodingKey]) -> String {
        keys.isEmpty ? "the request" : keys.map(\.stringValue).joined(separator: ".")
    }
}

/// The answer to a client that was let in.
private struct Admission: Encodable {
    let client: String
}

/// The id of a request that is wrong otherwise, so that its refusal finds it.
private struct IDOnly: Decodable {
    let id: RequestID
}

/// A request that is carried out beside those that follow it, and answered at its end.
struct AnswerBeside: Encodable, Sendable {
    /// What came of it, and what goes on behind its answer.
    typealias Outcome = (result: any Encodable & Sendable, afterwards: (@Sendable () async -> Void)?)

    let carryOut: @Sendable () async throws(GatewayError) -> Outcome

    func encode(to encoder: any Encoder) throws { try Done().encode(to: encoder) }
}

/// The answer to what needs none.
struct Done: Encodable, Sendable {}

/// An answer that is sent once something has happened, while later requests are carried out.
struct AnswerLater: Encodable, Sendable {
    /// Begins it and says at its end, once, whether it succeeded.
    typealias Beginning = @Sendable (_ whenDone: @escaping @Sendable (Bool) -> Void) -> Void

    /// Begins it, on the connection's event loop; where it succeeds, the answer is ``Done``.
    let begin: Beginning
    let otherwise: GatewayError

    func encode(to encoder: any Encoder) throws { try Done().encode(to: encoder) }
}
