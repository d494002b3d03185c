// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Glibc
import NativePad
import RatingModel

/// The keys of pads as their labels print them, from a file that only the daemon's user and group read.
///
/// A line is `KEY` for the only pad of a line, or `PAD-ID KEY`: 64 hexadecimal digits, and 16 before them. Empty lines and
/// lines that begin with `#` say nothing.
struct PadKeys: Sendable {
    private static let mostBytes = 64 * 1024
    private static let keyBytes = 32

    private var byPad: [UInt64: [UInt8]] = [:]
    /// The key of whatever pad is there.
    private var only: [UInt8]?

    /// The pad's key, if it is known.
    func key(of pad: UInt64) -> [UInt8]? { byPad[pad] ?? only }

    /// Reads a file; throws `pad.key-file` with what is wrong, and never with what is in it.
    static func load(_ path: String) throws(GatewayError) -> PadKeys {
        let text = String(decoding: try bytes(of: path), as: UTF8.self)
        var keys = PadKeys()
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard let last = words.last, !line.hasPrefix("#") else { continue }
            let pad = words.count == 2 && words[0].utf8.count == 16 ? UInt64(words[0], radix: 16) : nil
            guard words.count == 1 || pad != nil, let key = hexadecimal(last), key.count == keyBytes else {
                throw trouble(path, "line \(index + 1) is not a key, nor a pad's number and its key")
            }
            if let pad { keys.byPad[pad] = key } else { keys.only = key }
        }
        guard keys.only != nil || !keys.byPad.isEmpty else { throw trouble(path, "it holds no key") }
        return keys
    }

    /// What a driver is given: the keys as far as they can be read now, so that a lost file keeps nobody from rating.
    static func pairing(file path: String?, isRequired: Bool, hash: PadPairing.Hash) -> PadPairing {
        guard let path else { return PadPairing(isRequired: isRequired, hash: hash) { _, _ in nil } }
        do throws(GatewayError) {
            let keys = try load(path)
            let algorithm: HashAlgorithm = hash == .sha256 ? .sha256 : .sm3
            return PadPairing(isRequired: isRequired, hash: hash) { pad, bytes in
                guard let key = keys.key(of: pad) else { return nil }
                return try? MessageAuthentication.hmac(algorithm, key: key, bytes)
            }
        } catch {
            return PadPairing(isRequired: isRequired, hash: hash, trouble: error.message.english) { _, _ in nil }
        }
    }

    private static func hexadecimal(_ digits: Substring) -> [UInt8]? {
        let digits = Array(digits.utf8)
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = String(decoding: digits[index...index + 1], as: UTF8.self)
            guard !pair.hasPrefix("+"), !pair.hasPrefix("-"), let byte = UInt8(pair, radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    /// The bytes of a key file.
    static func bytes(of path: String) throws(GatewayError) -> [UInt8] {
        // Non-blocking, so that a pipe put in the file's place does not hold up the daemon.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw trouble(path, String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw trouble(path, "it is no file")
        }
        guard facts.st_mode & 0o007 == 0 else { throw trouble(path, "everybody may read it") }
        var bytes = [UInt8](repeating: 0, count: mostBytes + 1)
        let count = read(descriptor, &bytes, bytes.count)
        guard count >= 0, count <= mostBytes else { throw trouble(path, "it cannot be read or is too large") }
        return Array(bytes.prefix(count))
    }

    static func trouble(_ path: String, _ cause: String) -> GatewayError {
        GatewayError(
            "pad.key-file",
            LocalText("the key file \(path) cannot be used: \(cause)", "无法使用密钥文件 \(path)：\(cause)"),
            hint: LocalText(
                "write the pad's key into it, then chown root:hallgate and chmod 0640",
                "请将评价器的密钥写入该文件，并执行 chown root:hallgate 和 chmod 0640"))
    }
}
