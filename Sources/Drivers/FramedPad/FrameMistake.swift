// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A part of a description, for a mistake to be shown where it stands; the raw value is its path of keys.
public enum FrameField: String, Sendable, Hashable, CaseIterable {
    case start, length, end, checksum, address, keys, press, staff, alive
    case lengthAt = "length.at"
    case lengthRepeatedAt = "length.repeated_at"
    case lengthCounted = "length.counts_from"
    case checksumPlace = "checksum.at"
    case checksumRange = "checksum.from"
    case pressWhen = "press.when"
    case pressValue = "press.value"
    case pressTimedOut = "press.timed_out"
    case acknowledgement = "press.acknowledge"
    case refusal = "press.refuse"
    case staffWhen = "staff.when"
    case staffValue = "staff.value"
    case staffAcknowledgement = "staff.acknowledge"
    case aliveWhen = "alive.when"
    case aliveAcknowledgement = "alive.acknowledge"
    case prompt, cancel, pause, resume, identify, waiting, text, standby
    case qrCode = "qr"
}

/// Something in a description that contradicts the rest of it, or that no frame can fulfil.
public struct FrameMistake: Sendable, Hashable {
    /// Where it stands.
    public let field: FrameField
    /// What is wrong, without a full stop.
    public let message: LocalText
    /// What to do about it.
    public let hint: LocalText

    init(_ field: FrameField, _ message: LocalText, hint: LocalText) {
        self.field = field
        self.message = message
        self.hint = hint
    }
}

extension FrameDescription {
    /// Everything that is wrong with the description, in the order of its parts; none for one that can be used.
    public var mistakes: [FrameMistake] {
        let shape = shapeMistakes
        // Places say nothing in frames whose length is wrong.
        guard shape.isEmpty else { return shape }
        let places = placeMistakes
        // Frames that cannot be checked cannot be built either: one mistake is enough.
        return places.isEmpty ? overlaps + meaningMistakes + templateMistakes : places + meaningMistakes
    }

    private var shapeMistakes: [FrameMistake] {
        var mistakes: [FrameMistake] = []
        // Nothing of what comes in is looked at: there is no frame to be wrong.
        guard let length else { return press == nil && staff == nil && alive == nil ? [] : [nothingComesIn] }
        let (shortest, longest) = lengths
        let least = start.count + end.count + (checksum?.kind.width ?? 0)
        if shortest > longest || shortest < max(1, least) || longest > FrameDescription.mostBytes {
            mistakes.append(
                FrameMistake(
                    .length,
                    LocalText("frames would have \(shortest) to \(longest) bytes", "帧长将为 \(shortest) 到 \(longest) 字节"),
                    hint: LocalText(
                        "with start, end and checksum a frame has at least \(max(1, least)) bytes, and at most \(FrameDescription.mostBytes)",
                        "含起始、结束和校验，帧长至少 \(max(1, least)) 字节，至多 \(FrameDescription.mostBytes) 字节")))
        }
        if start.allSatisfy({ $0 == nil }) {
            if case .terminated = length {
            } else if checksum == nil {
                mistakes.append(
                    FrameMistake(
                        .start, LocalText("nothing tells where a frame begins", "无法判断帧从何处开始"),
                        hint: LocalText("write the start bytes, or the checksum", "请填写起始字节或校验")))
            }
        }
        switch length {
        case .terminated where end.isEmpty:
            mistakes.append(
                FrameMistake(
                    .end, LocalText("nothing tells where a frame ends", "无法判断帧在何处结束"),
                    hint: LocalText("write the end bytes, such as 0D 0A", "请填写结束字节，例如 0D 0A")))
        case .byte(let rule) where rule.counted.from.offset < 0 || rule.counted.to.offset >= 0:
            mistakes.append(
                FrameMistake(
                    .lengthCounted,
                    LocalText("the counted bytes are \(rule.counted)", "被计数的字节为 \(rule.counted)"),
                    hint: LocalText(
                        "count from an offset from the start to one from the end, such as 5 to -3",
                        "从起点偏移计到终点偏移，例如 5 到 -3")))
        default: break
        }
        return mistakes
    }

    private var nothingComesIn: FrameMistake {
        FrameMistake(
            .length, LocalText("it is not said where a frame ends", "未说明帧在何处结束"),
            hint: LocalText("write 'length'", "请填写 'length'"))
    }

    // MARK: Places

    private var placeMistakes: [FrameMistake] {
        var mistakes: [FrameMistake] = []
        guard length != nil else { return [] }
        let (shortest, longest) = lengths
        func check(_ field: FrameField, _ place: FramePlace?, in count: Int) {
            guard let place, place.index(in: count) == nil else { return }
            mistakes.append(FrameMistake(field, outside(place.description, count), hint: Self.insideHint))
        }
        if case .byte(let rule) = length {
            check(.lengthAt, FramePlace(rule.at), in: shortest)
            check(.lengthRepeatedAt, rule.repeatedAt.map { FramePlace($0) }, in: shortest)
        }
        check(.address, address, in: shortest)
        // Presses may be longer than other frames.
        check(.pressValue, press?.value, in: longest)
        check(.staffValue, staff?.value, in: longest)
        if let checksum {
            check(.checksumPlace, checksum.place, in: shortest)
            let width = checksum.kind.width
            if let index = checksum.place.index(in: shortest), index + width > shortest {
                mistakes.append(
                    FrameMistake(.checksumPlace, outside("\(checksum.place)", shortest), hint: Self.insideHint))
            }
            if checksum.range.indices(in: shortest) == nil {
                mistakes.append(
                    FrameMistake(.checksumRange, outside(checksum.range.description, shortest), hint: Self.insideHint))
            }
        }
        return mistakes
    }

    private func outside(_ words: String, _ count: Int) -> LocalText {
        LocalText("\(words) is outside a frame of \(count) bytes", "\(words) 超出 \(count) 字节的帧")
    }

    private static let insideHint = LocalText(
        "offsets count from 0, or backwards from -1, the last byte; the shortest frame decides",
        "偏移从 0 起算，或从最后一个字节 -1 倒数；以最短的帧为准")

    /// A part of the frame and the bytes it takes.
    private struct Claim {
        let field: FrameField
        let indices: [Int]
    }

    private func claims(in count: Int) -> [Claim] {
        var claims = [Claim(field: .start, indices: start.indices.filter { start[$0] != nil })]
        claims.append(Claim(field: .end, indices: Array(max(0, count - end.count)..<count)))
        func claim(_ field: FrameField, _ place: FramePlace?, width: Int = 1) {
            guard let index = place?.index(in: count) else { return }
            claims.append(Claim(field: field, indices: Array(index..<(index + width))))
        }
        if case .byte(let rule) = length {
            claim(.lengthAt, FramePlace(rule.at))
            claim(.lengthRepeatedAt, rule.repeatedAt.map { FramePlace($0) })
        }
        claim(.checksumPlace, checksum?.place, width: checksum?.kind.width ?? 1)
        claim(.address, address)
        if count == lengths.longest { claim(.pressValue, press?.value) }
        return claims
    }

    private var overlaps: [FrameMistake] {
        var mistakes: [FrameMistake] = []
        var reported: Set<FrameField> = []
        guard length != nil else { return [] }
        let (shortest, longest) = lengths
        for count in Set([shortest, longest]).sorted() {
            let claims = claims(in: count)
            for (number, claim) in claims.enumerated() where !reported.contains(claim.field) {
                guard let other = claims[..<number].first(where: { !Set($0.indices).isDisjoint(with: claim.indices) })
                else { continue }
                reported.insert(claim.field)
                mistakes.append(
                    FrameMistake(
                        claim.field,
                        LocalText(
                            "'\(claim.field.rawValue)' overlaps '\(other.field.rawValue)' in a frame of \(count) bytes",
                            "在 \(count) 字节的帧中，'\(claim.field.rawValue)' 与 '\(other.field.rawValue)' 重叠"),
                        hint: LocalText("each byte of a frame has one meaning", "帧中每个字节只有一种含义")))
            }
            if let checksum, let range = checksum.range.indices(in: count), let index = checksum.place.index(in: count),
                range.overlaps(index..<(index + checksum.kind.width)), reported.insert(.checksumRange).inserted
            {
                mistakes.append(
                    FrameMistake(
                        .checksumRange, LocalText("the checksum covers itself", "校验范围包含了校验自身"),
                        hint: LocalText("end the range before the checksum", "请让范围止于校验之前")))
            }
        }
        return mistakes
    }
}
