// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import GBKText

/// Why a code is not taken; the words hold nothing of the code, which may name a person.
enum CodeMistake: String, Error {
    case encoding = "not the configured encoding"
    case symbology = "no symbology before the code"
    case prefix = "no configured prefix before the code"
    case suffix = "no configured suffix after the code"
    case length = "length of the code"
    case characters = "a character that codes here do not have"
}

extension ScannerSettings {
    /// Makes a code of the bytes between two endings.
    func code(from bytes: [UInt8]) throws(CodeMistake) -> ScannedCode {
        guard let decoded = decode(bytes) else { throw .encoding }
        var text = decoded.unicodeScalars[...]
        var symbology = takeSymbology(from: &text)
        guard text.starts(with: prefix.unicodeScalars) else { throw .prefix }
        text = text.dropFirst(prefix.unicodeScalars.count)
        // Scanners put the AIM's characters before or after a prefix of the hall's own.
        symbology = symbology ?? takeSymbology(from: &text)
        if self.symbology == .required, symbology == nil { throw .symbology }
        guard text.reversed().starts(with: suffix.unicodeScalars.reversed()) else { throw .suffix }
        text = text.dropLast(suffix.unicodeScalars.count)
        let isAllowed = text.allSatisfy { scalar in
            scalar.properties.generalCategory != .control && characters?.contains(scalar) ?? true
        }
        guard isAllowed else { throw .characters }
        let code = ScannedCode(text: String(text), symbology: symbology)
        guard length.contains(text.count), code.text.utf8.count <= ScannedCode.longestBytes else { throw .length }
        return code
    }

    private func decode(_ bytes: [UInt8]) -> String? {
        switch encoding {
        case .utf8: String(validating: bytes, as: UTF8.self)
        case .gbk: GBK.decode(bytes)
        case .auto: String(validating: bytes, as: UTF8.self) ?? GBK.decode(bytes)
        }
    }

    /// `]`, the letter of the symbology and its modifier.
    private func takeSymbology(from text: inout Substring.UnicodeScalarView) -> String? {
        let mark = text.prefix(3)
        guard symbology != .none, mark.count == 3, let letter = mark.dropFirst().first, let modifier = mark.last,
            mark.first == "]", letter.isASCII, letter.properties.isAlphabetic, modifier.isASCII,
            modifier.properties.isAlphabetic || ("0"..."9").contains(modifier)
        else { return nil }
        text = text.dropFirst(3)
        return String(mark)
    }
}
