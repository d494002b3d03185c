// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// How a stream might fall into frames: the first bytes, and where each frame ends.
struct FrameHypothesis: Sendable, Hashable {
    enum Length: Sendable, Hashable {
        case fixed(Int)
        /// The byte at an offset, and how many bytes there are beside those it counts.
        case byte(at: Int, overhead: Int)
        case terminated([UInt8])
    }

    let start: [UInt8]
    let length: Length

    /// The frames a stream falls into, from the left; `places` are where the start bytes stand.
    func frames(in stream: [UInt8], places: [Int]) -> [Range<Int>] {
        var frames: [Range<Int>] = []
        find(in: stream, places: places, into: &frames)
        return frames
    }

    /// The same into an array that is used again, because thousands of hypotheses are tried.
    func find(in stream: [UInt8], places: [Int], into frames: inout [Range<Int>]) {
        frames.removeAll(keepingCapacity: true)
        var cursor = 0
        for place in places where place >= cursor {
            guard let count = count(in: stream, at: place), count >= start.count + 2, place + count <= stream.count
            else {
                continue
            }
            frames.append(place..<(place + count))
            cursor = place + count
        }
    }

    private func count(in stream: [UInt8], at place: Int) -> Int? {
        switch length {
        case .fixed(let count): return count
        case .byte(let offset, let overhead):
            guard place + offset < stream.count else { return nil }
            return max(Int(stream[place + offset]) + overhead, offset + 1)
        case .terminated(let end):
            let last = min(stream.count, place + 128) - end.count
            var index = place + max(1, start.count)
            while index <= last {
                if stream[index] == end.first, stream[index..<(index + end.count)].elementsEqual(end) {
                    return index + end.count - place
                }
                index += 1
            }
            return nil
        }
    }
}

/// Proposes hypotheses and keeps those under which frames follow one another.
struct HypothesisSearch: Sendable {
    /// A hypothesis with the frames that another one, or the end of the stream, follows at once.
    struct Candidate: Sendable {
        let hypothesis: FrameHypothesis
        let frames: [[UInt8]]
        /// How much of the stream lies in such frames, times how many there are, times their share of all.
        let weight: Int
    }

    /// Most candidates of each kind that are looked at closely.
    private static let (mostFixed, mostCounted, mostTerminated) = (50, 60, 30)
    private static let mostStarts = 14

    let stream: [UInt8]

    /// The candidates, the weightiest first.
    func candidates() -> [Candidate] {
        var found: [Candidate] = []
        var frames: [Range<Int>] = []
        for start in starts() {
            var isStart = [Bool](repeating: false, count: stream.count)
            for index in stream.indices
            where stream[index] == start.first && stream[index...].prefix(start.count).elementsEqual(start) {
                isStart[index] = true
            }
            let places = isStart.indices.filter { isStart[$0] }
            for length in lengths(places) {
                let hypothesis = FrameHypothesis(start: start, length: length)
                hypothesis.find(in: stream, places: places, into: &frames)
                let confirmations = frames.count { $0.upperBound == stream.count || isStart[$0.upperBound] }
                guard confirmations >= 2, confirmations * 3 >= frames.count else { continue }
                let confirmed = frames.filter { $0.upperBound == stream.count || isStart[$0.upperBound] }
                // Two frames taken for one cover as much and confirm half as often.
                let bytes = confirmed.reduce(0) { $0 + $1.count }
                let weight = bytes * confirmed.count * confirmed.count / frames.count
                found.append(
                    Candidate(hypothesis: hypothesis, frames: confirmed.map { Array(stream[$0]) }, weight: weight))
            }
        }
        found.sort { $0.weight > $1.weight }
        var (fixed, counted, terminated) = (0, 0, 0)
        return found.filter { candidate in
            switch candidate.hypothesis.length {
            case .fixed: fixed += 1
            case .byte: counted += 1
            case .terminated: terminated += 1
            }
            return switch candidate.hypothesis.length {
            case .fixed: fixed <= HypothesisSearch.mostFixed
            case .byte: counted <= HypothesisSearch.mostCounted
            case .terminated: terminated <= HypothesisSearch.mostTerminated
            }
        }
    }

    /// The bytes, and the pairs of bytes, that come most often.
    private func starts() -> [[UInt8]] {
        var singles = [Int](repeating: 0, count: 256)
        var pairs: [UInt16: Int] = [:]
        for index in stream.indices {
            singles[Int(stream[index])] += 1
            guard index + 1 < stream.count else { continue }
            pairs[UInt16(stream[index]) << 8 | UInt16(stream[index + 1]), default: 0] += 1
        }
        func most(_ counts: [(key: UInt16, value: Int)]) -> [UInt16] {
            counts.filter { $0.value >= 2 }.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
                .prefix(HypothesisSearch.mostStarts).map(\.key)
        }
        return most(singles.enumerated().map { (UInt16($0.offset), $0.element) }).map { [UInt8($0)] }
            + most(pairs.map { ($0.key, $0.value) }).map { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }

    /// The lengths that every start is tried with.
    private static let commonLengths: [FrameHypothesis.Length] = {
        var lengths: [FrameHypothesis.Length] = (3...64).map { .fixed($0) }
        for offset in 1...6 {
            for overhead in 1...14 { lengths.append(.byte(at: offset, overhead: overhead)) }
        }
        return lengths
    }()

    private func lengths(_ places: [Int]) -> [FrameHypothesis.Length] {
        var ends: Set<[UInt8]> = [[0x0D, 0x0A], [0x0A], [0x0D], [0x03]]
        // The byte that stands before the start bytes most often may be the end byte.
        let before = places.filter { $0 > 0 }.map { stream[$0 - 1] }
        let counts = Dictionary(before.map { ($0, 1) }, uniquingKeysWith: +)
        if let common = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), common.value * 2 > before.count {
            ends.insert([common.key])
        }
        return Self.commonLengths + ends.sorted { $0.lexicographicallyPrecedes($1) }.map { .terminated($0) }
    }
}
