// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel UplinkAPI
// files: Sources/Uplinks/RegionProfiles/Answers/AnswerTree.swift Sources/Uplinks/RegionProfiles/Answers/JSONTape.swift Sources/Uplinks/RegionProfiles/Answers/XMLTape.swift Sources/Uplinks/RegionProfiles/Answers/AnswerReader.swift Sources/Uplinks/RegionProfiles/Answers/EachReader.swift Sources/Uplinks/RegionProfiles/Profile/AnswerRules.swift Sources/Uplinks/RegionProfiles/Profile/RecordField.swift Sources/Uplinks/RegionProfiles/Writing/Template.swift Sources/Uplinks/RegionProfiles/Writing/TextForm+Escaping.swift Sources/Uplinks/RegionProfiles/Writing/TimeFormat.swift
// measured: AnswerTree JSONTape XMLTape AnswerReader EachReader

import RatingModel
import UplinkAPI

/// What a region answers to a batch of one or two, in JSON or XML: whatever it says, each rating has one outcome, and the
/// words that are kept are short and harmless. The first byte chooses the form, the batch and how ratings are named.
func fuzz(_ input: [UInt8]) {
    guard let choice = input.first else { return }
    let rules = rules(choice)
    let batch = Array(ratings.prefix(1 + Int(choice & 1)))
    let reader = AnswerReader(rules, waitsForCase: choice & 16 != 0)
    guard let tree = reader.tree(Array(input.dropFirst())) else { return }
    for report in [
        reader.report(tree, on: batch), reader.refusal(of: batch, tree, words: tree.words(rules.message) ?? ""),
    ] {
        switch report {
        case .answered(let outcomes):
            precondition(outcomes.count == batch.count, "ratings without an outcome")
            outcomes.forEach { check($0.answer) }
        case .refusedWhole(let words): check(words)
        case .unreachable: break
        }
    }
    for place in tree.nodes.indices {
        precondition(Int(tree.nodes[place].end) > place, "a node that ends before it begins")
        _ = tree.text(place)
    }
    guard let each = rules.each, let items = tree.items(each.list) else { return }
    for outcome in EachReader(each, reader: reader, tree: tree, isQuestion: true).outcomes(of: items).values {
        check(outcome.answer)
    }
}

private func rules(_ choice: UInt8) -> AnswerRules {
    var rules = AnswerRules()
    let isXML = choice & 2 != 0
    let root = isXML ? "r." : ""
    rules.form = isXML ? .xml : .json
    if choice & 32 != 0 { rules.inside = AnswerPath(root + "inside") }
    rules.message = AnswerPath(root + "message")
    let isTrue: Condition.Test = isXML ? .isText([Array("true".utf8)]) : .isFlag(true)
    rules.whole[.success] = [Condition(path: AnswerPath(root + "success"), test: isTrue)]
    rules.whole[.duplicate] = [Condition(path: AnswerPath(root + "message"), test: .contains(["不可重复"]))]
    rules.whole[.missingCase] = [Condition(path: AnswerPath(root + "message"), test: .contains(["不存在"]))]
    guard choice & 4 != 0 else { return rules }
    var each = AnswerRules.Each(list: AnswerPath(isXML ? "r.results.item" : "results"))
    switch choice >> 6 {
    case 0: each.key = .order
    case 1: each.key = .caseNumber(project: AnswerPath("p"), service: AnswerPath("s"), ordinal: AnswerPath("n"))
    default: each.key = .id(AnswerPath("id"))
    }
    each.word = choice & 8 == 0 ? AnswerPath("result") : nil
    each.message = AnswerPath("message")
    each.meanings[.success] = [Condition(path: AnswerPath("result"), test: .isText([Array("accepted".utf8)]))]
    each.meanings[.refused] = [Condition(path: AnswerPath("result"), test: .isText([Array("rejected".utf8)]))]
    each.meanings[.duplicate] = [Condition(path: AnswerPath("message"), test: .contains(["不可重复"]))]
    rules.each = each
    return rules
}

private func check(_ words: String) {
    precondition(words.utf8.count <= 2 * ReceiptText.mostBytes + 64, "too many words")
    precondition(!words.unicodeScalars.contains { $0.properties.generalCategory == .control }, "control characters")
}

private let ratings = [1, 2].map { (number: UInt64) in
    let press = CapturedPress(
        key: PressKey(device: DeviceID("pad-1"), log: 1, sequence: number), outcome: .timedOut, prompt: nil, age: nil,
        lifetimeCount: nil, driver: "native", rawFrame: [1])
    let moment = CaptureTime(
        wall: WallTime(millisecondsSinceEpoch: 0), monotonic: MonotonicInstant(nanoseconds: 0), boot: BootID("0"),
        isWallTrusted: true)
    let rating = Rating(
        press: press, pressedAt: moment, window: nil, session: nil,
        caseReference: CaseReference(projectNumber: "P\(number)", serviceNumber: "1"), staff: nil)
    return OutgoingRecord(id: RecordID(high: 0, low: number), rating: rating, personal: nil, ordinal: 1)
}
