// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// Why a code is refused, in words for the citizen who scanned it: what they can do now, nothing of how codes are made.
extension GatewayError {
    static let codeUnreadable = GatewayError(
        "code.unreadable", LocalText("this code cannot be read", "无法识别此二维码"),
        hint: LocalText(
            "please scan the code at the window once more", "请重新扫描窗口屏幕或标牌上的二维码"))

    static let codeForeign = GatewayError(
        "code.foreign", LocalText("this code belongs to another hall", "此二维码不属于本大厅"),
        hint: LocalText(
            "please scan a code in the hall you were served in", "请扫描为您办理业务的大厅内的二维码"))

    static let codeUnknownKey = GatewayError(
        "code.unknown-key", LocalText("this code is not in use any more", "此二维码已不再使用"),
        hint: LocalText(
            "please scan the code on the window's screen, or ask the hall's staff for a new sign",
            "请扫描窗口屏幕上的二维码，或请大厅工作人员更换标牌"))

    static let codeExpired = GatewayError(
        "code.expired", LocalText("this code has run out", "此二维码已过期"),
        hint: LocalText("please scan the code on the window's screen once more", "请重新扫描窗口屏幕上的二维码"))

    static let codeRevoked = GatewayError(
        "code.revoked", LocalText("this code has been withdrawn", "此二维码已停用"),
        hint: LocalText(
            "please scan the code on the window's screen, or ask the hall's staff for a new sign",
            "请扫描窗口屏幕上的二维码，或请大厅工作人员更换标牌"))

    /// The code that a rating has redeemed already, which ``RedeemedCodes`` tells.
    public static let codeRedeemed = GatewayError(
        "code.redeemed", LocalText("a rating was given with this code already", "此二维码已用于评价"),
        hint: LocalText(
            "nothing is left to do: your first rating counts", "无需重复评价，您此前的评价有效"))
}

/// What goes wrong with codes at the gateway, in words for operators.
extension GatewayError {
    static let codeTooLong = GatewayError(
        "code.too-long", LocalText("a code cannot hold texts this long", "二维码无法容纳过长的内容"),
        hint: LocalText(
            "window, project and service number may have \(Limits.identifierBytes) bytes each",
            "窗口、办件编号和服务编号各不得超过 \(Limits.identifierBytes) 字节"))

    static let codeEndless = GatewayError(
        "code.endless", LocalText("a code for one rating has to run out at some time", "一次性二维码必须设有效期"),
        hint: LocalText("give it a lifetime, or let it count for many ratings", "请设置有效时长，或允许多次使用"))

    static func codeKeysUnreadable(_ cause: String) -> GatewayError {
        GatewayError(
            "code.keys-unreadable", LocalText("the keys of the codes cannot be read", "无法读取二维码密钥"), cause: cause,
            hint: LocalText(
                "bring the file back from a backup; or move it away and restart, and print every sign anew",
                "请从备份恢复该文件；或将其移走后重启，并重新打印全部标牌"))
    }

    static func codeKeyRefused(_ cause: LocalText, hint: LocalText) -> GatewayError {
        GatewayError("code.key-refused", cause, hint: hint)
    }

    static func signsUnreadable(_ cause: String) -> GatewayError {
        GatewayError(
            "code.signs-unreadable", LocalText("the list of printed signs cannot be read", "无法读取标牌登记表"),
            cause: cause,
            hint: LocalText(
                "bring the file back from a backup; or move it away, restart, and withdraw anew what was withdrawn",
                "请从备份恢复该文件；或将其移走后重启，并重新停用此前已停用的标牌"))
    }

    static let tooManySigns = GatewayError(
        "code.too-many-signs",
        LocalText("\(PrintedSigns.most) signs are kept, which is the most", "标牌登记已达上限 \(PrintedSigns.most) 张"),
        hint: LocalText(
            "make another key, and revoke the earlier one once new signs hang: hallgate qr rotate",
            "请生成新密钥，新标牌张贴后停用旧密钥：hallgate qr rotate"))

    static func noSign(_ digits: String, _ several: [CodeNonce]) -> GatewayError {
        GatewayError(
            "code.no-sign",
            several.isEmpty
                ? LocalText("no sign has the number '\(digits)'", "没有编号为“\(digits)”的标牌")
                : LocalText("several signs begin with '\(digits)'", "多张标牌的编号以“\(digits)”开头"),
            cause: several.isEmpty ? nil : several.map { "\($0)" }.joined(separator: ", "),
            hint: LocalText(
                "give at least four digits; hallgate qr ls shows them all", "请至少输入四位；可用 hallgate qr ls 查看全部标牌"))
    }
}
