// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

extension GatewayError {
    /// What the region answered is none of its answers; its bytes are not repeated here (G9).
    public static let unreadableRegionAnswer = GatewayError(
        "uplink.answer-unreadable", LocalText("the region's answer makes no sense", "上级系统的答复无法识别"),
        hint: LocalText(
            "check that the address is the region's evaluation interface and not a login page or a proxy",
            "请确认地址是上级系统的评价接口，而不是登录页或代理"))

    /// The region answered with a picture of a code that is none, or none that is shown.
    public static func unusableCodeImage(_ flaw: CodeImage.Flaw) -> GatewayError {
        let (english, chinese): (String, String) =
            switch flaw {
            case .notBase64: ("it is no Base64", "不是 Base64")
            case .tooManyBytes: ("it has more than \(CodeImage.mostBytes) bytes", "超过 \(CodeImage.mostBytes) 字节")
            case .otherForm: ("it is neither PNG nor JPEG", "既不是 PNG 也不是 JPEG")
            case .notWhole: ("it is damaged or breaks off", "已损坏或不完整")
            case .otherSize:
                (
                    "a side has not \(CodeImage.sides.lowerBound) to \(CodeImage.sides.upperBound) pixels",
                    "边长不在 \(CodeImage.sides.lowerBound) 至 \(CodeImage.sides.upperBound) 像素之间"
                )
            }
        return GatewayError(
            "uplink.code-unusable",
            LocalText("the region's picture of a code is not shown: \(english)", "上级平台给出的二维码图片无法显示：\(chinese)"),
            hint: LocalText(
                "let 'answers.code.image' of the profile name a PNG or JPEG in Base64, or ask the region for addresses",
                "请让上级配置的 'answers.code.image' 指向 Base64 的 PNG 或 JPEG，或请上级改为给出网址"))
    }

    /// The region answered with a status that says nothing of the ratings; its body is not repeated here (G9).
    public static func regionStatus(_ status: Int) -> GatewayError {
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
