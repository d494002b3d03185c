// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// What a region's answer says of ratings, taken for no more than it says: whatever is missing, doubled or foreign counts
/// as unknown.
struct AnswerReader: Sendable {
    let rules: AnswerRules
    /// Whether an unknown case is one that comes, because the case platform files it.
    let waitsForCase: Bool
    let open: @Sendable ([UInt8]) -> [UInt8]?

    init(
        _ rules: AnswerRules, waitsForCase: Bool = false,
        open: @escaping @Sendable ([UInt8]) -> [UInt8]? = { $0 }
    ) {
        self.rules = rules
        self.waitsForCase = waitsForCase
        self.open = open
    }

    /// The answer proper; `nil` where the bytes are none.
    func tree(_ bytes: [UInt8]) -> AnswerTree? {
        guard let outer = AnswerTree(bytes, as: rules.form) else { return nil }
        guard let inside = rules.inside else { return outer }
        guard let place = outer.node(inside), let text = outer.text(place), let opened = open(text) else { return nil }
        return AnswerTree(opened, as: rules.form)
    }

    // MARK: A batch

    /// What an answer with a good status says of a batch.
    func report(_ tree: AnswerTree, on batch: [OutgoingRecord]) -> DeliveryReport {
        guard isReadable(tree) else {
            return .unreachable(.unreadableRegionAnswer, mayHaveArrived: true, retryAfter: nil)
        }
        if let each = rules.each, let place = presentList(each, tree) {
            guard let items = tree.items(each.list) ?? (place ? nil : []) else {
                return .unreachable(.unreadableRegionAnswer, mayHaveArrived: true, retryAfter: nil)
            }
            return .answered(EachReader(each, reader: self, tree: tree).outcomes(of: items, batch: batch))
        }
        let words = tree.words(rules.message) ?? ""
        if holds(.success, tree) {
            let verdict: DeliveryVerdict = rules.each == nil ? .accepted : .unknown
            return .answered(batch.map { _ in DeliveryOutcome(verdict, answer: ReceiptText.shortened(words)) })
        }
        return refusal(of: batch, tree, words: words)
    }

    /// A batch refused as a whole: what is said of it counts for a rating that stands alone.
    func refusal(of batch: [OutgoingRecord], _ tree: AnswerTree?, words: String) -> DeliveryReport {
        let answer = ReceiptText.shortened(words)
        guard let tree else { return .refusedWhole(answer: answer) }
        if holds(.retry, tree) || (waitsForCase && batch.count == 1 && holds(.missingCase, tree)) {
            return .answered(batch.map { _ in DeliveryOutcome(.retry(after: nil), answer: answer) })
        }
        guard batch.count == 1 else { return .refusedWhole(answer: answer) }
        if holds(.duplicate, tree) { return .answered([DeliveryOutcome(.duplicate, answer: answer)]) }
        if holds(.refused, tree) || holds(.missingCase, tree) {
            return .answered([DeliveryOutcome(.rejected, answer: answer)])
        }
        return .refusedWhole(answer: answer)
    }

    /// Whether the place where success is said is there and says something.
    private func isReadable(_ tree: AnswerTree) -> Bool {
        guard let conditions = rules.whole[.success], !conditions.isEmpty else { return true }
        return conditions.contains { condition in
            guard let place = tree.node(condition.path) else { return false }
            switch (condition.test, tree.nodes[place].kind) {
            case (.isFlag, .yes), (.isFlag, .no): return true
            case (.isText, .text), (.isText, .number), (.contains, .text), (.contains, .number): return true
            default: return false
            }
        }
    }

    /// Whether what is said of each rating is there: `nil` where it is not, `false` where it is but null.
    private func presentList(_ each: AnswerRules.Each, _ tree: AnswerTree) -> Bool? {
        if tree.form == .xml { return tree.items(each.list).flatMap { $0.isEmpty ? nil : true } }
        guard let place = tree.node(each.list), tree.nodes[place].kind != .null else { return nil }
        return true
    }

    // MARK: Conditions

    func holds(_ meaning: AnswerRules.Meaning, _ tree: AnswerTree) -> Bool {
        Self.holds(rules.whole[meaning], tree, from: 0)
    }

    static func holds(_ conditions: [Condition]?, _ tree: AnswerTree, from root: Int) -> Bool {
        guard let conditions else { return false }
        return conditions.contains { condition in
            guard let place = tree.node(condition.path, from: root) else { return false }
            switch condition.test {
            case .isFlag(let flag): return tree.nodes[place].kind == (flag ? .yes : .no)
            case .isText(let texts): return texts.contains { tree.has(place, $0) }
            case .contains(let phrases):
                guard tree.nodes[place].start < tree.nodes[place].stop, let text = tree.text(place) else {
                    return false
                }
                return phrases.contains { text[...].firstPlace(of: Array($0.utf8)) != nil }
            }
        }
    }
}
