// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import SQLite

/// What whoever runs the region has it do, beside answering.
enum AdminOrder: Sendable, Hashable {
    /// Lets the halls know something.
    case notice(RegionNotice)
    /// Loses a rating.
    case remove(String)
    /// Counts a rating otherwise than it came; what is `nil` stays.
    case alter(String, satisfaction: String? = nil, pf: String? = nil, projectNo: String? = nil)
    /// Puts a fault behind those in force.
    case fault(FaultRule)
    /// Takes every fault away.
    case clear
}

extension RegionCore {
    /// Obeys an order; on disk, where it is kept there, when this returns. `false` where no such rating is held.
    func obey(_ order: AdminOrder) throws(SQLiteError) -> Bool {
        switch order {
        case .fault(let rule): inject(rule)
        case .clear: clearFaults()
        case .notice(let notice):
            _ = try store.transaction { () throws(SQLiteError) in try store.add(notice) }
        case .remove(let id):
            return try store.transaction { () throws(SQLiteError) in try store.remove(id) }
        case .alter(let id, let satisfaction, let pf, let projectNo):
            return try store.transaction { () throws(SQLiteError) in
                try store.alter(id, satisfaction: satisfaction, pf: pf, projectNo: projectNo)
            }
        }
        return true
    }
}
