// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Why a virtual pad could not do something.
public enum PadError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A system call failed: which one and on what, and its `errno`.
    case system(String, Int32)
    /// There is no pad of that name or number.
    case noSuchPad(String)

    public var description: String {
        switch self {
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
        case .noSuchPad(let name): "no pad \(name)"
        }
    }
}
