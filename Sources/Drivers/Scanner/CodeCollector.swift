// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI

/// Collects the bytes of one code up to its ending, with memory for the longest that is taken.
struct CodeCollector: Sendable {
    /// What a byte brought.
    enum Result: Sendable, Hashable {
        /// Nothing yet.
        case pending
        /// A code ended.
        case code([UInt8])
        /// A code ended that was too long; so many bytes were passed over.
        case tooLong(bytes: Int)
    }

    /// The longest code with the AIM's characters, a prefix and a suffix, in bytes.
    static let longest = ScannedCode.longestBytes + 3 + 2 * 64

    let ending: ScannerSettings.Ending
    private var bytes: [UInt8] = []
    private var passedOver = 0

    init(ending: ScannerSettings.Ending) { self.ending = ending }

    /// Whether a code has begun and not ended.
    var isPending: Bool { !bytes.isEmpty || passedOver > 0 }

    mutating func push(_ byte: UInt8) -> Result {
        switch (ending, byte) {
        case (.any, 0x0D), (.any, 0x0A), (.cr, 0x0D), (.lf, 0x0A), (.tab, 0x09):
            return end()
        case (.crlf, 0x0A) where bytes.last == 0x0D:
            bytes.removeLast()
            return end()
        case (.crlf, 0x0A) where passedOver > 0:
            return end()
        default:
            if passedOver > 0 {
                passedOver = min(passedOver + 1, 1_000_000)
            } else if bytes.count < CodeCollector.longest {
                bytes.append(byte)
            } else {
                passedOver = bytes.count + 1
                bytes = []
            }
            return .pending
        }
    }

    /// The scanner fell silent: the code ended, where silence ends it; a rest without its ending is worth nothing.
    mutating func fallSilent() -> Result {
        guard ending == .silence else {
            if isPending { passedOver = max(passedOver, bytes.count) }
            bytes = []
            return end()
        }
        while let last = bytes.last, last == 0x0D || last == 0x0A { bytes.removeLast() }
        return end()
    }

    private mutating func end() -> Result {
        defer {
            bytes = []
            passedOver = 0
        }
        if passedOver > 0 { return .tooLong(bytes: passedOver) }
        return bytes.isEmpty ? .pending : .code(bytes)
    }
}
