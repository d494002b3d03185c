// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FramedPad

/// Tries every kind of checksum over every likely range.
struct ChecksumSearch: Sendable {
    let frames: [[UInt8]]
    /// Where the bytes behind the length begin: the likeliest beginning of a range.
    let header: Int

    /// How many frames must fulfil a checksum: noise bends some.
    private static let share = 0.7

    /// The checksum that most frames fulfil, with the number of end bytes behind it; `nil` where none is likely.
    ///
    /// It must hold in at least three different frames, for one in 256 fulfils any by chance.
    func find(ends: [Int]) -> (checksum: FrameChecksum, end: Int)? {
        // The shortest may be noise that looked like a start, so the most common length says where a range can begin.
        let counts = Dictionary(frames.map { ($0.count, 1) }, uniquingKeysWith: +)
        let common = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
        let froms = ([header, header + 1] + Array(0...8)).reduce(into: [Int]()) { list, from in
            if !list.contains(from) { list.append(from) }
        }
        var best: (checksum: FrameChecksum, end: Int, count: Int)?
        for end in ends {
            for kind in FrameChecksum.Kind.allCases {
                for isLittleEndian in kind.width == 2 && kind != .lrc ? [true, false] : [false] {
                    for from in froms where from < common - end - kind.width {
                        let place = FramePlace(-end - kind.width)
                        let range = FrameRange(from: FramePlace(from), to: FramePlace(place.offset - 1))
                        let checksum = FrameChecksum(kind, over: range, at: place, isLittleEndian: isLittleEndian)
                        if let count = fulfilled(checksum), count > best?.count ?? 0 { best = (checksum, end, count) }
                    }
                }
            }
        }
        return best.map { ($0.checksum, $0.end) }
    }

    /// In how many frames it holds; `nil` where in too few, or only in frames that are all alike.
    private func fulfilled(_ checksum: FrameChecksum) -> Int? {
        var misses = 0
        var sums: Set<[UInt8]> = []
        var different: Set<[UInt8]> = []
        let allowed = Int(Double(frames.count) * (1 - ChecksumSearch.share))
        for frame in frames {
            if checksum.holds(in: frame) {
                different.insert(frame)
                if let sum = checksum.bytes(for: frame) { sums.insert(sum) }
            } else {
                misses += 1
                if misses > allowed { return nil }
            }
        }
        return different.count >= 3 && sums.count >= 2 ? frames.count - misses : nil
    }
}
