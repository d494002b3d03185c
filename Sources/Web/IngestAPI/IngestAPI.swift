// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import HallAPI
public import Hummingbird
import RatingModel

/// Adds the ingest API to a router: ratings that another maker's terminal, the telephone desk or the office hands over, the
/// addresses of pages that a terminal opens, and the OpenAPI document that says how.
///
/// Nothing is decided here, and no key is known: the core looks at both. See the document *The ingest API*.
///
/// - Parameters:
///   - router: Takes the routes.
///   - ingest: The core, or what hands on to it.
public func addIngestAPI(to router: Router<some RequestContext>, ingest: any IngestService) {
    let api = IngestAPI(ingest: ingest)
    router.post("ingest/v1/ratings") { request, _ in await api.take(request) }
    router.get("ingest/v1/ratings/:number") { request, context in
        await api.progress(of: context.parameters.get("number") ?? "", request)
    }
    router.post("ingest/v1/addresses") { request, _ in await api.makeAddress(request) }
    router.get("ingest/v1/openapi.yaml") { _, _ in IngestAPI.document }
}

/// The API over one core.
struct IngestAPI: Sendable {
    /// Longest body that any rating can have, in bytes.
    static let mostBodyBytes = 16 * 1024

    let ingest: any IngestService

    /// Takes a rating.
    func take(_ request: Request) async -> Response {
        await answer(request) { (form: IngestForm, who) async throws(GatewayError) in
            try await ingest.ingest(form.rating(source: who.source, key: who.key))
        }
    }

    /// Makes the address of a page.
    func makeAddress(_ request: Request) async -> Response {
        await answer(request) { (form: AddressForm, who) async throws(GatewayError) in
            try await ingest.makeAddress(for: form.request(source: who.source, key: who.key))
        }
    }

    /// Reads a request's body as a form, and answers what the core makes of it.
    private func answer<Form: IngestBody>(
        _ request: Request, _ carryOut: (Form, Credentials) async throws(GatewayError) -> some Encodable
    ) async -> Response {
        guard let credentials = Credentials(request) else { return .refused(.noCredentials, .unauthorized) }
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            return .refused(.notJSON, .unsupportedMediaType)
        }
        guard let body = try? await request.body.collect(upTo: Self.mostBodyBytes) else {
            return .refused(.tooLong, .contentTooLarge)
        }
        let form: Form
        switch Form.read(body.readableBytesView) {
        case .success(let read): form = read
        case .failure(.notJSON): return .refused(.malformed, .badRequest)
        case .failure(.wrong(let words)): return .refused(.wrongForm(words), .unprocessableContent)
        }
        do throws(GatewayError) { return .answer(try await carryOut(form, credentials)) } catch {
            return .refused(error)
        }
    }

    /// Says how far a rating has come.
    func progress(of number: String, _ request: Request) async -> Response {
        guard let credentials = Credentials(request) else { return .refused(.noCredentials, .unauthorized) }
        do throws(GatewayError) {
            return .answer(
                try await ingest.progress(
                    of: IngestQuestion(source: credentials.source, key: credentials.key, number: number)))
        } catch { return .refused(error) }
    }

    /// The API's OpenAPI document, as it is in the tree.
    static var document: Response {
        Response(
            status: .ok, headers: [.contentType: "application/yaml; charset=utf-8", .cacheControl: "no-cache"],
            body: .init(byteBuffer: ByteBuffer(bytes: PackageResources.ingest_openapi_yaml)))
    }
}

/// Who asks: the source's name and its key, as the headers say them.
private struct Credentials {
    let source: String
    let key: String

    /// Reads the headers; `nil` where one is missing or longer than any of ours.
    init?(_ request: Request) {
        guard let source = request.headers[.ingestSource],
            (1...HallLimits.ingestSourceBytes).contains(source.utf8.count),
            let authorization = request.headers[.authorization], authorization.utf8.count <= 1100,
            authorization.prefix(7).lowercased() == "bearer "
        else { return nil }
        self.source = source
        key = String(authorization.dropFirst(7).drop { $0 == " " })
    }
}

extension HTTPField.Name {
    /// The header with a source's name.
    static let ingestSource = HTTPField.Name("Ingest-Source") ?? .via
}
