// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

extension BundleKeeper {
    /// Puts every unanswered bundle on the medium that is not there, oldest first; `present` is what is.
    ///
    /// So a stick that was exchanged holds all the region needs, and one that comes back holds what it lacks.
    mutating func export(present: Set<String>) throws(GatewayError) {
        let unanswered = index.unanswered
        // Something is missing that was there: this may be another stick, whose files were not looked at yet.
        if unanswered.contains(where: { examined.contains($0) && !present.contains(bundleName($0)) }) { examined = [] }
        for number in unanswered where !examined.contains(number) {
            let name = bundleName(number)
            do throws(DiskError) {
                guard let file = try disk.read(home + "/" + name, atMost: SignedText.mostBytes) else {
                    throw DiskError(call: "open", number: 2)
                }
                let there = present.contains(name) ? try onMedium(name) : nil
                if let there, there != file, SignedText(there, kind: Bundle.kind, fields: Bundle.fieldNames) != nil {
                    throw DiskError.foreign
                }
                if there != file { try disk.place(file, in: settings.directory, as: name) }
                examined.insert(number)
            } catch {
                if error == .foreign { throw .foreignBundle(settings.directory + "/" + name) }
                throw .medium(settings.directory, error)
            }
        }
        examined.formIntersection(unanswered)
    }

    private func onMedium(_ name: String) throws(DiskError) -> [UInt8]? {
        try disk.read(settings.directory + "/" + name, atMost: SignedText.mostBytes)
    }

    /// The names on the medium.
    func present() throws(GatewayError) -> Set<String> {
        do throws(DiskError) { return Set(try disk.names(in: settings.directory)) } catch {
            throw .medium(settings.directory, error)
        }
    }

    /// Takes every receipt on the medium that is new.
    mutating func importReceipts(among names: Set<String>) throws(GatewayError) {
        for name in names.sorted() {
            guard let number = Bundle.number(in: name, gateway: settings.gateway, "receipt"),
                let held = index.bundles[number], held.waiting > 0
            else { continue }
            do throws(DiskError) {
                guard let file = try onMedium(name), judged[name] != file.hashValue else { continue }
                let complaint = try take(file, name, number, held.digest)
                if judged.count >= Self.mostJudged { judged = [:] }
                judged[name] = file.hashValue
                if let complaint { complaints.append(.badReceipt(name, complaint)) }
                complaints = complaints.suffix(Self.mostComplaints)
            } catch {
                throw .medium(settings.directory, error)
            }
        }
        sweep(names)
        for number in index.forget() { try? disk.remove(home + "/" + receiptName(number)) }
    }

    /// Removes what has done its work and was left, as where the power went or the stick was pulled in between.
    private func sweep(_ names: Set<String>) {
        for name in names {
            guard let number = Bundle.number(in: name, gateway: settings.gateway, "bundle"),
                let held = index.bundles[number], held.waiting == 0
            else { continue }
            try? disk.remove(settings.directory + "/" + name)
            try? disk.remove(settings.directory + "/" + receiptName(number))
        }
    }

    private static let mostJudged = 1000
    private static let mostComplaints = 100

    /// Looks for receipts, and answers what came since this was asked last.
    mutating func look() throws(GatewayError) -> ReceiptFindings {
        try importReceipts(among: present())
        defer { complaints = [] }
        return ReceiptFindings(answered: index.takeNews(), untold: index.untold, complaints: complaints)
    }

    /// Keeps a receipt and then counts it; answers why it does not count.
    private mutating func take(
        _ file: [UInt8], _ name: String, _ number: UInt64, _ digest: String
    ) throws(DiskError) -> String? {
        guard let receipt = BundleReceipt(file, by: verifier) else { return "its form or its signature is wrong" }
        guard receipt.gateway == settings.gateway, receipt.series == state.series, receipt.number == number,
            receipt.bundle == digest
        else { return "it answers another bundle" }
        // One that speaks of some of the ratings may be followed by one that speaks of them all, and takes its place.
        try disk.place(file, in: home, as: name)
        guard index.apply(receipt) else { return nil }
        try? disk.remove(home + "/" + bundleName(number))
        if receipt.refusal != nil { try? disk.remove(home + "/" + name) }
        // The stick is swept by whoever knows that both files have done their work; that it fails does not matter.
        try? disk.remove(settings.directory + "/" + bundleName(number))
        try? disk.remove(settings.directory + "/" + name)
        return nil
    }
}

extension DiskError {
    /// A bundle of the same number stands there that is another one.
    fileprivate static let foreign = DiskError(call: "foreign", number: 0)
}
