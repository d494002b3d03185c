// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
public import Hummingbird
public import RatingModel

/// What a client is told that cannot be served: a plain page in 简体中文 and English, or JSON where a program asked.
public struct WebFailure: Sendable {
    /// The status.
    public let status: HTTPResponse.Status
    /// The reason.
    public let error: GatewayError
    /// Seconds after which it is worth trying again.
    var retryAfterSeconds: Int?
    /// The methods there are at this address.
    var allowed: [String] = []

    init(_ status: HTTPResponse.Status, _ error: GatewayError) {
        self.status = status
        self.error = error
    }

    /// The answer to what the gateway refused, with the status that its code stands for.
    public init(_ error: GatewayError) {
        let status: HTTPResponse.Status =
            switch error.code {
            case "code.expired", "code.revoked", "code.redeemed": .gone
            case "code.unreadable", "code.unknown-key", "code.foreign", "receipt.unknown": .notFound
            case "screen.unknown", "web.unknown-pad": .forbidden
            case "rating.invalid": .unprocessableContent
            case "web.too-fast", "rating.too-fast": .tooManyRequests
            default:
                error.code.hasPrefix("web.") || error.code.hasPrefix("journal.") ? .serviceUnavailable : .badRequest
            }
        self.init(status, error)
        if status == .serviceUnavailable || status == .tooManyRequests {
            retryAfterSeconds = error.retryAfterSeconds ?? 5
        }
    }

    /// The answer, in the form its request asks for: JSON to programs, for `/business/` in a form of its own, and where only
    /// JSON is accepted.
    public func response(to request: Request, requestNumber: String) -> Response {
        let accepted = request.headers[.accept] ?? ""
        let isBusiness = request.uri.path.isUnder("/business")
        let wantsJSON =
            request.uri.path.isForPrograms
            || accepted.contains("application/json") && !accepted.contains("text/html")
        var headers: HTTPFields = [
            .contentType: wantsJSON ? "application/json; charset=utf-8" : "text/html; charset=utf-8"
        ]
        if let retryAfterSeconds { headers[.retryAfter] = String(retryAfterSeconds) }
        if !allowed.isEmpty { headers[.allow] = allowed.joined(separator: ", ") }
        let text = wantsJSON ? json(requestNumber, isFlat: isBusiness) : page(requestNumber)
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func json(_ requestNumber: String, isFlat: Bool) -> String {
        let body = Body(
            error: Body.Reason(
                code: error.code, message: error.message.english, messageChinese: error.message.chinese,
                hint: error.hint.english, hintChinese: error.hint.chinese, request: requestNumber))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = isFlat ? try? encoder.encode(body.error) : try? encoder.encode(body)
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private func page(_ requestNumber: String) -> String {
        let (message, hint) = (error.message, error.hint)
        return """
            <!DOCTYPE html>
            <html lang="zh-Hans">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(escaped(message.chinese))</title></head>
            <body>
            <h1>\(escaped(message.chinese))</h1>
            <p>\(escaped(hint.chinese))</p>
            <div lang="en"><h2>\(escaped(message.english))</h2>
            <p>\(escaped(hint.english))</p></div>
            <p><small>\(status.code) · \(escaped(requestNumber))</small></p>
            </body>
            </html>

            """
    }

    /// A text that cannot be taken for markup.
    private func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }

    private struct Body: Encodable {
        let error: Reason

        struct Reason: Encodable {
            let code: String
            let message: String
            let messageChinese: String
            let hint: String
            let hintChinese: String
            let request: String
        }
    }
}

extension String {
    /// Whether a path leads to what programs ask, which read no page.
    fileprivate var isForPrograms: Bool { ["/api", "/business", "/ingest"].contains { isUnder($0) } }

    fileprivate func isUnder(_ path: String) -> Bool { self == path || hasPrefix(path + "/") }
}

extension WebFailure {
    /// Nothing is at this address; `allowed` are the methods there are there, where it knows others.
    static func missing(at path: String, allowed: [String]) -> WebFailure {
        var failure: WebFailure =
            if allowed.isEmpty {
                path.isForPrograms ? .noSuchCall : .notFound
            } else {
                path.isForPrograms ? .noSuchMethod(allowed) : .methodNotAllowed
            }
        failure.allowed = allowed
        return failure
    }

    /// A program asked at an address where nothing is.
    private static let noSuchCall = WebFailure(
        .notFound,
        GatewayError(
            "web.not-found", LocalText("there is no such call", "没有这个接口"),
            hint: LocalText("compare path and version with the API's openapi.yaml", "请将路径和版本与接口的 openapi.yaml 核对")))

    /// A program asked by another method than there is.
    private static func noSuchMethod(_ allowed: [String]) -> WebFailure {
        let names = allowed.joined(separator: ", ")
        return WebFailure(
            .methodNotAllowed,
            GatewayError(
                "web.method-not-allowed", LocalText("this call has another method", "此接口不支持该方法"),
                hint: LocalText("use \(names)", "请使用 \(names)")))
    }

    /// Nothing is at this address.
    private static let notFound = WebFailure(
        .notFound,
        GatewayError(
            "web.not-found", LocalText("There is no such page", "没有这个页面"),
            hint: LocalText("Scan the code again, or ask at the desk", "请重新扫码，或向窗口工作人员咨询")))

    /// The address knows other methods.
    private static let methodNotAllowed = WebFailure(
        .methodNotAllowed,
        GatewayError(
            "web.method-not-allowed", LocalText("This page cannot be used like that", "不能这样使用此页面"),
            hint: LocalText("Scan the code again, or ask at the desk", "请重新扫码，或向窗口工作人员咨询")))

    /// The body is over the limit.
    static func tooLarge(_ limit: Int) -> WebFailure {
        WebFailure(
            .contentTooLarge,
            GatewayError(
                "web.too-large", LocalText("That is more than can be taken", "提交的内容过大"),
                hint: LocalText("At most \(limit) bytes are taken: shorten it", "最多 \(limit) 字节：请缩短后重试")))
    }

    /// The address asks more often than it may.
    static func tooFast(wait: Duration) -> WebFailure {
        let seconds = wait.secondsToWait
        var failure = WebFailure(
            .tooManyRequests,
            GatewayError(
                "web.too-fast", LocalText("Too many requests came from here", "来自此处的请求过多"),
                hint: LocalText("Wait \(seconds) s and try again", "请等待 \(seconds) 秒后重试")))
        failure.retryAfterSeconds = seconds
        return failure
    }

    /// Whoever asks has not shown that they may.
    static let forbidden = WebFailure(
        .forbidden,
        GatewayError(
            "web.forbidden", LocalText("This is not open to whoever asks", "没有权限"),
            hint: LocalText("Compare name and key with the configuration", "请将名称和密钥与网关配置核对")))

    /// The core is away, or cannot record.
    static let unavailable: WebFailure = {
        var failure = WebFailure(
            .serviceUnavailable,
            GatewayError(
                "web.unavailable", LocalText("This is not possible right now", "暂时无法使用"),
                hint: LocalText("Try again in a moment: nothing is lost", "请稍后再试，什么也没有丢失")))
        failure.retryAfterSeconds = 5
        return failure
    }()

    /// Something failed that has no word of its own.
    static let internalFailure = WebFailure(
        .internalServerError,
        GatewayError(
            "web.failed", LocalText("Something went wrong here", "系统出现错误"),
            hint: LocalText("Try again, or ask at the desk", "请重试，或向窗口工作人员咨询")))

    /// The request is none of HTTP's.
    static let badRequest = WebFailure(
        .badRequest,
        GatewayError(
            "web.bad-request", LocalText("The request cannot be read", "无法读取该请求"),
            hint: LocalText("Scan the code again, or ask at the desk", "请重新扫码，或向窗口工作人员咨询")))
}
