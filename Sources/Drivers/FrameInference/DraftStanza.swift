// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FramedPad
import RatingModel

/// The parts of a description as its YAML writes them.
enum StanzaWords {
    static func length(_ length: FrameDescription.Length) -> String {
        switch length {
        case .fixed(let count): return "{fixed: \(count)}"
        case .terminated(let shortest, let longest): return "{least: \(shortest), most: \(longest)}"
        case .byte(let rule):
            let twice = rule.repeatedAt.map { " repeated_at: \($0)," } ?? ""
            let counted = "counts_from: \(rule.counted.from), counts_to: \(rule.counted.to)"
            return
                "{at: \(rule.at),\(twice) \(counted), least: \(rule.values.lowerBound), most: \(rule.values.upperBound)}"
        }
    }

    static func checksum(_ checksum: FrameChecksum) -> String {
        let order = checksum.kind.width == 2 && checksum.isLittleEndian ? ", order: little" : ""
        let range = "from: \(checksum.range.from), to: \(checksum.range.to), at: \(checksum.place)"
        return "{kind: \(checksum.kind.rawValue), \(range)\(order)}"
    }
}

extension InferredFrames {
    /// A draft of the device's configuration, marked as one: it is refused until an operator filled in every level.
    ///
    /// `language` is the locale of its comments.
    public func stanza(language: String) -> String {
        func say(_ english: String, _ chinese: String) -> String { LocalText(english, chinese).text(for: language) }
        var lines = [
            "# " + say("DRAFT: guessed from a capture; compare every line with the pad.", "草稿：由抓取的数据推测；请逐行与评价器核对。"),
            "devices:",
            "  - path: /dev/ttyUSB0  # "
                + say("where the pad hangs, and its speed: no capture says it", "评价器的端口和速率：抓取的数据无法说明"),
            "    driver: framed",
            "    baud: 9600",
            "    frame:",
            "      name: inferred",
        ]
        func add(_ key: String, _ value: String, _ field: FrameField, indent: String = "      ") {
            let confidence = guesses.first { $0.field == field }?.confidence
            let words = confidence.map { "  # " + LocalText($0.rawValue, $0.chinese).text(for: language) } ?? ""
            lines.append("\(indent)\(key): \(value)\(words)")
        }
        let bytes = { (bytes: [UInt8?]) in bytes.map { $0.map(hexadecimal) ?? "??" }.joined(separator: " ") }
        add("start", "\"" + bytes(description.start) + "\"", .start)
        if let length = description.length { add("length", StanzaWords.length(length), .length) }
        if !description.end.isEmpty { add("end", "\"" + bytes(description.end) + "\"", .end) }
        if let checksum = description.checksum { add("checksum", StanzaWords.checksum(checksum), .checksum) }
        if let address = description.address { add("address", "\(address)", .address) }
        lines.append("      press:")
        for condition in description.press?.when ?? [] { add("when", "\(condition)", .pressWhen, indent: "        ") }
        add("value", "\(description.press?.value ?? FramePlace(0))", .pressValue, indent: "        ")
        lines.append(
            "        # acknowledge: …  "
                + say("what the host sends once a press is recorded, if anything", "评价记录后主机发送的内容（如有）"))
        lines.append("      keys:")
        for value in values {
            let times = say("seen \(value.count) times", "出现 \(value.count) 次")
            lines.append(
                "        - {value: \(value.value), level: \"?\"}  # 0x\(hexadecimal(value.value)), \(times)")
        }
        lines.append(
            "      # "
                + say(
                    "Write the level of each key in place of \"?\"; a value that means a timeout goes to 'timed_out' under 'press'.",
                    "请将每个 \"?\" 改为该按键的等级；表示超时的值请移到 'press' 下的 'timed_out'。"))
        return lines.joined(separator: "\n") + "\n"
    }
}

extension InferredFrames.Confidence {
    /// 简体中文
    public var chinese: String {
        switch self {
        case .high: "把握较大"
        case .medium: "把握一般"
        case .low: "把握较小"
        }
    }
}
