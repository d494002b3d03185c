// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import RatingModel
import UplinkAPI

/// Makes bundles, keeps them until the region answered, and sees to it that the medium holds all that are unanswered.
///
/// A bundle is made once, in the state directory, and only copied to the medium: a stick that is full, exchanged or
/// pulled out changes neither its number nor its bytes. All of this waits for disks; see ``DiskThread``.
struct BundleKeeper: Sendable {
    let settings: FileUplinkConfiguration
    /// Where the running number, unanswered bundles and receipts are kept.
    let home: String
    let disk: any BundleDisk
    let signer: BundleSigner
    let verifier: BundleVerifier
    var state: BundleState
    var index = BundleIndex()
    /// Bundles that were found or put on the medium as it is now.
    var examined: Set<UInt64> = []
    /// Receipts that were taken or complained of, so that each is so once.
    var judged: [String: Int] = [:]
    /// What nobody has heard of yet.
    var complaints: [GatewayError] = []

    /// Opens the state, mends what a power cut left, and remembers what is under way.
    static func open(
        _ settings: FileUplinkConfiguration, home: String, disk: any BundleDisk
    ) throws(GatewayError) -> BundleKeeper {
        guard let key = KeySource(settings.key), let receiptKey = KeySource(settings.receiptKey) else {
            throw .bundleState(home, "the configuration names no key")
        }
        let signer = try BundleSigner.load(key, settings.signature, identity: settings.identity)
        let verifier = try BundleVerifier.load(receiptKey, settings.signature, identity: settings.identity)
        do {
            var names = try disk.names(in: home)
            for name in names where name.hasSuffix(".new") { try disk.remove(home + "/" + name) }
            names.removeAll { $0.hasSuffix(".new") }
            let file = try disk.read(home + "/" + BundleState.fileName, atMost: 4096)
            if let file, BundleState(file) == nil { throw GatewayError.bundleState(home, "the file state is damaged") }
            var keeper = BundleKeeper(
                settings: settings, home: home, disk: disk, signer: signer, verifier: verifier,
                state: try file.flatMap { BundleState($0) } ?? .fresh())
            try keeper.load(names, isNew: file == nil)
            return keeper
        } catch let error as GatewayError {
            throw error
        } catch {
            throw .bundleState(home, "\(error)")
        }
    }

    /// Reads the bundles and receipts in the state directory. A bundle that was made when the power went, before it was
    /// counted, is counted now.
    private mutating func load(_ names: [String], isNew: Bool) throws {
        let numbers = names.compactMap { Bundle.number(in: $0, gateway: settings.gateway, "bundle") }.sorted()
        if isNew, !numbers.isEmpty { throw GatewayError.bundleState(home, "the file state is gone") }
        if isNew { try keepState() }
        for number in numbers {
            let path = home + "/" + Bundle.fileName(gateway: settings.gateway, number: number)
            guard let file = try disk.read(path, atMost: SignedText.mostBytes),
                let (bundle, digest) = Bundle.read(file, by: signer), bundle.number == number,
                bundle.series == state.series
            else {
                // Its ratings are delivered again, into another bundle.
                try disk.rename(path, to: path + ".damaged")
                continue
            }
            if number > state.number {
                (state.number, state.digest) = (number, digest)
                try keepState()
            }
            index.add(number, digest: digest, bundle.entries.map(\.id))
        }
        for name in names {
            guard let number = Bundle.number(in: name, gateway: settings.gateway, "receipt"),
                let file = try disk.read(home + "/" + name, atMost: SignedText.mostBytes),
                let receipt = BundleReceipt(file, by: verifier), receipt.number == number
            else { continue }
            if receipt.refusal != nil, index.bundles[number] == nil { try? disk.remove(home + "/" + name) }
            if index.bundles[number] == nil, receipt.refusal == nil {
                index.add(number, digest: receipt.bundle, receipt.outcomes.map(\.id))
            }
            if index.apply(receipt) { try? disk.remove(home + "/" + bundleName(number)) }
        }
        index.tellAll()
    }

    func bundleName(_ number: UInt64) -> String { Bundle.fileName(gateway: settings.gateway, number: number) }

    func receiptName(_ number: UInt64) -> String {
        Bundle.fileName(gateway: settings.gateway, number: number, "receipt")
    }

    private func keepState() throws {
        try disk.place(try state.bytes(), in: home, as: BundleState.fileName)
    }

    /// Makes a bundle of ratings that are in none. It exists from the moment its name is on the state directory's disk.
    mutating func make(_ entries: [Bundle.Entry], created: String) throws(GatewayError) {
        let number = state.number + 1
        let bundle = Bundle(
            gateway: settings.gateway, series: state.series, number: number, previous: state.digest, created: created,
            entries: entries)
        do {
            let written = try bundle.written(by: signer)
            try disk.place(written.file, in: home, as: bundleName(number))
            (state.number, state.digest) = (number, written.digest)
            index.add(number, digest: written.digest, entries.map(\.id))
            try keepState()
        } catch {
            throw .bundleState(home, "\(error)")
        }
    }
}
