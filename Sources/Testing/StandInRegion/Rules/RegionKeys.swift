// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import RatingModel

/// The keys of a region that is spoken to in ciphertext; which of them are needed its profile says.
public struct RegionKeys: Sendable {
    /// The region's own SM2 key, by which it opens what halls encrypt for it: PEM, DER, or the number as text.
    public var ownSM2: [UInt8]
    /// The hall's public SM2 key, by which its signatures are checked: PEM, DER, or the point as text.
    public var hallSM2: [UInt8]
    /// The SM4 key that both share: 16 bytes, or as text.
    public var sharedSM4: [UInt8]

    /// Takes what there is; what is empty is missing.
    public init(ownSM2: [UInt8] = [], hallSM2: [UInt8] = [], sharedSM4: [UInt8] = []) {
        self.ownSM2 = ownSM2
        self.hallSM2 = hallSM2
        self.sharedSM4 = sharedSM4
    }

    /// Shandong's style: SM2 in hexadecimal, C1C3C2 with a leading 04, signatures in DER.
    func envelope() throws(GatewayError) -> EnvelopeWire {
        do {
            let own = try SM2PrivateKey(reading: ownSM2)
            let hall = try SM2PublicKey(reading: hallSM2)
            return EnvelopeWire(fields: JSONWire.namedAlike) { text in
                let bytes = try BinaryText.hex.decode(text)
                return try own.decrypt(try SM2Ciphertext(bytes, form: .raw(.c1c3c2, leading04: true)))
            } verifies: { signature, signed in
                guard let der = try? BinaryText.hex.decode(signature), let read = try? SM2Signature(der: der) else {
                    return false
                }
                return (try? hall.verifies(read, of: signed)) ?? false
            }
        } catch { throw Self.missing("--sm2-key, --hall-sm2-key", "\(error)") }
    }

    /// Fujian's style: SM4 with blocks by themselves, in Base64.
    func soap() throws(GatewayError) -> SOAPWire {
        do {
            let cipher = try SM4(key: KeyMaterial.bytes(sharedSM4), mode: .ecb)
            return SOAPWire(fields: JSONWire.namedAlike) { text in
                try cipher.decrypt(try BinaryText.base64.decode(text))
            }
        } catch { throw Self.missing("--sm4-key", "\(error)") }
    }

    private static func missing(_ options: String, _ cause: String) -> GatewayError {
        GatewayError(
            "region.keys", LocalText("The profile needs keys that cannot be used", "该规范所需的密钥无法使用"), cause: cause,
            hint: LocalText("give \(options) with files of such keys", "请用 \(options) 指定密钥文件"))
    }
}
