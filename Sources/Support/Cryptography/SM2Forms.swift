// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A signature by SM2 or its two numbers, in whichever form a region wants it.
public struct SM2Signature: Sendable, Hashable {
    /// r ‖ s, 32 bytes each.
    public let raw: [UInt8]

    /// Takes r ‖ s, 64 bytes.
    public init(raw: [UInt8]) throws(CryptographyError) {
        guard raw.count == 64 else { throw .badLength("the SM2 signature") }
        self.raw = raw
    }

    /// Reads the sequence of two integers (GB/T 35276 section 7.3), as OpenSSL and certificates have it.
    public init(der: [UInt8]) throws(CryptographyError) {
        guard let contents = DER.contents(der, of: [DER.integer, DER.integer]),
            let r = DER.number(contents[0]), let s = DER.number(contents[1])
        else { throw .badForm("the SM2 signature") }
        raw = r + s
    }

    /// The sequence of two integers.
    public var der: [UInt8] {
        DER.element(DER.sequence, DER.element(number: raw.prefix(32)) + DER.element(number: raw.suffix(32)))
    }
}

/// How a ciphertext by SM2 is laid out: C1 is a point of the curve, C2 the text, C3 a digest.
public enum SM2CiphertextForm: Sendable, Hashable {
    /// The sequence of GB/T 35276 section 7.2, as OpenSSL has it.
    case der
    /// The parts behind each other, with or without the byte 04 that says that the point is uncompressed.
    case raw(Order, leading04: Bool)

    /// Which part comes second.
    public enum Order: String, Sendable, Hashable, CaseIterable {
        /// Point, digest, text: GB/T 32918.4-2016.
        case c1c3c2
        /// Point, text, digest: the older order, still met.
        case c1c2c3
    }
}

/// A ciphertext by SM2, in no form or in each.
public struct SM2Ciphertext: Sendable, Hashable {
    private let point: [UInt8]
    private let digest: [UInt8]
    private let text: [UInt8]

    /// Reads a ciphertext that is laid out so; whether it decrypts is another matter.
    public init(_ bytes: [UInt8], form: SM2CiphertextForm) throws(CryptographyError) {
        switch form {
        case .der:
            guard let parts = DER.contents(bytes, of: [DER.integer, DER.integer, DER.octets, DER.octets]),
                let x = DER.number(parts[0]), let y = DER.number(parts[1]), parts[2].count == 32
            else { throw .badForm("the SM2 ciphertext") }
            (point, digest, text) = (x + y, parts[2], parts[3])
        case .raw(let order, let leading04):
            guard !leading04 || bytes.first == 4 else { throw .badForm("the SM2 ciphertext") }
            let body = Array(leading04 ? bytes.dropFirst() : bytes[...])
            guard body.count > 96 else { throw .badLength("the SM2 ciphertext") }
            point = Array(body[..<64])
            switch order {
            case .c1c3c2: (digest, text) = (Array(body[64..<96]), Array(body[96...]))
            case .c1c2c3: (digest, text) = (Array(body.suffix(32)), Array(body[64...].dropLast(32)))
            }
        }
        guard !text.isEmpty else { throw .badLength("the SM2 ciphertext") }
    }

    /// Lays it out.
    public func bytes(_ form: SM2CiphertextForm) -> [UInt8] {
        switch form {
        case .der:
            let numbers = DER.element(number: point.prefix(32)) + DER.element(number: point.suffix(32))
            return DER.element(
                DER.sequence, numbers + DER.element(DER.octets, digest) + DER.element(DER.octets, text))
        case .raw(.c1c3c2, let leading04): return (leading04 ? [4] : []) + point + digest + text
        case .raw(.c1c2c3, let leading04): return (leading04 ? [4] : []) + point + text + digest
        }
    }
}
