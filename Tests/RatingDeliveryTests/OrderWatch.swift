// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import RatingModel
import UplinkAPI

/// Watches from outside that ratings of a device are handed over in their order.
///
/// A rating may go while an earlier one of its device waits only where the region has spoken of that one, or has kept
/// silent about it so often that it is passed over.
struct OrderWatch {
    let silencesToOvertake: Int
    private var open: [DeviceID: [Int: RecordID]] = [:]
    private var spokenOf: Set<RecordID> = []
    private var silences: [RecordID: Int] = [:]
    private(set) var complaints: [String] = []
    private(set) var overtakings = 0

    init(silencesToOvertake: Int) { self.silencesToOvertake = silencesToOvertake }

    mutating func recorded(_ number: Int, _ id: RecordID, from device: DeviceID) {
        open[device, default: [:]][number] = id
    }

    mutating func settled(_ id: RecordID) {
        for device in open.keys { open[device] = open[device]?.filter { $0.value != id } }
    }

    /// A batch is handed over: what of its devices is open and earlier must be part of it, or passable.
    mutating func sent(_ batch: [OutgoingRecord]) {
        var gone: Set<RecordID> = []
        for rating in batch {
            let key = rating.content.key
            for (number, id) in open[key.device] ?? [:] where number < Int(key.sequence) && !gone.contains(id) {
                overtakings += 1
                if spokenOf.contains(id) || silences[id, default: 0] >= silencesToOvertake { continue }
                complaints.append("\(key.sequence) of \(key.device) overtook \(number)")
            }
            gone.insert(rating.id)
        }
    }

    mutating func answered(_ batch: [OutgoingRecord], _ report: DeliveryReport) {
        switch report {
        case .unreachable: break
        case .refusedWhole: if batch.count == 1 { spokenOf.insert(batch[0].id) }
        case .answered(let outcomes):
            for (index, rating) in batch.enumerated() {
                switch index < outcomes.count ? outcomes[index].verdict : .unknown {
                case .accepted, .duplicate: settled(rating.id)
                case .rejected, .retry: spokenOf.insert(rating.id)
                case .unknown, .awaitingReceipt: silences[rating.id, default: 0] += 1
                }
            }
        }
    }
}
