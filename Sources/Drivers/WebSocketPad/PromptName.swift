// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The `rateId` of a prompt: its number with six check digits behind it, so that it is known for the gateway's own also
/// over a new connection, where a pad that counts by itself may use numbers too.
///
/// The check is FNV-1a (32 bits) over the number's decimal digits, modulo a million. A `rateId` is below 2^53, which
/// every reader of JSON takes for a whole number.
enum PromptName {
    private static let checks: UInt64 = 1_000_000

    /// The `rateId` of a prompt.
    static func name(of number: PromptNumber) -> UInt64 { UInt64(number) * checks + check(of: number) }

    /// The prompt of a `rateId`; `nil` for one that the gateway did not hand out.
    static func prompt(named rateID: String) -> PromptNumber? {
        guard let name = UInt64(rateID), let number = PromptNumber(exactly: name / checks), number != 0,
            name % checks == check(of: number), String(name) == rateID
        else { return nil }
        return number
    }

    private static func check(of number: PromptNumber) -> UInt64 {
        let hash = String(number).utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        return UInt64(hash) % checks
    }
}
