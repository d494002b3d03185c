// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// What one backlog showed.
struct DrainRun {
    let pending: Int
    var counts: DrainCounts?
    /// Bytes, looked at ten times a second.
    var resident: [Int] = []
    var anonymous = 0
    /// The daemon's processor time, in seconds.
    var processor = 0.0
    /// What wrk posted, in ratings a second.
    var ceiling: Double?

    /// Ratings a second from the first batch to the last.
    var rate: Double {
        guard let counts, counts.batches > 1, counts.lastAt > counts.firstAt else { return 0 }
        let behindFirst = Double(counts.ratings) * Double(counts.batches - 1) / Double(counts.batches)
        return behindFirst / (Double(counts.lastAt - counts.firstAt) / 1e9)
    }

    /// Whether every rating arrived, and once.
    var isWell: Bool { counts?.ratings == pending && counts?.duplicates == 0 }

    var mostResident: Int { resident.max() ?? 0 }

    /// The run for people, in figures alone.
    var line: String {
        let mebibytes = rounded(Double(mostResident) / 1_048_576, digits: 1)
        let cost = rounded(processor / Double(pending) * 1e6, digits: 1)
        return
            "  \(pending): \(rounded(rate, digits: 0))/s, \(cost) µs CPU, RSS <= \(mebibytes) MiB\(isWell ? "" : " !")"
    }
}

/// What `hallgate-lab bench drain` measured.
struct DrainReport {
    let batch: Int
    var runs: [DrainRun] = []

    /// Ratings a second that are wanted.
    static let goal = 50_000.0
    /// The share of the rate of the smallest backlog that the largest is to have.
    static let steadiness = 0.9

    var isWell: Bool { runs.allSatisfy(\.isWell) }

    /// The median rate of the runs with so many ratings.
    func rate(_ pending: Int) -> Double {
        let rates = runs.filter { $0.pending == pending }.map(\.rate).sorted()
        return rates.isEmpty ? 0 : rates[rates.count / 2]
    }

    private var amounts: [Int] { Set(runs.map(\.pending)).sorted() }
    private var ceiling: Double? { runs.compactMap(\.ceiling).last }
    private var share: Double {
        guard let least = amounts.first, let most = amounts.last, rate(least) > 0 else { return 0 }
        return rate(most) / rate(least)
    }

    /// The last line of the output.
    var json: String {
        var fields = [("batch", "\(batch)")]
        for amount in amounts {
            let same = runs.filter { $0.pending == amount }
            fields.append(("rate_\(amount)", rounded(rate(amount), digits: 0)))
            fields.append(
                ("rss_mib_\(amount)", rounded(Double(same.map(\.mostResident).max() ?? 0) / 1_048_576, digits: 1)))
            let cost = same.map { $0.processor / Double(amount) * 1e6 }.min() ?? 0
            fields.append(("cpu_us_\(amount)", rounded(cost, digits: 1)))
        }
        fields.append(("ceiling_rate", ceiling.map { rounded($0, digits: 0) } ?? "null"))
        fields.append(("goal_rate", rounded(Self.goal, digits: 0)))
        fields.append(("meets_goal", "\(amounts.allSatisfy { rate($0) >= Self.goal })"))
        fields.append(("share", rounded(share, digits: 2)))
        fields.append(("meets_share", "\(share >= Self.steadiness)"))
        fields.append(("well", "\(isWell)"))
        return "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    /// The same for people, in their language.
    func summary(locale: String) -> [String] {
        func text(_ english: String, _ chinese: String) -> String { LocalText(english, chinese).text(for: locale) }
        let most = ceiling.map { rounded($0, digits: 0) } ?? text("not measured", "未测")
        return amounts.map { amount in
            let figure = rounded(rate(amount), digits: 0)
            return text(
                "\(amount) waiting: \(figure) ratings/s in batches of \(batch)",
                "积压 \(amount) 条：每秒送达 \(figure) 条，每批 \(batch) 条")
        } + [
            text("wrk, same batches, one connection: \(most) ratings/s", "wrk 同样批次、单连接：每秒 \(most) 条"),
            text("goal: ", "目标：") + "\(rounded(Self.goal, digits: 0))/s, "
                + text("largest backlog ", "最大积压与最小积压速率之比 ") + "\(rounded(share, digits: 2)) (>= \(Self.steadiness))",
        ]
    }
}
