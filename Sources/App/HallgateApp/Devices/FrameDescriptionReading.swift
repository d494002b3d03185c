// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import FramedPad
import RatingModel

/// Reads a ``FrameDescription`` and reports what contradicts itself where it stands.
struct FrameDescriptionReader {
    private var marks: [FrameField: SourceMark] = [:]

    /// Reads a description; `nil` where a part it cannot do without is missing or wrong.
    ///
    /// `override` are keys that count instead of the description's own.
    static func read(_ section: ConfigurationSection, keys override: KeyMap?) -> FrameDescription? {
        var reader = FrameDescriptionReader()
        return reader.description(section, keys: override)
    }

    private mutating func description(_ section: ConfigurationSection, keys override: KeyMap?) -> FrameDescription? {
        let name = section.required("name", .identifier)
        let start = section.value("start", .frameText(FrameText.pattern), default: [])
        let end = section.value("end", .frameText(FrameText.bytes), default: [])
        let checksum = section.section("checksum") { readChecksum($0) } ?? nil
        let isDisplay = !section.has("press") && section.has("qr")
        let listens = ["press", "staff", "alive"].contains(where: section.has)
        let wanted = (listens || !isDisplay ? ["length"] : []) + (isDisplay ? [] : ["press"])
        let isWhole = wanted.allSatisfy(section.has) && (!section.has("checksum") || checksum != nil)
        let fixed = start.count + end.count + (checksum?.kind.width ?? 0)
        let length = section.section("length") { readLength($0, atLeast: fixed + 1) } ?? nil
        for key in wanted where !section.has(key) {
            section.report(
                LocalText("'\(key)' is missing", "缺少 '\(key)'"),
                hint: LocalText("add '\(key): {…}'", "请添加 '\(key): {…}'"))
        }
        let press = section.section("press") { readPress($0) } ?? nil
        let hasNoKeys = isDisplay && !section.has("keys")
        let own = hasNoKeys ? KeyMap([:]) : section.has("keys") || override == nil ? section.keyMap(default: nil) : nil
        let staff = section.section("staff") { readStaff($0) } ?? nil
        let alive = section.section("alive") { readAlive($0) } ?? nil
        let address = section.value("address", .framePlace)
        let commands = readCommands(section)
        let texts = section.section("texts") { readTexts($0) } ?? FrameTexts()
        let gap = section.value(
            "gap", .duration(in: .milliseconds(10) ... .seconds(10)), default: .milliseconds(200))
        note([.start, .end, .length, .checksum, .address, .keys, .press, .staff, .alive], in: section)
        guard let name, let keys = override ?? own, isWhole, press != nil || isDisplay,
            length != nil || !section.has("length")
        else { return nil }
        let description = FrameDescription(
            name: name, start: start, length: length, end: end, checksum: checksum, address: address, press: press,
            keys: keys, staff: staff, alive: alive, commands: commands, texts: texts, gap: gap)
        for mistake in description.mistakes {
            let mark = marks[mistake.field] ?? section.mark
            section.report(Diagnostic(mark, mistake.message, hint: mistake.hint))
        }
        return description
    }

    /// Keeps where fields stand; the last word of a field's path is its key.
    private mutating func note(_ fields: [FrameField], in section: ConfigurationSection) {
        for field in fields {
            let key = field.rawValue.split(separator: ".").last.map(String.init) ?? field.rawValue
            if section.has(key) { marks[field] = section.mark(of: key) }
        }
    }

    // MARK: Shape

    private mutating func readLength(_ section: ConfigurationSection, atLeast least: Int) -> FrameDescription.Length? {
        note([.lengthAt, .lengthRepeatedAt, .lengthCounted], in: section)
        let bytes = ValueKind<Int>.integer(in: 1...FrameDescription.mostBytes)
        if section.has("fixed") { return section.value("fixed", bytes).map { .fixed($0) } }
        guard section.has("at") else {
            let shortest = section.value("least", bytes, default: least)
            return section.required("most", bytes).map { .terminated(shortest: shortest, longest: $0) }
        }
        let offset = ValueKind<Int>.integer(in: 0...(FrameDescription.mostBytes - 1))
        let at = section.value("at", offset)
        let repeated = section.value("repeated_at", offset)
        let from = section.required("counts_from", offset)
        let to = section.value("counts_to", .integer(in: -FrameDescription.mostBytes ... -1), default: -1)
        let fewest = section.value("least", .integer(in: 0...255), default: 1)
        let most = section.required("most", .integer(in: 0...255))
        guard let at, let from, let most else { return nil }
        guard fewest <= most else {
            section.report(
                LocalText("'least' is more than 'most'", "'least' 大于 'most'"),
                hint: LocalText("write the smallest length under 'least'", "请在 'least' 中填写最小长度"), at: "least")
            return nil
        }
        let counted = FrameRange(from: FramePlace(from), to: FramePlace(to))
        return .byte(.init(at: at, repeatedAt: repeated, counted: counted, values: fewest...most))
    }

    private mutating func readChecksum(_ section: ConfigurationSection) -> FrameChecksum? {
        note([.checksumPlace, .checksumRange], in: section)
        let words = Dictionary(uniqueKeysWithValues: FrameChecksum.Kind.allCases.map { ($0.rawValue, $0) })
        let kind = section.required("kind", .choice(words))
        let from = section.required("from", .framePlace)
        let to = section.required("to", .framePlace)
        let place = section.required("at", .framePlace)
        let isLittle = section.value("order", .choice(["little": true, "big": false]), default: false)
        guard let kind, let from, let to, let place else { return nil }
        return FrameChecksum(kind, over: FrameRange(from: from, to: to), at: place, isLittleEndian: isLittle)
    }

    // MARK: Meaning

    private mutating func readPress(_ section: ConfigurationSection) -> FrameDescription.Press? {
        note([.pressWhen, .pressValue, .pressTimedOut, .acknowledgement, .refusal], in: section)
        let when = section.value("when", .frameText(FrameText.conditions), default: [])
        let timedOut = section.value("timed_out", .byte)
        let window = section.value("repeat_window", .duration(in: .zero ... .seconds(60)), default: .seconds(2))
        let thanks = section.value("thanks", .choice(["by_gateway": false, "by_pad": true]), default: false)
        let acknowledgement = section.value("acknowledge", .frameText(FrameText.template))
        let refusal = section.value("refuse", .frameText(FrameText.template))
        return section.required("value", .framePlace).map { value in
            .init(
                when: when, value: value, timedOut: timedOut, repeatWindow: window, acknowledgement: acknowledgement,
                refusal: refusal, isThankedByPad: thanks)
        }
    }

    private mutating func readStaff(_ section: ConfigurationSection) -> FrameDescription.Staff? {
        note([.staffWhen, .staffValue, .staffAcknowledgement], in: section)
        let when = section.value("when", .frameText(FrameText.conditions), default: [])
        let window = section.value("repeat_window", .duration(in: .zero ... .seconds(60)), default: .zero)
        let acknowledgement = section.value("acknowledge", .frameText(FrameText.template))
        let keys = section.list("keys", atMost: 64) { item -> FrameDescription.Staff.Key? in
            let when = item.required("when", .frameText(FrameText.conditions))
            let key = item.required("key", .choice(Self.staffKeys))
            let after = item.value("after", .byte)
            guard let when, let key else { return nil }
            return .init(key, when: when, after: after)
        }
        return section.required("value", .framePlace).map { value in
            .init(when: when, value: value, keys: keys, repeatWindow: window, acknowledgement: acknowledgement)
        }
    }

    private static let staffKeys: [String: StaffKey] = [
        "ask_for_rating": .askForRating, "call_next": .callNext, "call_again": .callAgain, "pause": .pause,
        "transfer": .transfer, "abandon": .abandon, "suspend": .suspend, "recall": .recall,
    ]

    private mutating func readAlive(_ section: ConfigurationSection) -> FrameDescription.Alive? {
        note([.aliveWhen, .aliveAcknowledgement], in: section)
        let acknowledgement = section.value("acknowledge", .frameText(FrameText.template))
        return section.required("when", .frameText(FrameText.conditions)).map {
            .init(when: $0, acknowledgement: acknowledgement)
        }
    }

    private mutating func readCommands(_ section: ConfigurationSection) -> FrameDescription.Commands {
        note([.prompt, .cancel, .pause, .resume, .identify, .waiting, .text, .qrCode, .standby], in: section)
        var commands = FrameDescription.Commands()
        let kind = ValueKind<FrameTemplate>.frameText(FrameText.template)
        commands.prompt = section.value("prompt", kind)
        commands.cancel = section.value("cancel", kind)
        commands.pause = section.value("pause", kind)
        commands.resume = section.value("resume", kind)
        commands.identify = section.value("identify", kind)
        commands.waiting = section.value("waiting", kind)
        commands.text = section.value("text", kind)
        commands.qrCode = section.value("qr", kind)
        commands.standby = section.value("standby", kind)
        return commands
    }

    private func readTexts(_ section: ConfigurationSection) -> FrameTexts {
        var texts = FrameTexts()
        let words = Dictionary(uniqueKeysWithValues: FrameTexts.Encoding.allCases.map { ($0.rawValue, $0) })
        texts.encoding = section.value("encoding", .choice(words), default: texts.encoding)
        texts.most = section.value("most", .integer(in: 1...FrameDescription.mostBytesSent))
        texts.fill = section.value("fill", .byte, default: texts.fill)
        texts.standby = section.value("standby", .text(atMost: 256), default: "")
        texts.escapes = section.list("escapes", atMost: 32) { item -> FrameTexts.Escape? in
            let byte = item.required("byte", .byte)
            let bytes = item.required("as", .frameText(FrameText.bytes))
            guard let byte, let bytes else { return nil }
            return FrameTexts.Escape(byte, as: bytes)
        }
        return texts
    }
}

extension ValueKind {
    /// One of the short texts of a description.
    static func frameText(_ parse: @escaping @Sendable (String) throws(FrameTextError) -> Value) -> ValueKind {
        ValueKind { text, _ in
            guard text.utf8.count <= FrameText.mostBytes else {
                return .wrong(
                    LocalText("the text is longer than \(FrameText.mostBytes) bytes", "文本超过 \(FrameText.mostBytes) 字节"),
                    hint: LocalText("a frame has at most 256 bytes", "一帧至多 256 字节"))
            }
            do throws(FrameTextError) {
                return .value(try parse(text))
            } catch {
                return .wrong(error.message, hint: error.hint)
            }
        }
    }
}

extension ValueKind where Value == FramePlace {
    /// An offset in a frame, from its first byte or backwards from -1.
    static var framePlace: ValueKind {
        ValueKind { text, isQuoted in
            let bounds = -FrameDescription.mostBytes...(FrameDescription.mostBytes - 1)
            switch ValueKind<Int>.integer(in: bounds).reading(of: text, isQuoted: isQuoted) {
            case .value(let offset): return .value(FramePlace(offset))
            case .questionable(let offset, let message, let hint):
                return .questionable(FramePlace(offset), message, hint: hint)
            case .wrong(let message, let hint): return .wrong(message, hint: hint)
            }
        }
    }
}
