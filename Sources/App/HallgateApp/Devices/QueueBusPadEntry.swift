// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import QueueBusPad
import RatingModel

/// The queue bus, as a configuration names it.
enum QueueBusPadEntry: CataloguedDriver {
    static let name = QueueBusPadDriver.name
    static let lineKinds: [DeviceLine.Kind] = [.serial, .tcp, .rfc2217]
    static let usualBaud = 9600
    static let isAddressed = true
    static let fingerprints = SerialAdapters.fingerprints

    static func read(_ section: ConfigurationSection, for device: DeviceReading) -> ConfiguredDriver? {
        var settings = QueueBusSettings(line: device.path, addresses: Set(device.addresses.keys))
        let keys = section.keyMap(default: settings.keys)
        settings.timeoutValue = section.value("timeout_value", .byteOrNone, default: settings.timeoutValue)
        settings.thanks = section.value(
            "thanks", .choice(["after_commit": .afterCommit, "by_itself": .bySelf]), default: settings.thanks)
        settings.repeatInterval = section.value(
            "repeat_interval", .duration(in: .milliseconds(100)...(.seconds(30))), default: settings.repeatInterval)
        if device.addresses.isEmpty, section.has("window") {
            section.report(
                LocalText("no pad of the bus is named by its address", "未按地址列出总线上的评价器"),
                hint: LocalText(
                    "write addresses: [{address: 1, window: …}]; else a pad is prompted only after it was heard once",
                    "请填写 addresses: [{address: 1, window: …}]；否则评价器在首次上报之前不会收到评价提示"),
                at: "window", .warning)
        }
        guard let keys, isUnambiguous(keys, settings, in: section) else { return nil }
        settings.keys = keys
        return ConfiguredDriver(name, settings: text(of: settings)) { [settings] in QueueBusPadDriver(settings) }
    }

    private static func isUnambiguous(
        _ keys: KeyMap, _ settings: QueueBusSettings, in section: ConfigurationSection
    ) -> Bool {
        if let value = settings.timeoutValue, keys.keys[value] != nil {
            section.report(
                LocalText("the value \(value) is a key's and 'timeout_value'", "值 \(value) 既是按键又是 'timeout_value'"),
                hint: LocalText(
                    "write timeout_value: none for a pad that does not report a timeout",
                    "评价器不上报超时时，请填写 timeout_value: none"),
                at: section.has("timeout_value") ? "timeout_value" : "keys")
            return false
        }
        guard keys.keys[QueueBusSettings.startRating] == nil, settings.timeoutValue != QueueBusSettings.startRating
        else {
            section.report(
                LocalText("the value 11 cannot be acknowledged", "值 11 无法应答"),
                hint: LocalText(
                    "its acknowledgement would be the bus's request for a rating", "其应答与总线的评价请求相同"),
                at: section.has("keys") ? "keys" : "timeout_value")
            return false
        }
        return true
    }

    private static func text(of settings: QueueBusSettings) -> String {
        let timeout = settings.timeoutValue.map { "\($0)" } ?? "none"
        return "\(settings.line) \(settings.addresses.sorted()) \(settings.keys.text) \(timeout) \(settings.thanks) "
            + durationText(settings.repeatInterval)
    }
}

extension ValueKind where Value == UInt8? {
    /// A byte, or `none`.
    fileprivate static var byteOrNone: ValueKind {
        ValueKind { text, isQuoted in
            if text == "none" { return .value(nil) }
            switch ValueKind<UInt8>.byte.reading(of: text, isQuoted: isQuoted) {
            case .value(let byte): return .value(byte)
            case .questionable(let byte, let message, let hint): return .questionable(byte, message, hint: hint)
            case .wrong(let message, let hint): return .wrong(message, hint: hint)
            }
        }
    }
}
