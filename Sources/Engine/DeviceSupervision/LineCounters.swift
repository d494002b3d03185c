// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import OperatorAPI
import RatingModel

/// What was counted on a line since the daemon started, by cause; a line that takes another's place goes on counting.
struct LineCounters: Sendable, Hashable {
    var recorded: Int64 = 0
    var refused: Int64 = 0
    var connections: Int64 = 0
    var checksumErrors: Int64 = 0
    var otherBadFrames: Int64 = 0
    var resyncBytes: Int64 = 0
    var repeats: Int64 = 0

    /// Bytes passed over and frames found wrong, together.
    var bad: Int64 { [checksumErrors, otherBadFrames, resyncBytes].reduce(0, Self.sum) }

    /// Counts up to the end of the numbers: what comes off a line is not to be trusted with an overflow.
    static func sum(_ count: Int64, _ more: Int64) -> Int64 {
        let (sum, overflow) = count.addingReportingOverflow(max(0, more))
        return overflow ? .max : sum
    }

    mutating func count(_ observation: DeviceObservation) {
        switch observation {
        case .garbage(let bytes): resyncBytes = Self.sum(resyncBytes, Int64(clamping: bytes))
        case .badFrame(let reason) where reason.hasPrefix(DeviceObservation.checksum):
            checksumErrors = Self.sum(checksumErrors, 1)
        case .badFrame: otherBadFrames = Self.sum(otherBadFrames, 1)
        case .repeated: repeats = Self.sum(repeats, 1)
        default: break
        }
    }
}

extension DeviceCapabilities {
    /// The same for operators.
    var abilities: GatewayStatus.Device.Abilities {
        let missing = levels.isEmpty ? [] : SatisfactionLevel.allCases.filter { !levels.contains($0) }
        return GatewayStatus.Device.Abilities(
            thanks: thanks.rawValue, keepsLog: keepsLog, prompts: prompts, displays: displays,
            showsCodes: showsCodes, opensPages: opensPages, takesRatings: !levels.isEmpty,
            missingLevels: missing.map(\.label))
    }
}
