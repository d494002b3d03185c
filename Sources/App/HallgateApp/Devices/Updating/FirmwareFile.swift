// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import DeviceAPI
import OperatorAPI
public import RatingModel

/// A firmware as its maker hands it out, in a file (firmware-protocol.md section 2.12).
///
/// The file begins with the bytes that the maker signs. Only the pad can tell whether the signature holds; that the file
/// is whole is seen here, before hours of a slow line are spent on it.
public struct FirmwareFile: Sendable {
    /// Most bytes of a file: the largest image, and what stands before it.
    public static let mostBytes = FirmwareImage.mostBytes + 512

    static let mark = Array("hallgate-update-1".utf8)
    private static let mostTextBytes = 32

    let image: FirmwareImage
    /// The version in the maker's words.
    public var version: String { image.version }
    /// A count that only rises from one release to the next.
    public var release: UInt32 { image.release }
    /// The model it is for; empty for any.
    public var model: String { image.model }

    /// Reads the bytes of a file; throws `update.bad-image` with what is wrong.
    public init(_ bytes: [UInt8]) throws(GatewayError) {
        var reader = Reader(rest: bytes[...])
        guard reader.take(Self.mark.count).map({ Array($0) == Self.mark }) ?? false else {
            throw .notFirmware("it does not begin with hallgate-update-1")
        }
        guard let release = reader.number(), let size = reader.number(), let hash = reader.take(32),
            let signature = reader.take(64), let version = reader.text(), let model = reader.text()
        else { throw .notFirmware("it is cut short") }
        let image = reader.rest
        guard !version.isEmpty else { throw .notFirmware("it states no version") }
        guard size > 0, size <= FirmwareImage.mostBytes, image.count == Int(size) else {
            throw .notFirmware("it states \(size) bytes and holds \(image.count)")
        }
        guard let digest = try? Digest.hash(.sha256, Array(image)), digest == Array(hash) else {
            throw .notFirmware("its hash does not hold")
        }
        self.image = FirmwareImage(
            release: release, version: version, model: model, hash: Array(hash), signature: Array(signature),
            bytes: Array(image))
    }

    /// The name that a file is uploaded under: its SHA-256 in hexadecimal.
    public static func name(of bytes: [UInt8]) throws(GatewayError) -> String {
        do throws(CryptographyError) {
            return try Digest.hash(.sha256, bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        } catch {
            throw .notFirmware("\(error)")
        }
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }

        mutating func number() -> UInt32? { take(4)?.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) } }

        /// Without control characters, because it ends up on terminals.
        mutating func text() -> String? {
            guard let count = take(1)?.first, count <= FirmwareFile.mostTextBytes, let bytes = take(Int(count)),
                let text = String(validating: bytes, as: UTF8.self),
                !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
            else { return nil }
            return text
        }
    }
}
