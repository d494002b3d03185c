// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import ConfigurationFile
import Cryptography
import RatingModel

extension FileUplinkConfiguration {
    /// Reads what an uplink of `kind: file` says beside its profile, all mistakes into the section's log; `nil` where
    /// something is missing without which no bundle can be written.
    ///
    /// With `opensFiles` the keys are loaded too, so that a missing or wrong one is a mistake at its line. Without it, as
    /// at a start, only where they are is read: a lost key must not keep a hall from recording. The directory is never
    /// looked for, as a stick need not be there.
    public static func read(_ section: ConfigurationSection, opensFiles: Bool) -> FileUplinkConfiguration? {
        let directory = section.required("directory", .absolutePath())
        let gateway = section.required("gateway", .fileNamePart)
        let key = section.required("key", .keySource)
        let receiptKey = section.required("receipt_key", .keySource)
        var result = FileUplinkConfiguration(
            directory: directory ?? "", gateway: gateway ?? "", key: key ?? "", receiptKey: receiptKey ?? "")
        result.signature = section.value(
            "signature", .choice(["ed25519": .ed25519, "sm2": .sm2]), default: result.signature)
        result.identity = section.value("identity", .text(atMost: 128), default: result.identity)
        result.every = section.value("every", .duration(in: .seconds(1) ... .seconds(86_400)), default: result.every)
        result.mostWaiting = section.value("most_waiting", .integer(in: 1000...1_000_000), default: result.mostWaiting)
        let second = Duration.seconds(1)
        result.lookEvery = section.value(
            "look_every", .duration(in: second ... .seconds(3600)), default: result.lookEvery)
        result.writeTimeout = section.value(
            "write_timeout", .duration(in: second ... .seconds(600)), default: result.writeTimeout)
        guard directory != nil, gateway != nil, let key, let receiptKey else { return nil }
        if opensFiles {
            examine(section, at: "key") { () throws(GatewayError) in
                guard let source = KeySource(key) else { return }
                _ = try BundleSigner.load(source, result.signature, identity: result.identity)
            }
            examine(section, at: "receipt_key") { () throws(GatewayError) in
                guard let source = KeySource(receiptKey) else { return }
                _ = try BundleVerifier.load(source, result.signature, identity: result.identity)
            }
        }
        return result
    }

    private static func examine(
        _ section: ConfigurationSection, at key: String, _ open: () throws(GatewayError) -> Void
    ) {
        do throws(GatewayError) { try open() } catch {
            let cause = error.cause.map { ": " + $0 } ?? ""
            section.report(
                LocalText(error.message.english + cause, error.message.chinese + cause), hint: error.hint, at: key)
        }
    }
}

extension ValueKind where Value == String {
    /// Where a key is kept; see ``Cryptography/KeySource``.
    fileprivate static var keySource: ValueKind {
        ValueKind { text, isQuoted in
            guard KeySource(text) != nil else {
                return .wrong(
                    LocalText("that is no place of a key", "这不是密钥的位置"),
                    hint: LocalText(
                        "write an absolute path, credential:NAME, pkcs11:… or provider:NAME:URI",
                        "请填写绝对路径、credential:名称、pkcs11:… 或 provider:名称:URI"))
            }
            return Self.text().reading(of: text, isQuoted: isQuoted)
        }
    }

    /// A name that can stand in a file name on every file system a stick may have.
    fileprivate static var fileNamePart: ValueKind {
        ValueKind { text, _ in
            let isPlain = text.utf8.allSatisfy { byte in
                Character(UnicodeScalar(byte)).isLetter || (0x30...0x39).contains(byte) || byte == 0x2D
            }
            guard isPlain, text.utf8.allSatisfy({ $0 < 0x80 }), (1...64).contains(text.utf8.count) else {
                return .wrong(
                    LocalText("the name stands in file names", "该名称会用于文件名"),
                    hint: LocalText(
                        "use up to 64 of a–z, A–Z, 0–9 and the hyphen", "请用不超过 64 个字母、数字或连字符"))
            }
            return .value(text)
        }
    }
}
