// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// An open file descriptor with exactly one owner, so that no path of an error can leak it.
public struct OwnedDescriptor: ~Copyable, Sendable {
    /// The number, valid while this value lives.
    public let number: Int32

    /// Takes over a descriptor that nobody else closes.
    public init(_ number: Int32) { self.number = number }

    deinit { close(number) }

    /// Gives the descriptor up; the caller closes it.
    package consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }
}
