// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// Something the log should hold. It names records and causes, never a level and never the region's words (G9).
enum DeliveryNote: Sendable, Equatable {
    /// The uplink stopped working; single ratings are tried from now on.
    case outageBegan(GatewayError)
    /// The region took a rating again, or at least answers.
    case outageEnded
    /// An exchange failed; how often in a row.
    case exchangeFailed(GatewayError, inARow: Int)
    /// A rating is parked; the reason stands in its receipt.
    case parked(RecordID)
    /// A batch was refused whole and is halved.
    case halved(ratings: Int)
    /// The journal could not lend or settle.
    case journalFailed(GatewayError)
    /// The region's test call failed.
    case probeFailed(GatewayError)
}

extension GatewayError {
    /// The region refuses and has not accepted anything since.
    static let ratingRefused = GatewayError(
        "uplink.refused", LocalText("the region refused ratings and has accepted none since", "上级系统拒收评价，此后未接收任何评价"),
        hint: LocalText(
            "the region's words stand in the receipts; nothing is discarded, delivery is tried again by itself",
            "上级系统的答复保存在回执中；评价不会丢弃，系统会自动重试"))

    /// The region answers, and takes nothing yet.
    static let ratingsPutOff = GatewayError(
        "uplink.put-off", LocalText("the region put the ratings off or did not speak of them", "上级系统暂不接收，或未答复这些评价"),
        hint: LocalText("delivery is tried again by itself", "系统会自动重试"))
}
