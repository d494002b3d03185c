// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallgateTesting
import RatingModel
import UplinkAPI

func samples(_ numbers: ClosedRange<Int>) -> [OutgoingRecord] { numbers.map { UplinkSamples.outgoing($0) } }

extension DeliveryReport {
    var failure: GatewayError? {
        if case .unreachable(let error, _, _) = self { error } else { nil }
    }

    var mayHaveArrived: Bool? {
        if case .unreachable(_, let mayHave, _) = self { mayHave } else { nil }
    }

    var verdicts: [DeliveryVerdict]? {
        if case .answered(let outcomes) = self { outcomes.map(\.verdict) } else { nil }
    }
}
