// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import RatingModel
import SQLite
import VirtualPads

extension PressedFact {
    /// Every rating in a pad's memory; prompts that ended without one are results, not ratings.
    ///
    /// `cases` says which case each prompt was opened for.
    static func all(in contents: PadMemoryContents, cases: [UInt32: CaseReference]) -> [PressedFact] {
        let device =
            "native-" + String(repeating: "0", count: max(0, 16 - contents.device.utf8.count)) + contents.device
        return contents.presses.compactMap { press in
            guard press.result == .rated, let level = SatisfactionLevel(rawValue: press.level) else { return nil }
            return PressedFact(
                place: PressPlace(log: press.log, sequence: UInt64(press.sequence)), device: device, level: level,
                caseReference: cases[press.prompt])
        }
    }
}

extension DeliveredFact {
    /// Everything the region's store holds, read by a reader of its own straight from the file.
    static func all(inStore path: String) throws(SQLiteError) -> [DeliveredFact] {
        let store = try Database(path: path, access: .read, busyTimeoutMilliseconds: 5000)
        defer { store.close() }
        let columns = "id, device, log, sequence, projectNo, serviceNumber, json_extract(body, '$.satisfaction')"
        var facts: [DeliveredFact] = []
        for (table, isCompeting) in [("receipts", false), ("competing", true)] {
            try store.prepare("SELECT \(columns) FROM \(table)").rows { row throws(SQLiteError) in
                let log = row.isNull(2) ? nil : UInt64(row.text(2), radix: 16)
                let sequence = row.isNull(3) ? nil : UInt64(exactly: row.integer(3))
                var place: PressPlace?
                if let log, let sequence { place = PressPlace(log: log, sequence: sequence) }
                facts.append(
                    DeliveredFact(
                        id: row.text(0), place: place, device: row.text(1), satisfaction: row.text(6),
                        caseReference: CaseReference(projectNumber: row.text(4), serviceNumber: row.text(5)),
                        isCompeting: isCompeting))
            }
        }
        return facts
    }
}
