// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import RatingModel
import WebSocketPad

/// Android pads that connect in over WebSocket, as a configuration names them; their messages come through the
/// web process, or from a relay of the hall's own over TCP.
enum WebSocketPadEntry: CataloguedDriver {
    static let name = WebSocketPadDriver.name
    static let lineKinds: [DeviceLine.Kind] = [.tcp, .web]
    static let usualBaud = 115_200
    static let isAddressed = false
    static let fingerprints: [DeviceFingerprint] = []

    static func read(_ section: ConfigurationSection, for device: DeviceReading) -> ConfiguredDriver? {
        let scores = Dictionary(uniqueKeysWithValues: WebSocketPadSettings.Score.allCases.map { ($0.rawValue, $0) })
        let score = section.required("score", .choice(scores))
        let keyMap = keyMap(section)
        let windowNumber = section.value("window_number", .text(atMost: 64))
        let heartbeat = section.value(
            "heartbeat", .duration(in: .seconds(10)...(.seconds(3600))), default: .seconds(300))
        let isNumeric = section.value("rate_id", .choice(["text": false, "number": true]), default: false)
        let signsStaffIn = section.value("user_code", .choice(["staff": true, "ignored": false]), default: true)
        let dates = Dictionary(uniqueKeysWithValues: WebSocketPadSettings.DateForm.allCases.map { ($0.rawValue, $0) })
        let date = section.value("date", .choice(dates), default: .second)
        let operationMember = section.value("operation_member", .identifier)
        let results = results(section)
        guard let score, let keyMap, let results else { return nil }
        var settings = WebSocketPadSettings(
            device: DeviceID(driver: name, line: device.path), score: score, keyMap: keyMap)
        settings.windowNumber = windowNumber
        settings.heartbeat = heartbeat
        settings.sendsNumericRateID = isNumeric
        settings.signsStaffIn = signsStaffIn
        settings.date = date
        settings.operationMember = operationMember
        settings.results = results
        return ConfiguredDriver(name, settings: words(settings)) { [settings] in WebSocketPadDriver(settings) }
    }

    /// The settings in words that are the same for the same settings, which a dictionary's own are not.
    private static func words(_ settings: WebSocketPadSettings) -> String {
        let keys = settings.keyMap.keys.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let results = settings.results.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            "\($0.key.rawValue) \($0.value.text)"
        }
        return "\(settings.score) \(keys) \(settings.windowNumber ?? "") \(settings.heartbeat) "
            + "\(settings.sendsNumericRateID) \(settings.signsStaffIn) \(settings.date) \(settings.operationMember ?? "") \(results)"
    }

    /// `best: 1` or `best: 5` where the scores run through all levels, else `keys`.
    private static func keyMap(_ section: ConfigurationSection) -> KeyMap? {
        if section.has("keys") {
            if section.has("best") {
                section.report(
                    LocalText("'best' and 'keys' exclude each other", "'best' 与 'keys' 不能同时使用"),
                    hint: LocalText("keep one of the two", "请保留其中之一"), at: "best")
                return nil
            }
            return section.keyMap(default: nil)
        }
        return section.required("best", .choice(["1": 1, "5": 5])).map { KeyMap.scores(best: $0) }
    }

    /// The answers to what only the hall knows, each a JSON text.
    private static func results(_ section: ConfigurationSection) -> [WebSocketPadSettings.Method: JSONValue]? {
        let keys: [(String, WebSocketPadSettings.Method)] = [
            ("windows", .windows), ("users", .users), ("items", .items), ("photograph", .photograph),
        ]
        var results: [WebSocketPadSettings.Method: JSONValue] = [:]
        let isWhole =
            section.section("results") { section in
                for (key, method) in keys { results[method] = section.value(key, .json) }
                return keys.allSatisfy { !section.has($0.0) || results[$0.1] != nil }
            } ?? true
        return isWhole ? results : nil
    }
}

extension ValueKind where Value == JSONValue {
    /// A JSON text.
    static var json: ValueKind {
        ValueKind { text, _ in
            do throws(JSONMistake) {
                return .value(try JSONParser.parse(Array(text.utf8)))
            } catch {
                return .wrong(
                    LocalText("the text is not JSON: \(error)", "文本不是 JSON：\(error)"),
                    hint: LocalText("write it in single quotes, such as '[{\"a\":1}]'", "请写在单引号内，例如 '[{\"a\":1}]'"))
            }
        }
    }
}
