// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FramedPad
import RatingModel

/// Says why each guess was made, and how much speaks for it.
struct GuessReasons: Sendable {
    let model: FrameModel
    let fields: FieldSearch

    private typealias Guess = InferredFrames.Guess

    private var count: Int { model.frames.count }

    var guesses: [InferredFrames.Guess] {
        [start, length, end, checksum, address, when, value].compactMap { $0 }
    }

    private var start: Guess? {
        let bytes = model.start.map { $0.map(hexadecimal) ?? "??" }.joined(separator: " ")
        let concrete = model.start.count { $0 != nil }
        return Guess(
            field: .start, value: bytes, confidence: count >= 4 && concrete >= 2 ? .high : .medium,
            reason: LocalText(
                "all \(count) frames begin so; a constant address would look the same",
                "全部 \(count) 帧均以此开始；不变的地址看起来也会如此"))
    }

    private var length: Guess? {
        let counts = Set(model.frames.map(\.count)).sorted()
        let seen = counts.map(String.init).joined(separator: ", ")
        switch model.length {
        case .fixed(let count):
            return Guess(
                field: .length, value: "{fixed: \(count)}", confidence: model.checksum == nil ? .medium : .high,
                reason: LocalText("every frame has \(count) bytes", "每帧均为 \(count) 字节"))
        case .terminated:
            return Guess(
                field: .length, value: StanzaWords.length(model.length), confidence: counts.count > 1 ? .high : .medium,
                reason: LocalText(
                    "the end bytes come only at the end; lengths seen: \(seen)", "结束字节只出现在末尾；见到的长度：\(seen)"))
        case .byte(let rule):
            let isCounting = model.checksum?.range == rule.counted
            let twice = rule.repeatedAt == nil ? ("", "") : (", sent twice", "，重复发送")
            return Guess(
                field: .length, value: StanzaWords.length(FrameDescription.Length.byte(rule)),
                confidence: counts.count > 1 ? .high : isCounting ? .medium : .low,
                reason: LocalText(
                    "byte \(rule.at)\(twice.0) says how many bytes follow; lengths seen: \(seen)"
                        + (isCounting ? "; it counts what the checksum covers" : ""),
                    "字节 \(rule.at)\(twice.1) 表示其后的字节数；见到的帧长：\(seen)" + (isCounting ? "；恰为校验覆盖的字节数" : "")))
        }
    }

    private var end: Guess? {
        guard !model.end.isEmpty else { return nil }
        return Guess(
            field: .end, value: model.end.map(hexadecimal).joined(separator: " "),
            confidence: count >= 4 ? .high : .medium,
            reason: LocalText("all frames end so", "全部帧均以此结束"))
    }

    private var checksum: Guess? {
        guard let checksum = model.checksum else { return nil }
        let different = Set(model.frames).count
        return Guess(
            field: .checksum, value: StanzaWords.checksum(checksum),
            confidence: different >= 4 || checksum.kind.width == 2 ? .high : .medium,
            reason: LocalText("it comes true in \(different) different frames", "在 \(different) 个不同的帧中均成立"))
    }

    private var address: Guess? {
        guard let address = fields.address else { return nil }
        return Guess(
            field: .address, value: "\(address)", confidence: fields.isAddressSeen ? .medium : .low,
            reason: fields.isAddressSeen
                ? LocalText("the first byte behind the header, and it differs", "报文头之后的第一个字节，且有变化")
                : LocalText("the first byte behind the header; it never changes here", "报文头之后的第一个字节；此处从未变化"))
    }

    private var when: Guess? {
        guard let function = fields.function else { return nil }
        return Guess(
            field: .pressWhen, value: "\(function)", confidence: .low,
            reason: LocalText(
                "most frames have it there, and presses are taken to be the most",
                "多数帧在此处为该值，并假定评价占多数"))
    }

    private var value: Guess? {
        guard let value = fields.value else { return nil }
        let isClear = (2...6).contains(fields.keys.count)
        return Guess(
            field: .pressValue, value: "\(value)", confidence: isClear ? .medium : .low,
            reason: LocalText(
                "the last byte before checksum and end that differs; \(fields.keys.count) values",
                "校验和结束字节之前最后一个有变化的字节；共 \(fields.keys.count) 个值"))
    }
}
