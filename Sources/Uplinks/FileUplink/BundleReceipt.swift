// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import RatingModel
import UplinkAPI

/// What a region answers to a bundle, as FileBundles.md describes it.
struct BundleReceipt: Sendable {
    static let kind = "hallgate-receipt 1"
    static let fieldNames = [
        "gateway", "series", "number", "bundle", "created", "verdict", "count", "signed", "key",
    ]
    /// Longer words of a region's are cut: they are kept with every rating.
    static let mostAnswerBytes = 200

    let gateway: String
    let series: String
    let number: UInt64
    /// The digest of the bundle it answers.
    let bundle: String
    /// The region's words where it refused the bundle as a whole.
    let refusal: String?
    let outcomes: [(id: RecordID, outcome: DeliveryOutcome)]

    /// Reads one that the region signed; `nil` where it is damaged or by another key.
    init?(_ file: [UInt8], by verifier: BundleVerifier) {
        guard let text = SignedText(file, kind: Self.kind, fields: Self.fieldNames),
            let number = UInt64(text.fields["number"] ?? ""), text.fields["signed"] == verifier.method,
            text.fields["count"] == String(text.lines.count), (try? verifier.digest(of: text)) != nil
        else { return nil }
        gateway = text.fields["gateway"] ?? ""
        series = text.fields["series"] ?? ""
        bundle = text.fields["bundle"] ?? ""
        self.number = number
        let verdict = (text.fields["verdict"] ?? "").split(separator: " ").map(String.init)
        switch (verdict.first, verdict.count) {
        case ("answered", 1): refusal = nil
        case ("refused", 2):
            guard text.lines.isEmpty, let words = Self.words(verdict[1]) else { return nil }
            refusal = words
        default: return nil
        }
        var outcomes: [(id: RecordID, outcome: DeliveryOutcome)] = []
        for line in text.lines {
            let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3, let id = RecordID(parts[0]), let verdict = Self.verdicts[parts[1]],
                let words = Self.words(parts[2])
            else { return nil }
            outcomes.append((id, DeliveryOutcome(verdict, answer: words)))
        }
        self.outcomes = outcomes
    }

    private static let verdicts: [String: DeliveryVerdict] = [
        "accepted": .accepted, "duplicate": .duplicate, "rejected": .rejected, "retry": .retry(after: nil),
    ]

    /// The region's words, which are Base64 of UTF-8, or `-` for none.
    private static func words(_ text: String) -> String? {
        if text == "-" { return "" }
        guard let bytes = try? BinaryText.base64.decode(text) else { return nil }
        var words = String(decoding: bytes.prefix(mostAnswerBytes), as: UTF8.self)
        if bytes.count > mostAnswerBytes, words.last == "\u{FFFD}" { words.removeLast() }
        return words
    }
}
