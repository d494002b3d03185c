// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import PadProtocol

/// The parts of a code that is being scanned; it is in no log, and may be lost at any time.
struct ScanAssembly: Sendable {
    private var number: UInt32 = 0
    private var bytes: [UInt8] = []
    private var isDone = false

    /// Takes a part; answers which byte is wanted next, and the code once it is whole.
    mutating func take(_ part: ScannedPart) -> (next: UInt16, code: ScannedCode?) {
        if part.number != number {
            number = part.number
            bytes = []
            isDone = false
        }
        if isDone { return (part.total, nil) }
        guard Int(part.offset) == bytes.count else { return (UInt16(clamping: bytes.count), nil) }
        bytes += part.bytes
        guard bytes.count >= Int(part.total) else { return (UInt16(clamping: bytes.count), nil) }
        isDone = true
        let code = ScanAssembly.code(bytes, symbology: part.symbology)
        bytes = []
        return (part.total, code)
    }

    /// Control characters of a code are separators at best and an attack on a terminal at worst: they are left out.
    private static func code(_ bytes: [UInt8], symbology: [UInt8]) -> ScannedCode? {
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars.filter {
            $0.properties.generalCategory != .control
        }
        let text = String(String.UnicodeScalarView(scalars))
        guard !text.isEmpty, text.utf8.count <= ScannedCode.longestBytes else { return nil }
        let isStated = symbology.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return ScannedCode(text: text, symbology: isStated ? String(decoding: symbology, as: UTF8.self) : nil)
    }
}

extension NativePadDriver {
    /// Every part is answered, for the answer may have been lost.
    mutating func take(_ part: ScannedPart) {
        guard phase == .open else { return }
        let (next, code) = scan.take(part)
        send(DisplayMessage.scanTaken(number: part.number, next: next).encoded(to: address))
        if let code { actions.append(.scanned(code, at: isOnBus ? address : nil)) }
    }
}
