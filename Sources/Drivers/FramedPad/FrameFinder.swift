// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Finds the frames of a description in a stream of bytes, and its way back into step after anything else.
///
/// Bytes go in one by one, so that what is found never depends on how they were split. At most
/// ``FrameDescription/mostBytes`` are kept.
public struct FrameFinder: Sendable {
    /// What was found.
    public enum Finding: Sendable, Hashable {
        /// A whole frame.
        case frame([UInt8])
        /// A frame that is whole but wrong.
        case badFrame(reason: String)
        /// So many bytes that belong to no frame.
        case garbage(Int)
    }

    /// What frames look like.
    public let description: FrameDescription
    private var buffer: [UInt8] = []
    private var passedOver = 0
    /// Bytes of a bad frame that are still in the buffer: they were reported already.
    private var told = 0
    /// How many bytes the buffer must hold before anything can be said.
    private var needed = 1

    /// Starts at the beginning of a line.
    public init(_ description: FrameDescription) { self.description = description }

    /// Whether bytes wait for more to come, so that a silence would tell something.
    public var isPending: Bool { !buffer.isEmpty || passedOver > 0 }

    /// Takes a byte; answers with what it completes.
    public mutating func push(_ byte: UInt8) -> [Finding] {
        buffer.append(byte)
        return buffer.count < needed ? [] : scan(isOver: false)
    }

    /// Nothing came for a while: what was begun is not waited for.
    public mutating func noteSilence() -> [Finding] {
        var findings = scan(isOver: true)
        reportGarbage(&findings)
        return findings
    }

    private mutating func scan(isOver: Bool) -> [Finding] {
        var findings: [Finding] = []
        needed = 1
        while !buffer.isEmpty {
            switch description.verdict(on: buffer) {
            case .incomplete(let count) where !isOver && buffer.count < FrameDescription.mostBytes:
                needed = min(count, FrameDescription.mostBytes)
                return findings
            case .incomplete, .foreign:
                passOver(&findings)
            case .wrong(let reason, let count):
                reportGarbage(&findings)
                findings.append(.badFrame(reason: reason))
                told = count
                passOver(&findings)
            case .frame(let count):
                reportGarbage(&findings)
                told = 0
                findings.append(.frame(Array(buffer.prefix(count))))
                buffer.removeFirst(count)
            }
        }
        return findings
    }

    /// Passes over the first byte: the next one may begin a frame.
    private mutating func passOver(_ findings: inout [Finding]) {
        buffer.removeFirst()
        if told > 0 { told -= 1 } else { passedOver += 1 }
        if passedOver >= FrameDescription.mostBytes { reportGarbage(&findings) }
    }

    private mutating func reportGarbage(_ findings: inout [Finding]) {
        if passedOver > 0 { findings.append(.garbage(passedOver)) }
        passedOver = 0
    }
}

/// What the bytes at the head of a buffer are.
enum FrameVerdict: Sendable, Hashable {
    /// They may become a frame; so many bytes must be there before more can be said.
    case incomplete(Int)
    /// No frame begins with them.
    case foreign
    /// So many of them have a frame's start and length, and are none.
    case wrong(String, Int)
    /// The first so many of them are a frame.
    case frame(Int)
}

extension FrameDescription {
    /// Judges the bytes at the head of a buffer.
    func verdict(on buffer: [UInt8]) -> FrameVerdict {
        for (wanted, byte) in zip(start, buffer) where wanted != nil && wanted != byte { return .foreign }
        guard buffer.count >= start.count else { return .incomplete(buffer.count + 1) }
        let total: Int
        // What a repeated length says is looked at as soon as it is there, so that noise is not waited for.
        var next = Int.max
        switch length {
        case .fixed(let count): total = count
        case .byte(let rule):
            guard let length = rule.length(in: buffer) else { return .incomplete(rule.at + 1) }
            guard rule.isPossible(length, in: buffer) else { return .foreign }
            total = length + rule.overhead
            if let repeatedAt = rule.repeatedAt, repeatedAt >= buffer.count { next = repeatedAt + 1 }
        case .terminated(let shortest, let longest):
            switch terminatedLength(of: buffer, shortest: shortest, longest: longest) {
            case .frame(let count): total = count
            case let other: return other
            }
        case nil: return .foreign
        }
        guard total > 0, total >= start.count, total >= end.count, total <= FrameDescription.mostBytes else {
            return .foreign
        }
        guard buffer.count >= total else { return .incomplete(min(total, next)) }
        let frame = Array(buffer.prefix(total))
        guard frame.suffix(end.count).elementsEqual(end) else { return .wrong("end bytes", total) }
        guard checksum?.holds(in: frame) ?? true else { return .wrong("checksum", total) }
        return .frame(total)
    }

    /// Looks for the end bytes; where the start bytes come again before them, the first start was a torn frame's.
    private func terminatedLength(of buffer: [UInt8], shortest: Int, longest: Int) -> FrameVerdict {
        guard !end.isEmpty else { return .foreign }
        var index = max(start.count, 1)
        while index < buffer.count {
            if buffer[index] == end.last, index + 1 >= end.count + start.count,
                buffer[...index].suffix(end.count).elementsEqual(end)
            {
                let count = index + 1
                return count >= shortest && count <= longest ? .frame(count) : .foreign
            }
            if beginsAgain(in: buffer, at: index) || index + 1 >= longest { return .foreign }
            index += 1
        }
        return .incomplete(buffer.count + 1)
    }

    private func beginsAgain(in buffer: [UInt8], at index: Int) -> Bool {
        guard let first = start.first, first == buffer[index], first != end.first, !start.contains(nil),
            index + start.count <= buffer.count
        else { return false }
        return zip(start, buffer[index...]).allSatisfy { $0 == $1 }
    }
}

extension FrameDescription.LengthByte {
    /// What the length byte says, once it is there.
    func length(in buffer: [UInt8]) -> Int? { at >= 0 && at < buffer.count ? Int(buffer[at]) : nil }

    /// Whether a length is one of those described, and its repetition, once it is there, says the same.
    func isPossible(_ length: Int, in buffer: [UInt8]) -> Bool {
        guard values.contains(length) else { return false }
        guard let repeatedAt, repeatedAt >= 0, repeatedAt < buffer.count else { return true }
        return Int(buffer[repeatedAt]) == length
    }
}
