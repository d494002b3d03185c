// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import RatingModel
import Scanner

/// Scanners, as a configuration names them.
enum ScannerEntry: CataloguedDriver {
    static let name = ScannerDriver.name
    static let lineKinds: [DeviceLine.Kind] = [.serial, .tcp, .evdev, .hidraw]
    static let usualBaud = 9600
    static let readsCodes = true
    static let isAddressed = false
    static let fingerprints = SerialAdapters.fingerprints

    static func read(_ section: ConfigurationSection, for device: DeviceReading) -> ConfiguredDriver? {
        var settings = ScannerSettings(device: DeviceID(driver: name, line: device.path))
        settings.ending = section.value("end", words(), default: .any)
        settings.silence = section.value(
            "silence", .duration(in: .milliseconds(20)...(.seconds(2))), default: settings.silence)
        settings.encoding = section.value("encoding", words(), default: .utf8)
        settings.symbology = section.value("symbology", words(), default: .detect)
        settings.prefix = section.value("prefix", .text(atMost: 64), default: "")
        settings.suffix = section.value("suffix", .text(atMost: 64), default: "")
        let shortest = section.value("shortest", .integer(in: 1...ScannedCode.longestBytes), default: 1)
        let longest = section.value("longest", .integer(in: 1...ScannedCode.longestBytes), default: 512)
        let isWhole = readLength(shortest, longest, in: section, &settings)
        settings.characters = section.value("characters", .characterRanges)
        let input = readInput(section, kind: device.kind, &settings)
        return isWhole && input
            ? ConfiguredDriver(name, settings: "\(settings)") { [settings] in ScannerDriver(settings) } : nil
    }

    private static func words<Word: RawRepresentable<String> & CaseIterable & Sendable>() -> ValueKind<Word> {
        .choice(Dictionary(uniqueKeysWithValues: Word.allCases.map { ($0.rawValue, $0) }))
    }

    private static func readLength(
        _ shortest: Int, _ longest: Int, in section: ConfigurationSection, _ settings: inout ScannerSettings
    ) -> Bool {
        guard shortest <= longest else {
            section.report(
                LocalText("'shortest' is more than 'longest'", "'shortest' 大于 'longest'"),
                hint: LocalText("change one of the two", "请修改其中之一"), at: "shortest")
            return false
        }
        settings.length = shortest...longest
        return true
    }

    /// What depends on the kind of line: where the text is in a report, what is typed, what the scanner is told.
    private static func readInput(
        _ section: ConfigurationSection, kind: DeviceLine.Kind, _ settings: inout ScannerSettings
    ) -> Bool {
        if kind == .hidraw {
            guard section.has("report") else {
                _ = section.required("report", .text())
                return false
            }
            let layout = section.section("report") { report -> ScannerSettings.ReportLayout? in
                let number = report.value("number", .byte)
                let length = report.required("length_at", .integer(in: 0...1023))
                let text = report.required("text_at", .integer(in: 0...1023))
                guard let length, let text else { return nil }
                return ScannerSettings.ReportLayout(number: number, lengthAt: length, textAt: text)
            }
            guard let layout = layout ?? nil else { return false }
            settings.input = .reports(layout)
        } else if kind == .evdev {
            settings.input = .keyEvents
            if settings.ending == .lf || settings.ending == .crlf {
                section.report(
                    LocalText("a keyboard types no line feed", "键盘不会输入换行符 LF"),
                    hint: LocalText("write end: any, cr, tab or silence", "请填写 end: any、cr、tab 或 silence"), at: "end")
                return false
            }
        }
        if kind == .evdev || kind == .hidraw { return true }
        settings.switchOn = section.value("switch_on", .hexadecimalBytes(atMost: 64), default: [])
        settings.switchOff = section.value("switch_off", .hexadecimalBytes(atMost: 64), default: [])
        return true
    }
}

extension ValueKind where Value == CharacterRanges {
    /// Characters as ranges, such as `0-9A-Z_-`.
    static var characterRanges: ValueKind {
        ValueKind { text, _ in
            CharacterRanges(text).map { .value($0) }
                ?? .wrong(
                    LocalText("'\(text.prefix(32))' names no characters", "'\(text.prefix(32))' 不是字符范围"),
                    hint: LocalText("write ranges such as 0-9A-Z", "请填写范围，例如 0-9A-Z"))
        }
    }
}
