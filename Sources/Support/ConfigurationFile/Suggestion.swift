// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The known word nearest to a mistyped one, where one is near: at most a third of its letters differ.
public func suggestion(for word: String, among known: some Sequence<String>) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    let nearest = known.sorted().map { ($0, editDistance(Array(word.lowercased()), Array($0.lowercased()))) }
        .min { $0.1 < $1.1 }
    guard let (candidate, distance) = nearest, distance <= max(1, candidate.count / 3) else { return nil }
    return candidate
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
