// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import FoundationEssentials
import RatingModel
import RegionProfiles
import UplinkAPI

extension RegionSettings {
    /// The region's language with times in a zone, and what encrypts and signs it with the site's keys.
    ///
    /// Throws where the profile seals and a key cannot be read or used; the files are opened here and nowhere later.
    func openCoding(zone: HallZone) throws(GatewayError) -> any RegionCoding {
        guard encryption != nil || signature != nil else { return coding(zone: zone) }
        return coding(zone: zone, sealing: try KeySealing(self))
    }
}

/// Encrypts and signs as a profile says, by the primitives of ``Cryptography``.
struct KeySealing: RegionSealing {
    private let encryption: SealingMethod?
    private let signature: SealingMethod?
    private var cipher = Cipher.none
    private var signer = Signer.none

    private enum Cipher: Sendable {
        case none
        case sm2(SM2PublicKey)
        case sm4(SM4, vector: [UInt8])
    }

    private enum Signer: Sendable {
        case none
        case sm2(SM2PrivateKey)
        case digest
        case code(HashAlgorithm, key: [UInt8])
    }

    /// Reads the key files.
    init(_ settings: RegionSettings) throws(GatewayError) {
        encryption = settings.encryption
        signature = settings.signature
        if let method = encryption {
            let path = settings.keys.encryption ?? ""
            let bytes = try Self.bytes(path)
            let vector =
                settings.keys.vector == nil ? [] : KeyMaterial.bytes(try Self.bytes(settings.keys.vector ?? ""))
            do throws(CryptographyError) { cipher = try Self.cipher(method, bytes, vector: vector) } catch {
                throw .unusableKey(path, "\(error)")
            }
        }
        if let method = signature {
            let path = settings.keys.signature ?? ""
            let bytes = method.algorithm == .sm3 ? [] : try Self.bytes(path)
            do throws(CryptographyError) { signer = try Self.signer(method, bytes) } catch {
                throw .unusableKey(path, "\(error)")
            }
        }
    }

    private static func bytes(_ path: String) throws(GatewayError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path), !data.isEmpty, data.count <= 1 << 20 else {
            throw .unusableKey(path, "the file is not there, empty, too large or not readable")
        }
        return Array(data)
    }

    private static func cipher(
        _ method: SealingMethod, _ key: [UInt8], vector: [UInt8]
    ) throws(CryptographyError) -> Cipher {
        switch method.algorithm {
        case .sm4CBC: .sm4(try SM4(key: KeyMaterial.bytes(key), mode: .cbc), vector: vector)
        case .sm4ECB: .sm4(try SM4(key: KeyMaterial.bytes(key), mode: .ecb), vector: [])
        default: .sm2(try SM2PublicKey(reading: key))
        }
    }

    private static func signer(_ method: SealingMethod, _ key: [UInt8]) throws(CryptographyError) -> Signer {
        switch method.algorithm {
        case .sm3: .digest
        case .hmacSM3: .code(.sm3, key: KeyMaterial.bytes(key))
        case .hmacSHA256: .code(.sha256, key: KeyMaterial.bytes(key))
        default: .sm2(try SM2PrivateKey(reading: key))
        }
    }

    func encrypt(_ text: [UInt8]) throws(GatewayError) -> [UInt8] {
        guard let encryption else { return text }
        do throws(CryptographyError) {
            switch cipher {
            case .none: return text
            case .sm2(let key): return encoded(try key.encrypt(text).bytes(encryption.form), encryption)
            case .sm4(let cipher, let vector): return encoded(try cipher.encrypt(text, vector: vector), encryption)
            }
        } catch { throw .sealingFailed("\(error)") }
    }

    func decrypt(_ text: [UInt8]) throws(GatewayError) -> [UInt8] {
        guard let encryption, case .sm4(let cipher, let vector) = cipher else {
            // What is encrypted to the region's key only the region can open.
            throw .sealingFailed("the profile has no key that opens answers")
        }
        do throws(CryptographyError) {
            let bytes = try encryption.binary.decode(String(decoding: text, as: UTF8.self))
            return try cipher.decrypt(bytes, vector: vector)
        } catch { throw .sealingFailed("\(error)") }
    }

    func sign(_ text: [UInt8]) throws(GatewayError) -> [UInt8] {
        guard let signature else { return [] }
        do throws(CryptographyError) {
            switch signer {
            case .none: return []
            case .digest: return encoded(try Digest.hash(.sm3, text), signature)
            case .code(let algorithm, let key):
                return encoded(try MessageAuthentication.hmac(algorithm, key: key, text), signature)
            case .sm2(let key):
                let made = try key.sign(text, identity: Array(signature.identity.utf8))
                return encoded(signature.isDER ? made.der : made.raw, signature)
            }
        } catch { throw .sealingFailed("\(error)") }
    }

    private func encoded(_ bytes: [UInt8], _ method: SealingMethod) -> [UInt8] {
        Array(method.binary.encode(bytes).utf8)
    }
}

extension SealingMethod {
    fileprivate var binary: BinaryText {
        switch text {
        case .hexadecimal: .hex
        case .capitals: .capitalHex
        case .base64: .base64
        }
    }

    fileprivate var form: SM2CiphertextForm {
        switch order {
        case .der: .der
        case .c1c3c2: .raw(.c1c3c2, leading04: hasPrefix)
        case .c1c2c3: .raw(.c1c2c3, leading04: hasPrefix)
        }
    }
}

extension GatewayError {
    fileprivate static func unusableKey(_ path: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.key-unreadable", LocalText("\(path) holds no usable key for the region", "\(path) 中没有可用的上级接口密钥"),
            cause: cause,
            hint: LocalText(
                "PEM, DER, or the key's bytes as hexadecimal or Base64 are read; the daemon's user must be allowed to",
                "可读取 PEM、DER，或十六进制、Base64 形式的密钥；守护进程用户须有读取权限"))
    }

    fileprivate static func sealingFailed(_ cause: String) -> GatewayError {
        GatewayError(
            "uplink.sealing-failed", LocalText("a call could not be encrypted, signed or opened", "无法加密、签名或解密"),
            cause: cause,
            hint: LocalText(
                "compare the profile's 'sealing' and the keys with what the region says",
                "请核对配置中的 'sealing' 和密钥是否与上级要求一致"))
    }
}
