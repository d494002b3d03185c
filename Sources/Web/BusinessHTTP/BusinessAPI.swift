// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import OperatorAPI
import RatingModel

/// Carries requests out: who asks, what the core makes of it, and the answer.
struct BusinessAPI: Sendable {
    let door: any BusinessDoor

    /// The field in which a client gives its name; its key goes beside it as RFC 6750 has it.
    static let clientName = HTTPField.Name("Hallgate-Client") ?? .via

    /// Carries a request out for whoever shows the right key.
    func answer<Result: Encodable & Sendable>(
        _ request: Request, from address: String?,
        _ carryOut: (any BusinessOperations) async throws(GatewayError) -> Result
    ) async -> Response {
        do throws(GatewayError) {
            let business = try await door.admit(Self.caller(of: request, from: address))
            return .business(try await carryOut(business))
        } catch {
            return .refused(error)
        }
    }

    /// Opens a session; the answer says where it is found.
    func open(_ request: Request, from address: String?) async -> Response {
        do throws(GatewayError) {
            let business = try await door.admit(Self.caller(of: request, from: address))
            let ticket = try await business.openSession(BusinessBody.required(SessionRequest.self, of: request))
            var response = Response.business(ticket, .created)
            response.headers[.location] = "/business/v1/sessions/\(ticket.session)"
            return response
        } catch {
            return .refused(error)
        }
    }

    /// The OpenAPI document (media type of RFC 9512).
    static var document: Response {
        Response(
            status: .ok, headers: [.contentType: "application/yaml", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.business_openapi_yaml)))
    }

    // MARK: What a request says

    static func caller(of request: Request, from address: String?) throws(GatewayError) -> BusinessCaller {
        let words = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer", let client = request.headers[clientName] else {
            throw .noCredentials
        }
        return BusinessCaller(client: client, key: String(words[1]), address: address)
    }

    /// The session in an address; a number that none can have is a session that nobody knows.
    static func session(_ part: String?) throws(GatewayError) -> SessionName {
        guard let part, let number = UInt32(part), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .noSuchSession
        }
        return SessionName(session: number)
    }

    /// The picture that is wanted, from the query; `nil` for none.
    static func form(of request: Request) throws(GatewayError) -> SessionCodeRequest.Form? {
        guard let word = request.uri.queryParameters["form"] else { return nil }
        guard let form = SessionCodeRequest.Form(rawValue: String(word)) else {
            throw .badRequest("form is none of text, png, svg")
        }
        return form
    }

    /// The window in an address, whose characters beyond ASCII are percent-encoded as UTF-8 (RFC 3986 section 2.1).
    static func window(_ part: String?) throws(GatewayError) -> WindowName {
        var bytes: [UInt8] = []
        var rest = Array((part ?? "").utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                throw .noSuchWindow
            }
            rest = rest.dropFirst(2)
            bytes.append(value)
        }
        guard let name = String(validating: bytes, as: UTF8.self) else { throw .noSuchWindow }
        return WindowName(window: name)
    }
}
