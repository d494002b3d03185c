// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FramedPad

/// Tries every kind of checksum over every likely range, once for frames that several hypotheses come to.
struct ChecksumSearch: Sendable {
    /// A checksum with the number of end bytes behind it.
    struct Found: Sendable, Hashable {
        let checksum: FrameChecksum
        let end: Int
    }

    private struct Question: Hashable {
        let frames: [[UInt8]]
        let header: Int
        let ends: [Int]
    }

    /// How many frames must fulfil a checksum: noise bends some.
    private static let share = 0.7

    private var answers: [Question: Found?] = [:]

    /// The checksum that most frames fulfil; `nil` where none is likely.
    ///
    /// It must hold in at least three different frames, for one in 256 fulfils any by chance. `header` is where the
    /// bytes behind the length begin, the likeliest beginning of a range; `ends` are the numbers of end bytes to try.
    mutating func find(in frames: [[UInt8]], header: Int, ends: [Int]) -> Found? {
        guard frames.count >= 3 else { return nil }
        let question = Question(frames: frames, header: header, ends: ends)
        if let answer = answers[question] { return answer }
        let answer = DistinctFrames(frames).best(header: header, ends: ends)
        answers[question] = .some(answer)
        return answer
    }

    /// The frames that differ, with how often each came, the commonest first: a pad has few keys, so that most frames
    /// come again and again, and a wrong checksum is soon refuted.
    private struct DistinctFrames {
        let frames: [(bytes: [UInt8], count: Int)]
        /// How many frames there are in all.
        let total: Int

        init(_ all: [[UInt8]]) {
            frames = Dictionary(all.map { ($0, 1) }, uniquingKeysWith: +).map { ($0.key, $0.value) }
                .sorted { $0.count > $1.count }
            total = all.count
        }

        func best(header: Int, ends: [Int]) -> Found? {
            guard frames.count >= 3 else { return nil }
            // The shortest may be noise that looked like a start, so the most common length says where a range can begin.
            let counts = Dictionary(frames.map { ($0.bytes.count, $0.count) }, uniquingKeysWith: +)
            let common = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
            let froms = ([header, header + 1] + Array(0...8)).reduce(into: [Int]()) { list, from in
                if !list.contains(from) { list.append(from) }
            }
            var best: (found: Found, count: Int)?
            for end in ends {
                for kind in FrameChecksum.Kind.allCases {
                    for isLittleEndian in kind.width == 2 && kind != .lrc ? [true, false] : [false] {
                        for from in froms where from < common - end - kind.width {
                            let place = FramePlace(-end - kind.width)
                            let range = FrameRange(from: FramePlace(from), to: FramePlace(place.offset - 1))
                            let checksum = FrameChecksum(kind, over: range, at: place, isLittleEndian: isLittleEndian)
                            guard let count = fulfilled(checksum), count > best?.count ?? 0 else { continue }
                            best = (Found(checksum: checksum, end: end), count)
                        }
                    }
                }
            }
            return best?.found
        }

        /// In how many frames it holds; `nil` where in too few, or only in frames that are all alike.
        private func fulfilled(_ checksum: FrameChecksum) -> Int? {
            var misses = 0
            var different = 0
            var sums: Set<[UInt8]> = []
            let allowed = Int(Double(total) * (1 - ChecksumSearch.share))
            for frame in frames {
                if checksum.holds(in: frame.bytes) {
                    different += 1
                    if sums.count < 2, let sum = checksum.bytes(for: frame.bytes) { sums.insert(sum) }
                } else {
                    misses += frame.count
                    if misses > allowed { return nil }
                }
            }
            return different >= 3 && sums.count >= 2 ? total - misses : nil
        }
    }
}
