// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

extension ConfigurationSection {
    /// Reads `keys`, the keys of a model of pad from the left: `{value, level, label}`, the label being the level's
    /// words where it is absent.
    ///
    /// Answers with `fallback` where the key is absent, and `nil` where a mistake was reported. A pad that cannot
    /// express every level is warned of: the region counts such windows' ratings beside those of full pads.
    func keyMap(default fallback: KeyMap?) -> KeyMap? {
        guard has("keys") else {
            guard let fallback else {
                _ = required("keys", .text())
                return nil
            }
            warn(ofMissingLevels: fallback)
            return fallback
        }
        var keys: [UInt8: KeyMap.Key] = [:]
        var isWhole = true
        var number: UInt8 = 0
        _ = list("keys", atMost: 32) { item -> Bool? in
            number += 1
            let value = item.required("value", .byte)
            let level = item.required("level", .level)
            let label = item.value("label", .text(atMost: Limits.identifierBytes))
            guard let value, let level else {
                isWhole = false
                return nil
            }
            if keys.updateValue(KeyMap.Key(level, number: number, label: label ?? level.label), forKey: value) != nil {
                isWhole = false
                item.report(
                    LocalText("the value \(value) is there already", "值 \(value) 已存在"),
                    hint: LocalText("each key sends a value of its own", "每个按键的值各不相同"), at: "value")
            }
            return nil
        }
        guard isWhole else { return nil }
        guard !keys.isEmpty else {
            report(
                LocalText("'keys' names no key", "'keys' 中没有按键"),
                hint: LocalText(
                    "write one item for each key, such as {value: 1, level: satisfied}",
                    "每个按键写一项，例如 {value: 1, level: satisfied}"), at: "keys")
            return nil
        }
        let map = KeyMap(keys)
        warn(ofMissingLevels: map)
        return map
    }

    private func warn(ofMissingLevels map: KeyMap) {
        guard !map.missingLevels.isEmpty else { return }
        let words = map.missingLevels.map(\.label).joined(separator: "、")
        report(
            LocalText("nobody can express \(words) on this pad", "此评价器无法表达：\(words)"),
            hint: LocalText(
                "offer another channel beside it, such as a QR code; no level is guessed from another",
                "请在旁边提供其他渠道（例如二维码）；系统不会由一个等级推断另一个等级"),
            at: has("keys") ? "keys" : nil, .warning)
    }
}

extension KeyMap {
    /// The map in words, the same for the same map, to see whether a reload changed it.
    var text: String {
        keys.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value.level)/\($0.value.number)/\($0.value.label)" }.joined(separator: ",")
    }
}

extension ValueKind where Value == UInt8 {
    /// A byte: a number up to 255 in decimal digits, or two hexadecimal digits behind `0x`.
    static var byte: ValueKind {
        ValueKind { text, isQuoted in
            let isHexadecimal = text.hasPrefix("0x")
            let digits = isHexadecimal ? text.dropFirst(2) : text[...]
            let isNumber = !isQuoted && digits.utf8.count <= 3 && digits.allSatisfy(\.isHexDigit)
            guard isNumber, let byte = UInt8(digits, radix: isHexadecimal ? 16 : 10) else {
                return .wrong(
                    LocalText("'\(text.prefix(32))' is not a byte", "'\(text.prefix(32))' 不是一个字节"),
                    hint: LocalText("write 0 to 255, or 0x00 to 0xff", "请填写 0 到 255，或 0x00 到 0xff"))
            }
            return .value(byte)
        }
    }
}

extension ValueKind where Value == SatisfactionLevel {
    /// A level by its English or its Chinese name; never by a number, for regions number them in opposite directions.
    static var level: ValueKind {
        let english: [String: SatisfactionLevel] = [
            "very_satisfied": .verySatisfied, "satisfied": .satisfied, "basically_satisfied": .basicallySatisfied,
            "dissatisfied": .dissatisfied, "very_dissatisfied": .veryDissatisfied,
        ]
        let chinese = SatisfactionLevel.allCases.map { ($0.label, $0) }
        return .choice(english.merging(chinese) { first, _ in first })
    }
}
