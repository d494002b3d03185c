// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// What an HTTP status and body mean for a batch.
struct AnswerMeaning: Sendable {
    let profile: RegionProfile

    func report(_ answer: HTTPExchange.Answer, on batch: [OutgoingRating], now: WallTime) -> DeliveryReport {
        let read = RegionAnswer(answer.body)
        switch answer.status {
        case 200:
            guard let read else { return .unreachable(.unreadableAnswer, mayHaveArrived: true, retryAfter: nil) }
            return read.report(on: batch, profile: profile)
        case 400, 413, 422:
            let words = read?.message ?? ""
            let message = words.isEmpty ? "HTTP \(answer.status)" : "HTTP \(answer.status): \(words)"
            return RegionAnswer.refusal(of: batch, message: message, profile: profile)
        default:
            // A server that failed, or a gateway before it, may have handed the batch on first.
            return .unreachable(
                .status(answer.status), mayHaveArrived: answer.status >= 500 || answer.status == 408,
                retryAfter: answer.retryAfter.flatMap { RetryAfter.wait($0, now: now) })
        }
    }
}

/// The header's two forms (RFC 9110 section 10.2.3).
enum RetryAfter {
    /// The wait it asks for; `nil` where it cannot be read, zero where the moment has passed.
    static func wait(_ text: String, now: WallTime) -> Duration? {
        if let seconds = Int64(text), seconds >= 0 { return .seconds(min(seconds, 86_400 * 365)) }
        guard let moment = date(text) else { return nil }
        let seconds = moment - now.millisecondsSinceEpoch / 1000
        return .seconds(min(max(0, seconds), 86_400 * 365))
    }

    /// Seconds since the epoch of an IMF-fixdate such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ text: String) -> Int64? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]), (1...31).contains(day),
            let month = months.firstIndex(of: words[2]), let year = Int64(words[3]), (1970...9999).contains(year)
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int64($0) }
        guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        return CivilDate.secondsSinceEpoch(
            year: year, month: Int64(month) + 1, day: day, hour: time[0], minute: time[1], second: time[2])
    }
}

extension GatewayError {
    static let unreadableAnswer = GatewayError(
        "uplink.answer-unreadable", LocalText("the region's answer makes no sense", "上级系统的答复无法识别"),
        hint: LocalText(
            "check that the address is the region's evaluation interface and not a login page or a proxy",
            "请确认地址是上级系统的评价接口，而不是登录页或代理"))

    /// The region answered with a status that says nothing of the ratings; its body is not repeated here (G9).
    static func status(_ status: Int) -> GatewayError {
        let cause = "HTTP \(status)"
        switch status {
        case 401, 403:
            return GatewayError(
                "uplink.unauthorized", LocalText("the region does not admit this gateway", "上级系统未授权本网关"), cause: cause,
                hint: LocalText(
                    "check the token file and the client certificate, and ask the region whether the gateway is registered",
                    "请检查令牌文件和客户端证书，并向上级确认本网关是否已登记"))
        case 404, 405, 410:
            return GatewayError(
                "uplink.wrong-address", LocalText("there is no evaluation interface at the address", "该地址没有评价接口"),
                cause: cause, hint: LocalText("check `url` in the configuration", "请检查配置中的 `url`"))
        case 300..<400:
            return GatewayError(
                "uplink.redirected", LocalText("the region points to another address", "上级系统要求转到其他地址"), cause: cause,
                hint: LocalText(
                    "redirects are not followed, because they could lead ratings astray; configure the final address",
                    "为防止评价外泄，不跟随重定向；请直接配置最终地址"))
        case 408, 429, 503:
            return GatewayError(
                "uplink.overloaded", LocalText("the region asks to wait", "上级系统繁忙，要求稍候"), cause: cause,
                hint: LocalText("delivery is tried again by itself", "系统会自动重试"))
        default:
            return GatewayError(
                "uplink.region-failed", LocalText("the region's system failed", "上级系统出错"), cause: cause,
                hint: LocalText(
                    "delivery is tried again by itself; if it goes on, report it to the region", "系统会自动重试；如持续出现，请向上级报告")
            )
        }
    }
}
