// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A hint that names the known words a mistyped one may stand for; `nil` where none is near.
///
/// Near is a word of which at most a third of the letters differ, else words that hold the mistyped one or
/// stand in it.
public func didYouMean(_ word: String, among known: some Sequence<String>) -> LocalText? {
    guard word.utf8.count <= 64 else { return nil }
    let known = known.sorted()
    let letters = Array(word.lowercased())
    let distances = known.map { ($0, editDistance(letters, Array($0.lowercased()))) }
    let words: [String]
    if let (nearest, distance) = distances.min(by: { $0.1 < $1.1 }), distance <= max(1, nearest.count / 3) {
        words = [nearest]
    } else {
        let mistyped = word.lowercased()
        words = known.filter { min($0.count, letters.count) >= 4 && ($0.contains(mistyped) || mistyped.contains($0)) }
    }
    guard !words.isEmpty else { return nil }
    let quoted = words.prefix(3).map { "'\($0)'" }
    return LocalText("did you mean \(quoted.joined(separator: " or "))?", "是否想写 \(quoted.joined(separator: " 或 "))？")
}

/// How many letters must be inserted, deleted, replaced or swapped with their neighbour (optimal string alignment).
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, letter) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
            if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current.append(cost)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}
