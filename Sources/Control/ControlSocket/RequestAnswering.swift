// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import OperatorAPI
import RatingModel

/// Turns a line from a client into the line to answer; whatever the line holds, there is an answer.
struct RequestAnswering: Sendable {
    /// Who carries requests out.
    let service: any OperatorService
    /// The most bytes of a line.
    let lineBytes: Int

    /// Answers a line, with a line feed at its end.
    func answer(_ line: LineAssembler.Line) async -> [UInt8] {
        guard case .whole(let bytes) = line else {
            return refusal(.null, WireError.invalidRequest, "the line is longer than \(lineBytes) bytes")
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
        guard let method = ControlMethod(rawValue: header.method) else {
            let known = ControlMethod.allCases.map(\.rawValue).joined(separator: ", ")
            return refusal(header.id, WireError.methodNotFound, "no such method; there are \(known)")
        }
        return await carryOut(method, id: header.id, data)
    }

    private func carryOut(_ method: ControlMethod, id: RequestID, _ data: Data) async -> [UInt8] {
        do {
            switch method {
            case .status: return encoded(Answer(id: id, result: await service.status()))
            case .metrics: return encoded(Answer(id: id, result: await service.metrics()))
            case .reload: return encoded(Answer(id: id, result: try await service.reload()))
            case .openSession:
                let request = try JSONDecoder().decode(RequestParameters<SessionRequest>.self, from: data).params
                return encoded(Answer(id: id, result: try await service.openSession(request)))
            case .listDevices, .showDevices, .tapDevice, .revealDevice, .identifyDevices, .approveDevice:
                return try await answerOfDevices(method, id: id, data)
            }
        } catch let error as GatewayError {
            let wire = WireError(
                code: WireError.gatewayError, message: error.message.english, data: WireGatewayError(error))
            return encoded(Refusal(id: id, error: wire))
        } catch {
            return refusal(id, WireError.invalidParameters, words(for: error))
        }
    }

    private func answerOfDevices(_ method: ControlMethod, id: RequestID, _ data: Data) async throws -> [UInt8] {
        func parameters<Parameters: Decodable>(_ type: Parameters.Type) throws -> Parameters {
            try JSONDecoder().decode(RequestParameters<Parameters>.self, from: data).params
        }
        switch method {
        case .showDevices:
            let place = try parameters(PlaceRequest.self).place
            return encoded(Answer(id: id, result: try await service.devices(at: place)))
        case .tapDevice:
            return encoded(Answer(id: id, result: try await service.tap(parameters(TapRequest.self))))
        case .revealDevice:
            return encoded(Answer(id: id, result: try await service.reveal(parameters(RevealRequest.self))))
        case .identifyDevices:
            let place = try parameters(PlaceRequest.self).place
            return encoded(Answer(id: id, result: try await service.identify(at: place)))
        case .approveDevice:
            return encoded(Answer(id: id, result: try await service.approve(parameters(ApproveRequest.self))))
        default:
            return encoded(Answer(id: id, result: await service.devices()))
        }
    }

    private func refusal(_ id: RequestID, _ code: Int, _ message: String) -> [UInt8] {
        encoded(Refusal(id: id, error: WireError(code: code, message: message)))
    }

    /// Encodes an answer on one line; one that cannot be encoded or is too long becomes an internal error.
    private func encoded(_ answer: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let data = try? encoder.encode(answer), data.count <= lineBytes else {
            return Array(
                #"{"error":{"code":\#(WireError.internalError),"message":"no answer fits"},"id":null,"jsonrpc":"2.0"}"#
                    .utf8) + [UInt8(ascii: "\n")]
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

/// The id of a request that is wrong otherwise, so that its refusal finds it.
private struct IDOnly: Decodable {
    let id: RequestID
}
