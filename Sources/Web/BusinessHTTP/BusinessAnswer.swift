// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Hummingbird
import RatingModel

extension Response {
    /// What came of a request.
    static func business(_ value: some Encodable, _ status: HTTPResponse.Status = .ok) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = (try? encoder.encode(value)) ?? Data("{}".utf8)
        return Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
    }

    /// Why a request was not carried out, with the status that the reason stands for.
    static func refused(_ error: GatewayError) -> Response {
        let refusal = BusinessRefusal(error)
        var response = business(refusal.body, refusal.status)
        if let challenge = refusal.challenge { response.headers[.wwwAuthenticate] = challenge }
        if let seconds = refusal.retryAfterSeconds { response.headers[.retryAfter] = String(seconds) }
        return response
    }
}

/// A refusal as HTTP says it (RFC 9110 section 15).
struct BusinessRefusal: Sendable {
    /// The body of every answer that is an error.
    struct Body: Encodable, Sendable {
        let code: String
        let message: String
        let messageChinese: String
        var cause: String?
        let hint: String
        let hintChinese: String
    }

    let status: HTTPResponse.Status
    let body: Body
    /// How to show a key (RFC 6750 section 3).
    var challenge: String?
    var retryAfterSeconds: Int?

    init(_ error: GatewayError) {
        var (error, showsCause) = (error, false)
        switch error.code {
        case GatewayError.noCredentials.code:
            status = .unauthorized
            let isKeyShown = error != .noCredentials
            challenge = #"Bearer realm="hallgate""# + (isKeyShown ? #", error="invalid_token""# : "")
        case "business.not-served", "session.unknown-window", "session.unknown", "code.no-slip-codes",
            "code.no-region-code", "hall.no-pages":
            status = .notFound
        case "business.bad-request":
            status = .badRequest
            showsCause = true
        case "business.not-json": status = .unsupportedMediaType
        case "business.too-large": status = .contentTooLarge
        case "session.bad-request":
            status = .unprocessableContent
            showsCause = true
        case "business.too-many-attempts":
            status = .tooManyRequests
            retryAfterSeconds = error.retryAfterSeconds ?? 60
        default:
            status = .serviceUnavailable
            retryAfterSeconds = 5
            // What is said to a citizen then is of no use to a program.
            if error.code.hasPrefix("web.") { error = .away(as: error.code) }
        }
        body = Body(
            code: error.code, message: error.message.english, messageChinese: error.message.chinese,
            cause: showsCause ? error.cause : nil, hint: error.hint.english, hintChinese: error.hint.chinese)
    }
}

extension GatewayError {
    static let noCredentials = GatewayError(
        "business.unknown-client", LocalText("the request does not say who asks", "请求中没有客户端身份"),
        hint: LocalText(
            "send the key as 'Authorization: Bearer KEY' and the name as 'Hallgate-Client: NAME'",
            "请用 'Authorization: Bearer 密钥' 发送密钥，用 'Hallgate-Client: 名称' 发送客户端名称"))

    static let noSuchSession = GatewayError(
        "session.unknown", LocalText("no window remembers this session", "没有窗口记得此会话"),
        hint: LocalText("take the number that opening the session answered", "请使用打开会话时返回的编号"))

    static let noSuchWindow = GatewayError(
        "session.unknown-window", LocalText("the configuration names no such window", "配置中没有此窗口"),
        hint: LocalText(
            "use a window's id as written under 'windows', percent-encoded as UTF-8",
            "请使用 windows 下所写的窗口编号，并按 UTF-8 进行百分号编码"))

    static let notJSON = GatewayError(
        "business.not-json", LocalText("the body is not said to be JSON", "请求体未声明为 JSON"),
        hint: LocalText("send it with 'Content-Type: application/json'", "请使用 'Content-Type: application/json' 发送"))

    static let tooLarge = GatewayError(
        "business.too-large", LocalText("the body is too long", "请求体过长"),
        hint: LocalText("send at most \(BusinessBody.mostBytes) bytes", "最多发送 \(BusinessBody.mostBytes) 字节"))

    static func badRequest(_ cause: String) -> GatewayError {
        GatewayError(
            "business.bad-request", LocalText("the request cannot be read", "无法读取该请求"), cause: cause,
            hint: LocalText("compare it with /business/v1/openapi.yaml", "请与 /business/v1/openapi.yaml 核对"))
    }

    fileprivate static func away(as code: String) -> GatewayError {
        let isUncertain = code == "web.core-silent" || code == "web.core-misunderstood"
        return GatewayError(
            code,
            isUncertain
                ? LocalText("the gateway has not answered: whether it was done is not known", "网关没有应答：无法确定是否已执行")
                : LocalText("the gateway cannot be reached at the moment; nothing was done", "暂时无法连接网关；未执行任何操作"),
            hint: LocalText("try again in some seconds; the pads go on", "请在几秒后重试；评价器不受影响"))
    }
}
