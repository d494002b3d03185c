// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
public import UplinkAPI

extension HTTPSUplinkConfiguration {
    /// What the region takes at once; known before a connection or a certificate is.
    public var limits: UplinkLimits {
        UplinkLimits(
            batchRecords: min(max(1, batchRecords), Limits.batchRecords),
            leastInterval: batchesPerSecond > 0 ? .seconds(1) / batchesPerSecond : .zero,
            ratingsPerCase: profile.ratingsPerCase, takesUnrated: false, takesUnmatched: false)
    }
}
