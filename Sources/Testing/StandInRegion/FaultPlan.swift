// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The faults in force, and which of them fires for each request: a machine without clock or I/O.
///
/// Rules are asked in the order given. Every `delay` that fires adds up; of the others the first that fires decides
/// the request and the rest are not asked, so that a rule limited by `xN` is used up only where its fault happened.
struct FaultPlan: Sendable {
    /// What happens to one request.
    struct Decision: Sendable, Hashable {
        /// How long the answer waits.
        var delay: Duration = .zero
        /// The fault that decides the answer, if any.
        var kind: FaultKind?
        /// The names to count, in the order fired.
        var fired: [String] = []
    }

    private struct Rule: Sendable {
        let rule: FaultRule
        let given: Duration
        var left: Int?
    }

    private var rules: [Rule] = []
    private var random: SeededRandom

    init(_ rules: [FaultRule], seed: UInt64) {
        random = SeededRandom(seed: seed)
        for rule in rules { add(rule, at: .zero) }
    }

    /// Puts a rule behind those in force; its window counts from now.
    mutating func add(_ rule: FaultRule, at now: Duration) {
        rules.append(Rule(rule: rule, given: now, left: rule.limit))
    }

    /// Takes every rule away.
    mutating func clear() { rules.removeAll() }

    /// Decides a request. One that carries no ratings meets only the rules without a limit, and uses none up.
    mutating func decide(carriesRatings: Bool, at now: Duration) -> Decision {
        var decision = Decision()
        for index in rules.indices where !rules[index].rule.kind.isPerRating {
            if !carriesRatings, rules[index].left != nil { continue }
            if case .delay = rules[index].rule.kind {} else if decision.kind != nil { continue }
            guard fires(index, at: now) else { continue }
            let kind = rules[index].rule.kind
            decision.fired.append(kind.name)
            if case .delay(let time) = kind { decision.delay += time } else { decision.kind = kind }
        }
        rules.removeAll { $0.left == 0 }
        return decision
    }

    /// Whether a rule in force decides single ratings.
    var decidesRatings: Bool { rules.contains { $0.rule.kind.isPerRating } }

    /// Decides a rating the region does not hold yet: `reject`, `retry`, or `nil` for a true answer.
    mutating func decideRating(at now: Duration) -> FaultKind? {
        let index = rules.indices.first { rules[$0].rule.kind.isPerRating && fires($0, at: now) }
        let kind = index.map { rules[$0].rule.kind }
        rules.removeAll { $0.left == 0 }
        return kind
    }

    private mutating func fires(_ index: Int, at now: Duration) -> Bool {
        let entry = rules[index]
        if let window = entry.rule.window, !window.contains(now - entry.given) { return false }
        guard entry.rule.probability >= 1 || Double.random(in: 0..<1, using: &random) < entry.rule.probability else {
            return false
        }
        rules[index].left = entry.left.map { $0 - 1 }
        return true
    }
}
