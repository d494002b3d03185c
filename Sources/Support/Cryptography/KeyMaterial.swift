// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Key bytes as people pass them on: as they are, or as a line of hexadecimal or Base64.
public enum KeyMaterial {
    /// The bytes meant: PEM stays as it is, a line of hexadecimal or Base64 is decoded, anything else is binary.
    public static func bytes(_ material: [UInt8]) -> [UInt8] {
        let isText = material.allSatisfy { (0x20..<0x7F).contains($0) || [0x0A, 0x0D, 0x09].contains($0) }
        guard isText, !material.isEmpty else { return material }
        let text = String(decoding: material, as: UTF8.self)
        if text.contains("-----BEGIN ") { return material }
        if let bytes = try? BinaryText.hex.decode(text) { return bytes }
        if let bytes = try? BinaryText.base64.decode(text.filter { !$0.isWhitespace }) { return bytes }
        return material
    }
}
