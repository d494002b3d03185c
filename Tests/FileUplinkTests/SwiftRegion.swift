// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import Glibc
import RatingModel
import Testing

@testable import FileUplink

/// A region in this process, for tests that go the way often; the one in Python is the independent one.
struct SwiftRegion {
    let hall: BundleFixture
    /// The ratings it holds, and in which bundle each came.
    private(set) var ratings: [RecordID: UInt64] = [:]
    /// How many came in more than one bundle.
    private(set) var repeated = 0
    /// Every rating as it came, again where it came in another bundle.
    private(set) var arrivals: [RecordID] = []
    private(set) var isWithoutGap = true
    private var digests: [UInt64: String] = [:]
    /// What it answered to each bundle, which it repeats.
    private var answered: [String: [String]] = [:]
    /// What it answers to a bundle as a whole, instead of taking it.
    var refusal: String?
    /// Whether it leaves receipts.
    var answers = true
    /// Whether it refuses the next rating it sees for the first time.
    var rejectsNext = false
    /// Whether it puts every rating off.
    var putsOff = false
    /// The words it refuses a rating with for good, by its message.
    var objection: @Sendable ([UInt8]) -> String? = { _ in nil }
    /// The file it keeps its answers in before it leaves a receipt; `nil` where it keeps them in memory alone.
    private var store: String?

    init(_ hall: BundleFixture) { self.hall = hall }

    /// The region as another process opens it, with what the one before had stored.
    init(_ hall: BundleFixture, store: String) throws {
        self.hall = hall
        self.store = store
        let file = try SystemDisk().read(store, atMost: 1 << 28) ?? []
        for line in String(decoding: file, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: "\t").map(String.init)
            let number = try #require(UInt64(words[0]))
            digests[number] = words[1]
            answered[words[1]] = Array(words.dropFirst(2))
            for answer in words.dropFirst(2) where !answer.contains(" rejected ") {
                let id = try #require(RecordID(String(answer.prefix { $0 != " " })))
                if ratings[id] == nil { ratings[id] = number } else { repeated += 1 }
                arrivals.append(id)
            }
        }
    }

    /// Takes every bundle on the stick and answers it.
    mutating func work() throws {
        let disk = SystemDisk()
        let signer = try BundleSigner.load(
            .file(hall.path + "/gateway.key"), hall.signature, identity: "1234567812345678")
        let own = try BundleSigner.load(.file(hall.path + "/region.key"), hall.signature, identity: "1234567812345678")
        let numbers = try hall.names(nil, ".bundle").compactMap { Bundle.number(in: $0, gateway: "hall-7", "bundle") }
        for number in numbers.sorted() {
            let path = hall.stick + "/" + Bundle.fileName(gateway: "hall-7", number: number)
            // The gateway may have swept it meanwhile.
            guard let file = try disk.read(path, atMost: SignedText.mostBytes) else { continue }
            guard let (bundle, digest) = Bundle.read(file, by: signer) else { throw CryptographyError.notAuthentic }
            let isKnown = digests[number] == digest
            if !isKnown {
                let previous = number == 1 ? "none" : digests[number - 1]
                if bundle.previous != previous || digests[number] != nil { isWithoutGap = false }
                digests[number] = digest
            }
            let lines = answered[digest] ?? (refusal == nil ? bundle.entries.map { outcome($0, in: number) } : [])
            if let store, refusal == nil, answered[digest] == nil {
                try Self.append(([String(number), digest] + lines).joined(separator: "\t") + "\n", to: store)
                answered[digest] = lines
            }
            guard answers else { continue }
            if refusal == nil { answered[digest] = lines }
            try disk.place(
                receipt(bundle, digest, lines, own), in: hall.stick,
                as: Bundle.fileName(gateway: "hall-7", number: number, "receipt"))
        }
    }

    /// Adds to a file and waits until it is on the disk.
    private static func append(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "a"))
        defer { fclose(file) }
        try #require(fputs(text, file) >= 0 && fflush(file) == 0 && fsync(fileno(file)) == 0)
    }

    private mutating func outcome(_ entry: Bundle.Entry, in number: UInt64) -> String {
        let id = entry.id
        if let words = objection(entry.message) { return "\(id) rejected \(BinaryText.base64.encode(words.utf8))" }
        if putsOff { return "\(id) retry -" }
        if rejectsNext, ratings[id] == nil {
            rejectsNext = false
            return "\(id) rejected -"
        }
        if let before = ratings[id] {
            if before != number {
                repeated += 1
                arrivals.append(id)
            }
            return "\(id) duplicate -"
        }
        ratings[id] = number
        arrivals.append(id)
        return "\(id) accepted -"
    }

    private func receipt(
        _ bundle: Bundle, _ digest: String, _ lines: [String], _ signer: BundleSigner
    ) throws -> [UInt8] {
        let verdict = refusal.map { "refused " + BinaryText.base64.encode($0.utf8) } ?? "answered"
        let fields = [
            (name: "gateway", value: bundle.gateway), ("series", bundle.series), ("number", String(bundle.number)),
            ("bundle", digest), ("created", bundle.created), ("verdict", verdict), ("count", String(lines.count)),
            ("signed", signer.method), ("key", signer.keyID),
        ]
        let body = SignedText.body(BundleReceipt.kind, fields, lines)
        return SignedText.file(body, signature: try signer.sign(body).signature)
    }
}
