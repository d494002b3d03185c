// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Hummingbird
import RatingModel

extension Response {
    /// What was asked for.
    static func answer(_ value: some Encodable) -> Response { json(value, .ok) }

    /// A refusal of the core, with the status that its code stands for.
    static func refused(_ error: GatewayError) -> Response {
        let status: HTTPResponse.Status =
            switch error.code {
            case "ingest.not-allowed": .unauthorized
            case "ingest.unknown-number": .notFound
            case "ingest.conflict": .conflict
            case "ingest.invalid", "ingest.no-page", "rating.invalid": .unprocessableContent
            case "rating.too-fast", "ingest.too-many-wrong-keys": .tooManyRequests
            // Whatever else it is keeps the gateway from recording for now.
            default: .serviceUnavailable
            }
        return refused(error, status)
    }

    /// A refusal in both languages.
    static func refused(_ error: GatewayError, _ status: HTTPResponse.Status) -> Response {
        var response = json(IngestRefusal(error), status)
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer realm=\"ingest\"" }
        if status == .tooManyRequests || status == .serviceUnavailable {
            response.headers[.retryAfter] = String(error.retryAfterSeconds ?? 5)
        }
        return response
    }

    private static func json(_ value: some Encodable, _ status: HTTPResponse.Status) -> Response {
        let headers: HTTPFields = [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else {
            return Response(status: .internalServerError, headers: headers)
        }
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }
}

/// A refusal as it stands in an answer, in the form of every other answer of the web process to a program.
struct IngestRefusal: Codable, Sendable {
    struct Reason: Codable, Sendable {
        let code: String
        let message: String
        let messageChinese: String
        let hint: String
        let hintChinese: String
    }

    let error: Reason

    init(_ error: GatewayError) {
        self.error = Reason(
            code: error.code, message: error.message.english, messageChinese: error.message.chinese,
            hint: error.hint.english, hintChinese: error.hint.chinese)
    }
}

extension GatewayError {
    static let noCredentials = GatewayError(
        "ingest.no-credentials", LocalText("the request does not say whose it is", "请求未说明来源"),
        hint: LocalText(
            "send the headers 'Ingest-Source: NAME' and 'Authorization: Bearer KEY'",
            "请附带请求头 'Ingest-Source: 名称' 和 'Authorization: Bearer 密钥'"))

    static let notJSON = GatewayError(
        "ingest.not-json", LocalText("the body is not declared as JSON", "请求正文未声明为 JSON"),
        hint: LocalText("send the header 'Content-Type: application/json'", "请附带请求头 'Content-Type: application/json'"))

    static let tooLong = GatewayError(
        "ingest.too-long", LocalText("the body is longer than any rating", "请求正文过长"),
        hint: LocalText("at most \(IngestAPI.mostBodyBytes) bytes are taken", "最多 \(IngestAPI.mostBodyBytes) 字节"))

    static let malformed = GatewayError(
        "ingest.malformed", LocalText("the body is no JSON object", "请求正文不是 JSON 对象"),
        hint: LocalText("send one rating as an object, in UTF-8", "请以 UTF-8 的 JSON 对象提交一条评价"))

    static func wrongForm(_ words: String) -> GatewayError {
        GatewayError(
            "ingest.invalid", LocalText("this cannot be taken: \(words)", "无法接收：\(words)"),
            hint: LocalText("see /ingest/v1/openapi.yaml", "请参阅 /ingest/v1/openapi.yaml"))
    }
}
