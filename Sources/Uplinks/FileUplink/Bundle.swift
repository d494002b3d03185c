// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import RatingModel

/// A numbered file of ratings on its way to a region, as FileBundles.md describes it.
struct Bundle: Sendable, Hashable {
    static let kind = "hallgate-bundle 1"
    static let fieldNames = [
        "content", "gateway", "series", "number", "previous", "created", "count", "signed", "key",
    ]

    /// Which gateway writes.
    var gateway: String
    /// Minted with the gateway's state: a new one says that the old state was lost, and counts from 1 again.
    var series: String
    /// From 1, without a gap.
    var number: UInt64
    /// The digest of the bundle before it, in hexadecimal; `none` for the first.
    var previous: String
    /// When it was made, as `yyyy-MM-ddTHH:mm:ssZ`.
    var created: String
    /// Each rating with its message.
    var entries: [Entry]

    struct Entry: Sendable, Hashable {
        var id: RecordID
        var message: [UInt8]
    }

    /// The digest of what is signed, in hexadecimal: what the next bundle and the receipt name it by.
    struct Written: Sendable {
        let file: [UInt8]
        let digest: String
    }

    /// Writes and signs it.
    func written(by signer: BundleSigner) throws(CryptographyError) -> Written {
        let fields = [
            (name: "content", value: "ratings"), ("gateway", gateway), ("series", series), ("number", String(number)),
            ("previous", previous), ("created", created), ("count", String(entries.count)), ("signed", signer.method),
            ("key", signer.keyID),
        ]
        let body = SignedText.body(
            Self.kind, fields, entries.map { "\($0.id) \(BinaryText.base64.encode($0.message))" })
        let (digest, signature) = try signer.sign(body)
        return Written(file: SignedText.file(body, signature: signature), digest: digest)
    }

    /// Reads one that this gateway wrote; `nil` where it is damaged or by another key.
    static func read(_ file: [UInt8], by signer: BundleSigner) -> (bundle: Bundle, digest: String)? {
        guard let text = SignedText(file, kind: kind, fields: fieldNames), let bundle = Bundle(text),
            text.fields["signed"] == signer.method,
            let digest = try? signer.verifier.digest(of: text)
        else { return nil }
        return (bundle, digest)
    }

    private init?(_ text: SignedText) {
        let fields = text.fields
        guard fields["content"] == "ratings", let number = UInt64(fields["number"] ?? ""),
            fields["count"] == String(text.lines.count)
        else { return nil }
        gateway = fields["gateway"] ?? ""
        series = fields["series"] ?? ""
        self.number = number
        previous = fields["previous"] ?? ""
        created = fields["created"] ?? ""
        entries = []
        for line in text.lines {
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 2, let id = RecordID(String(words[0])),
                let message = try? BinaryText.base64.decode(String(words[1]))
            else { return nil }
            entries.append(Entry(id: id, message: message))
        }
    }

    init(gateway: String, series: String, number: UInt64, previous: String, created: String, entries: [Entry]) {
        self.gateway = gateway
        self.series = series
        self.number = number
        self.previous = previous
        self.created = created
        self.entries = entries
    }

    /// The name of its file, or with `receipt` that of its receipt.
    static func fileName(gateway: String, number: UInt64, _ suffix: String = "bundle") -> String {
        "hallgate-\(gateway)-\(number).\(suffix)"
    }

    /// The number in a file name of this gateway.
    static func number(in name: String, gateway: String, _ suffix: String) -> UInt64? {
        let head = "hallgate-\(gateway)-"
        guard name.hasPrefix(head), name.hasSuffix("." + suffix) else { return nil }
        let digits = name.dropFirst(head.count).dropLast(suffix.count + 1)
        guard let number = UInt64(digits), String(number) == digits else { return nil }
        return number
    }
}
