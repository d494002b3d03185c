// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// Why a cryptographic operation could not be done.
public enum CryptographyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A key, nonce or text of a length the algorithm does not take.
    case badLength(String)
    /// The tag does not fit: the text was changed, or the key is another.
    case notAuthentic
    /// OpenSSL failed at a call; its own words where it has any.
    case failed(call: String, reason: String)

    public var description: String {
        switch self {
        case .badLength(let what): "the length of \(what) is wrong"
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
}
