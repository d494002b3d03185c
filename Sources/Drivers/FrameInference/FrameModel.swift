// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FramedPad
import RatingModel

/// A hypothesis worked out: constant bytes, checksum and end, with how much of the stream they foretell.
struct FrameModel: Sendable {
    private(set) var start: [UInt8?] = []
    private(set) var length = FrameDescription.Length.fixed(0)
    private(set) var end: [UInt8] = []
    private(set) var checksum: FrameChecksum?
    /// The frames that fulfil all of it.
    private(set) var frames: [[UInt8]] = []
    private(set) var garbage = 0
    /// Bits of the stream that the model foretells, less those that it takes to state the model.
    private(set) var bits = 0.0

    /// How often a byte must be the same to be taken as constant: noise bends some, and a rare kind of frame differs.
    ///
    /// Among less than nine frames both ask the same, that none differs.
    static func constancies(among frames: Int) -> [Double] {
        frames * 88 > (frames - 1) * 100 ? [1] : [1, 0.88]
    }

    private let constancy: Double
    private var lengthAt: Int?
    private var repeatedAt: Int?

    /// Works a candidate out; `nil` where its frames have nothing in common.
    init?(_ candidate: HypothesisSearch.Candidate, constancy: Double, _ search: inout ChecksumSearch) {
        self.constancy = constancy
        let frames = candidate.frames
        let counts = frames.map { $0.count }
        let shortest = counts.min() ?? 0
        let longest = counts.max() ?? 0
        guard shortest >= candidate.hypothesis.start.count + 2, longest <= FrameDescription.mostBytes else {
            return nil
        }
        var fixedEnd: [UInt8]?
        switch candidate.hypothesis.length {
        case .fixed: break
        case .terminated(let bytes): fixedEnd = bytes
        case .byte(let offset, _):
            guard offset < shortest else { return nil }
            lengthAt = offset
            // The second of two equal lengths explains a frame as well as the first.
            for other in [offset - 1, offset + 1] where other > 0 && other < shortest && repeatedAt == nil {
                let twice = frames.count { $0[offset] == $0[other] }
                guard Double(twice) >= constancy * Double(frames.count) else { continue }
                (lengthAt, repeatedAt) = (min(offset, other), max(offset, other))
            }
        }
        let tail = commonTail(frames, atMost: shortest - candidate.hypothesis.start.count - 1)
        if fixedEnd == [0x0A], tail.suffix(2) == [0x0D, 0x0A] { fixedEnd = [0x0D, 0x0A] }
        let header = (repeatedAt ?? lengthAt).map { $0 + 1 } ?? 0
        let found = search.find(
            in: frames, header: header, ends: fixedEnd.map { [$0.count] } ?? Array((0...tail.count).reversed()))
        checksum = found?.checksum
        end = fixedEnd ?? Array(tail.suffix(found?.end ?? (tail.suffix(2) == [0x0D, 0x0A] ? 2 : min(tail.count, 1))))
        var limit = max(2, header)
        if let from = checksum?.range.from.offset, from > 0 { limit = max(from, header) }
        limit = min(limit, shortest - end.count - (checksum?.kind.width ?? 0))
        start = leadingBytes(frames, limit: limit)
        guard start.contains(where: { $0 != nil }) else { return nil }
        length = rule(candidate.hypothesis.length, frames)
    }

    /// The model worked out again from the frames it found, and so with everything that nearly all of them share: to
    /// leave a constant byte out explains a bent frame or two more, and is still wrong.
    func tightened(_ search: inout ChecksumSearch) -> FrameModel? {
        let hypothesis: FrameHypothesis.Length =
            switch length {
            case .fixed(let count): .fixed(count)
            case .byte(let rule): .byte(at: rule.at, overhead: rule.overhead)
            case .terminated: .terminated(end)
            }
        let lead = start.prefix { $0 != nil }.compactMap { $0 }
        let candidate = HypothesisSearch.Candidate(
            hypothesis: FrameHypothesis(start: Array(lead.prefix(1)), length: hypothesis), frames: frames, weight: 0)
        // In a small capture one frame that differs is a kind of its own; in a large one noise bends several.
        return FrameModel(candidate, constancy: frames.count < 24 ? 0.95 : 0.9, &search)
    }

    // MARK: Parts

    /// The byte that nearly all frames have at a place; `nil` where they differ.
    ///
    /// It is more than half of them, so that the vote of Boyer and Moore finds the only one that it can be.
    private func constant(_ frames: [[UInt8]], at place: ([UInt8]) -> Int) -> UInt8? {
        var (likeliest, lead) = (UInt8(0), 0)
        for frame in frames {
            let byte = frame[place(frame)]
            if lead == 0 { likeliest = byte }
            lead += byte == likeliest ? 1 : -1
        }
        let count = frames.count { $0[place($0)] == likeliest }
        return count > 0 && Double(count) >= constancy * Double(frames.count) ? likeliest : nil
    }

    /// The bytes, at most three, with which all frames end.
    private func commonTail(_ frames: [[UInt8]], atMost most: Int) -> [UInt8] {
        var tail: [UInt8] = []
        while tail.count < min(3, most), let byte = constant(frames, at: { $0.count - tail.count - 1 }) {
            tail.insert(byte, at: 0)
        }
        return tail
    }

    /// The constant bytes before a limit, without the length bytes, which are a rule of their own.
    private func leadingBytes(_ frames: [[UInt8]], limit: Int) -> [UInt8?] {
        var start: [UInt8?] = []
        for offset in 0..<max(0, limit) {
            if offset == lengthAt || offset == repeatedAt {
                start.append(nil)
            } else if let constant = constant(frames, at: { _ in offset }) {
                start.append(constant)
            } else {
                break
            }
        }
        while start.last == .some(nil) { start.removeLast() }
        return start
    }

    private func rule(_ length: FrameHypothesis.Length, _ frames: [[UInt8]]) -> FrameDescription.Length {
        let counts = frames.map { $0.count }
        switch length {
        case .fixed(let count): return .fixed(count)
        case .terminated:
            let most = min(FrameDescription.mostBytes, 2 * (counts.max() ?? 8))
            return .terminated(shortest: start.count + end.count + 1, longest: most)
        case .byte(_, let overhead):
            let offset = lengthAt ?? 0
            // The same overhead can be had in several ways; a maker's count ends before the checksum, or with the frame.
            let behind = end.count + (checksum?.kind.width ?? 0)
            let to = overhead >= behind ? behind : 0
            let counted = FrameRange(from: FramePlace(overhead - to), to: FramePlace(-1 - to))
            let values = counts.map { max(0, $0 - overhead) }
            let (least, most) = (values.min() ?? 0, values.max() ?? 0)
            return .byte(.init(at: offset, repeatedAt: repeatedAt, counted: counted, values: least...most))
        }
    }

    /// Whether a length byte counts the very bytes that the checksum covers.
    var countsWhatIsChecked: Bool {
        if case .byte(let rule) = length { checksum?.range == rule.counted } else { false }
    }

    /// What tells this model from another.
    struct Framing: Hashable {
        let start: [UInt8?]
        let length: FrameDescription.Length
        let end: [UInt8]
        let checksum: FrameChecksum?
    }

    /// What tells it from another.
    var framing: Framing { Framing(start: start, length: length, end: end, checksum: checksum) }

    // MARK: Weight

    /// Finds the frames and weighs what the model foretells: eight bits for each byte that follows from the rest of its
    /// frame, and less for bytes of which few values come at their place, against the bits that state the model.
    mutating func weigh(_ stream: [UInt8]) {
        var finder = FrameFinder(description)
        for finding in stream.flatMap({ finder.push($0) }) + finder.noteSilence() {
            if case .frame(let frame) = finding { frames.append(frame) }
        }
        garbage = stream.count - frames.reduce(0) { $0 + $1.count }
        // Of two framings that are turned against each other the one with less behind the checksum is a maker's.
        var cost = Double(8 * start.count { $0 != nil } + 11 * end.count + (checksum == nil ? 0 : 14))
        switch length {
        case .fixed: break
        case .byte(let rule):
            // A length byte that never changes is a constant like others, unless it counts just what is checked.
            let isUnchanging = frames.allSatisfy { $0.count == frames.first?.count }
            cost += Double(8 + rule.at)
            if countsWhatIsChecked { cost -= 18 } else if isUnchanging { cost += 8 }
        case .terminated:
            let isText = stream.count { (0x20...0x7E).contains($0) || $0 == 0x0D || $0 == 0x0A } * 10 > stream.count * 9
            cost += isText && (end.last == 0x0A || end.last == 0x0D) ? -12 : 8
        }
        cost += Entropy.bits(of: frames.map { $0.count })
        bits = Double(8 * (stream.count - garbage)) - cost - 2 * Double(garbage)
        // A checksum that comes true says more than constant bytes do, which leave bent frames in.
        if let checksum { bits += Double(16 * checksum.kind.width * frames.count) }
        for group in Dictionary(grouping: frames, by: { $0.count }).values { bits -= unforetold(group) }
    }

    /// The bits it takes to write down frames of one length, given the model.
    private func unforetold(_ frames: [[UInt8]]) -> Double {
        let count = frames.first?.count ?? 0
        var foretold = Set(start.indices.filter { start[$0] != nil }).union((count - end.count)..<count)
        if let lengthAt { foretold.insert(lengthAt) }
        if let repeatedAt { foretold.insert(repeatedAt) }
        if let checksum, let place = checksum.place.index(in: count) {
            foretold.formUnion(place..<(place + checksum.kind.width))
        }
        var bits = 0.0
        for offset in 0..<count where !foretold.contains(offset) {
            let column = frames.map { $0[offset] }
            bits += min(Double(8 * frames.count), Entropy.bits(of: column) + Double(8 * Set(column).count))
        }
        return bits
    }

    /// The model as a description without meaning.
    var description: FrameDescription {
        FrameDescription(
            name: "inferred", start: start, length: length, end: end, checksum: checksum,
            press: .init(value: FramePlace(0)), keys: KeyMap([:]))
    }
}
