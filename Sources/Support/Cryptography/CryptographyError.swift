// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import COpenSSL
public import RatingModel

/// Why a cryptographic operation could not be done.
public enum CryptographyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A key, nonce or text of a length the algorithm does not take.
    case badLength(String)
    /// Text or bytes that are not in the form they should have.
    case badForm(String)
    /// The tag does not fit: the text was changed, or the key is another.
    case notAuthentic
    /// OpenSSL failed at a call; its own words where it has any.
    case failed(call: String, reason: String)

    public var description: String {
        switch self {
        case .badLength(let what): "the length of \(what) is wrong"
        case .badForm(let what): "\(what) is not in the form it should have"
        case .notAuthentic: "the text is not authentic"
        case .failed(let call, let reason): "\(call): \(reason)"
        }
    }

    /// The failure of a call, with the newest entry of OpenSSL's queue of errors, which is emptied.
    static func library(_ call: String) -> CryptographyError {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        let reason = ERR_reason_error_string(code).map { String(cString: $0) } ?? "no reason given"
        return .failed(call: call, reason: reason)
    }

    /// The same for an operator, with what to do about it; it names neither key nor text.
    public var forOperator: GatewayError {
        let hint =
            switch self {
            case .badLength:
                LocalText(
                    "compare key and settings with what the region gave out; an SM4 key and its IV have 16 bytes",
                    "请与上级系统提供的密钥和参数核对；SM4 密钥和初始向量均为 16 字节")
            case .badForm:
                LocalText(
                    "check hex or Base64, DER or raw, C1C3C2 or C1C2C3 and the leading 04 against the region's document",
                    "请按上级系统文档核对：十六进制或 Base64、DER 或裸格式、C1C3C2 或 C1C2C3、是否带 04 前缀")
            case .notAuthentic:
                LocalText(
                    "the text was changed or belongs to another key; check that both sides use the same key pair",
                    "内容被改动，或所用密钥不匹配；请核对双方使用同一对密钥")
            case .failed:
                LocalText(
                    "check with `openssl version` that OpenSSL 3 is installed, and the key with `openssl pkey -check`",
                    "请用 `openssl version` 确认已安装 OpenSSL 3，并用 `openssl pkey -check` 检查密钥")
            }
        return GatewayError(
            "cryptography", LocalText("a cryptographic operation failed", "密码运算失败"), cause: description, hint: hint)
    }
}
