// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography

/// The running number and the last digest, which outlive every stick.
struct BundleState: Sendable, Hashable {
    static let fileName = "state"
    private static let kind = "hallgate-bundles 1"

    /// Minted once; sixteen hexadecimal digits.
    var series: String
    /// The number of the newest bundle; 0 before the first.
    var number: UInt64
    /// Its digest; `none` before the first.
    var digest: String

    /// Before the first bundle.
    static func fresh() throws(CryptographyError) -> BundleState {
        BundleState(series: BinaryText.hex.encode(try SecureRandom.bytes(8)), number: 0, digest: "none")
    }

    init(series: String, number: UInt64, digest: String) {
        self.series = series
        self.number = number
        self.digest = digest
    }

    /// Reads the file; `nil` where it is not as it was written.
    init?(_ file: [UInt8]) {
        let rows = String(decoding: file, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard rows.count == 6, rows[0] == Self.kind, rows[1].hasPrefix("series "), rows[2].hasPrefix("number "),
            rows[3].hasPrefix("digest "), rows[5].isEmpty, let number = UInt64(rows[2].dropFirst(7))
        else { return nil }
        series = String(rows[1].dropFirst(7))
        digest = String(rows[3].dropFirst(7))
        self.number = number
        guard (try? bytes()) == file else { return nil }
    }

    /// The file, with a digest of its own behind.
    func bytes() throws(CryptographyError) -> [UInt8] {
        let body = Array("\(Self.kind)\nseries \(series)\nnumber \(number)\ndigest \(digest)\n".utf8)
        return body + Array("check \(BinaryText.hex.encode(try Digest.hash(.sha256, body)))\n".utf8)
    }
}
