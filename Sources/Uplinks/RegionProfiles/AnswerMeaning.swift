// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// What an HTTP status and body mean for a batch.
struct AnswerMeaning: Sendable {
    let profile: RegionProfile

    func report(_ answer: RegionReply, on batch: [OutgoingRating], now: WallTime) -> DeliveryReport {
        let read = RegionAnswer(answer.body)
        switch answer.status {
        case 200:
            guard let read else { return .unreachable(.unreadableRegionAnswer, mayHaveArrived: true, retryAfter: nil) }
            return read.report(on: batch, profile: profile)
        case 400, 413, 422:
            let words = read?.message ?? ""
            let message = words.isEmpty ? "HTTP \(answer.status)" : "HTTP \(answer.status): \(words)"
            return RegionAnswer.refusal(of: batch, message: message, profile: profile)
        default:
            // A server that failed, or a gateway before it, may have handed the batch on first.
            return .unreachable(
                .regionStatus(answer.status), mayHaveArrived: answer.status >= 500 || answer.status == 408,
                retryAfter: answer.retryAfter.flatMap { RetryAfter.wait($0, now: now) })
        }
    }
}

/// The header's two forms (RFC 9110 section 10.2.3).
enum RetryAfter {
    /// The wait it asks for; `nil` where it cannot be read, zero where the moment has passed.
    static func wait(_ text: String, now: WallTime) -> Duration? {
        if let seconds = Int64(text), seconds >= 0 { return .seconds(min(seconds, 86_400 * 365)) }
        guard let moment = date(text) else { return nil }
        let seconds = moment - now.millisecondsSinceEpoch / 1000
        return .seconds(min(max(0, seconds), 86_400 * 365))
    }

    /// Seconds since the epoch of an IMF-fixdate such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ text: String) -> Int64? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]), (1...31).contains(day),
            let month = months.firstIndex(of: words[2]), let year = Int64(words[3]), (1970...9999).contains(year)
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int64($0) }
        guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        return CivilDate.secondsSinceEpoch(
            year: year, month: Int64(month) + 1, day: day, hour: time[0], minute: time[1], second: time[2])
    }
}
