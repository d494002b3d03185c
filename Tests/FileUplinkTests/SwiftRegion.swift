// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import RatingModel

@testable import FileUplink

/// A region in this process, for tests that go the way often; the one in Python is the independent one.
struct SwiftRegion {
    let hall: BundleFixture
    /// The ratings it holds, and in which bundle each came.
    private(set) var ratings: [RecordID: UInt64] = [:]
    /// How many came in more than one bundle.
    private(set) var repeated = 0
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

    init(_ hall: BundleFixture) { self.hall = hall }

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
            let lines = answered[digest] ?? (refusal == nil ? bundle.entries.map { outcome($0.id, in: number) } : [])
            guard answers else { continue }
            if refusal == nil { answered[digest] = lines }
            try disk.place(
                receipt(bundle, digest, lines, own), in: hall.stick,
                as: Bundle.fileName(gateway: "hall-7", number: number, "receipt"))
        }
    }

    private mutating func outcome(_ id: RecordID, in number: UInt64) -> String {
        if putsOff { return "\(id) retry -" }
        if rejectsNext, ratings[id] == nil {
            rejectsNext = false
            return "\(id) rejected -"
        }
        if let before = ratings[id] {
            if before != number { repeated += 1 }
            return "\(id) duplicate -"
        }
        ratings[id] = number
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
