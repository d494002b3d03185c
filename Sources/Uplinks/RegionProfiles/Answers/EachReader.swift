// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// Reads what an answer says of each rating.
struct EachReader {
    private let each: AnswerRules.Each
    private let reader: AnswerReader
    private let tree: AnswerTree
    /// Whether this answers a question, so that what is not there is to be sent again.
    private let isQuestion: Bool

    init(_ each: AnswerRules.Each, reader: AnswerReader, tree: AnswerTree, isQuestion: Bool = false) {
        (self.each, self.reader, self.tree, self.isQuestion) = (each, reader, tree, isQuestion)
    }

    /// One outcome for each rating of a batch; unknown where the answer does not speak of it.
    func outcomes(of items: [Int], batch: [OutgoingRecord]) -> [DeliveryOutcome] {
        var found = [DeliveryOutcome?](repeating: nil, count: batch.count)
        var places: [Key: Int]?
        var last = (place: Int32(-1), stop: Int32(-1), outcome: DeliveryOutcome(.unknown, answer: ""))
        for (number, item) in items.enumerated() {
            guard let place = place(of: item, number, batch, &places) else { continue }
            guard let outcome = outcome(of: item, &last) else { continue }
            if let other = found[place], other.verdict != outcome.verdict {
                found[place] = Self.both(other, outcome)
            } else {
                found[place] = outcome
            }
        }
        return found.map { $0 ?? DeliveryOutcome(.unknown, answer: "") }
    }

    /// What the answer says of ratings by their ids, whatever batch they were in.
    func outcomes(of items: [Int]) -> [RecordID: DeliveryOutcome] {
        guard case .id(let path) = each.key else { return [:] }
        var found: [RecordID: DeliveryOutcome] = [:]
        var last = (place: Int32(-1), stop: Int32(-1), outcome: DeliveryOutcome(.unknown, answer: ""))
        for item in items {
            guard let id = id(at: path, item), let outcome = outcome(of: item, &last) else { continue }
            if let other = found[id], other.verdict != outcome.verdict {
                found[id] = Self.both(other, outcome)
            } else {
                found[id] = outcome
            }
        }
        return found
    }

    private static func both(_ one: DeliveryOutcome, _ other: DeliveryOutcome) -> DeliveryOutcome {
        DeliveryOutcome(.unknown, answer: "the region said both of it: \(one.answer); \(other.answer)")
    }

    // MARK: Which rating

    private enum Key: Hashable {
        case id(RecordID)
        case number([UInt8], [UInt8], Int)
    }

    private func place(
        of item: Int, _ number: Int, _ batch: [OutgoingRecord], _ places: inout [Key: Int]?
    ) -> Int? {
        switch each.key {
        case .order: return number < batch.count ? number : nil
        case .id(let path):
            guard let id = id(at: path, item) else { return nil }
            // Regions answer in the batch's order, as a rule.
            if number < batch.count, batch[number].id == id { return number }
            return found(.id(id), batch, &places) { .id($0.id) }
        case .caseNumber(let project, let service, let ordinal):
            guard let project = text(project, item), let service = text(service, item) else { return nil }
            var count = 0
            if let ordinal {
                guard let text = text(ordinal, item), let value = Int(String(decoding: text, as: UTF8.self)) else {
                    return nil
                }
                count = value
            }
            return found(.number(project, service, count), batch, &places) { rating in
                let reference = rating.content.caseReference
                return .number(
                    Array((reference?.projectNumber ?? "").utf8), Array((reference?.serviceNumber ?? "").utf8),
                    ordinal == nil ? 0 : rating.ordinal)
            }
        }
    }

    private func found(
        _ key: Key, _ batch: [OutgoingRecord], _ places: inout [Key: Int]?, by: (OutgoingRecord) -> Key
    ) -> Int? {
        if places == nil {
            // Two ratings of one key cannot be told apart: then neither is spoken of.
            var known: [Key: Int] = [:]
            for (place, rating) in batch.enumerated() {
                let key = by(rating)
                known[key] = known[key] == nil ? place : -1
            }
            places = known
        }
        return places?[key].flatMap { $0 < 0 ? nil : $0 }
    }

    private func text(_ path: AnswerPath, _ item: Int) -> [UInt8]? { tree.node(path, from: item).flatMap(tree.text) }

    private func id(at path: AnswerPath, _ item: Int) -> RecordID? {
        guard let place = tree.node(path, from: item), tree.nodes[place].kind == .text else { return nil }
        if tree.nodes[place].isEscaped { return tree.text(place).flatMap { RecordID(bytes: $0[...]) } }
        return RecordID(bytes: tree.bytes[Int(tree.nodes[place].start)..<Int(tree.nodes[place].stop)])
    }

    // MARK: What of it

    private typealias Last = (place: Int32, stop: Int32, outcome: DeliveryOutcome)

    /// The outcome; `nil` where the element has not even the word it should have.
    private func outcome(of item: Int, _ last: inout Last) -> DeliveryOutcome? {
        var word: (start: Int32, stop: Int32) = (0, 0)
        if let path = each.word {
            guard let place = tree.node(path, from: item),
                tree.nodes[place].kind == .text || tree.nodes[place].kind == .number
            else { return nil }
            word = (tree.nodes[place].start, tree.nodes[place].stop)
        }
        let message = each.message.flatMap { tree.node($0, from: item) }
        let isSilent = message.map { tree.nodes[$0].start == tree.nodes[$0].stop } ?? true
        // Most answers are one word over and over.
        if isSilent, each.word != nil, last.place >= 0, isSame(word, (last.place, last.stop)) { return last.outcome }
        let verdict = verdict(of: item)
        let words = each.message.flatMap { tree.words($0, from: item) } ?? ""
        let start = tree.words(each.word, from: item) ?? ""
        let answer = start.isEmpty ? words : words.isEmpty ? start : "\(start): \(words)"
        let outcome = DeliveryOutcome(verdict, answer: ReceiptText.shortened(answer))
        if isSilent, dependsOnWordAlone { last = (word.start, word.stop, outcome) }
        return outcome
    }

    /// Whether elements with one word and no message mean the same.
    private var dependsOnWordAlone: Bool {
        each.meanings.values.allSatisfy { $0.allSatisfy { $0.path == each.word || $0.path == each.message } }
    }

    private func isSame(_ one: (start: Int32, stop: Int32), _ other: (start: Int32, stop: Int32)) -> Bool {
        guard one.stop - one.start == other.stop - other.start else { return false }
        for offset in 0..<Int(one.stop - one.start)
        where tree.bytes[Int(one.start) + offset] != tree.bytes[Int(other.start) + offset] { return false }
        return true
    }

    private func verdict(of item: Int) -> DeliveryVerdict {
        func holds(_ meaning: AnswerRules.Meaning) -> Bool {
            AnswerReader.holds(each.meanings[meaning], tree, from: item)
        }
        if holds(.success) { return .accepted }
        if holds(.duplicate) { return .duplicate }
        if holds(.retry) { return .retry(after: nil) }
        if holds(.missingCase) { return reader.waitsForCase ? .retry(after: nil) : .rejected }
        if holds(.refused) { return .rejected }
        if isQuestion, holds(.absent) { return .retry(after: nil) }
        return .unknown
    }
}

extension RecordID {
    /// Reads the 36 characters of an id, in either case; `nil` for anything else.
    init?(bytes: ArraySlice<UInt8>) {
        guard bytes.count == 36 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (offset, byte) in bytes.enumerated() {
            if offset == 8 || offset == 13 || offset == 18 || offset == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = byte.hexadecimalValue else { return nil }
            if offset < 18 { high = high << 4 | UInt64(digit) } else { low = low << 4 | UInt64(digit) }
        }
        self.init(high: high, low: low)
    }
}
