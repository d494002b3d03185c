// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

/// What became of something that was to be recorded, with the record it is or came again as.
enum Reception: Sendable, Hashable {
    /// It is on disk under this id.
    case recorded(RecordID)
    /// The same was on disk already, under this id: it is thanked for again.
    case duplicate(of: RecordID)
    /// Something else under its key was on disk already; it is kept beside that under an id of its own.
    case conflict(with: RecordID, keptAs: RecordID)
    /// It is not on disk, or that is not known: nobody may be thanked.
    case refused(GatewayError)

    /// What a driver is told.
    var disposition: PressDisposition {
        switch self {
        case .recorded, .duplicate, .conflict: .recorded
        case .refused(let error): .refused(error)
        }
    }

    /// The record that stands under the key; `nil` where none is known to.
    var record: RecordID? {
        switch self {
        case .recorded(let id), .duplicate(let id), .conflict(let id, _): id
        case .refused: nil
        }
    }
}
