// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A file of udev rules, read as udev(7) describes it; `udevadm verify` is not in Debian 12.
struct RulesFile {
    struct Token: Hashable {
        let key: String
        let attribute: String?
        let comparison: String
        let value: String
    }

    /// A device as the rules see it: keys such as `SUBSYSTEM`, `ENV{ID_PATH}` and `ATTR{idVendor}`.
    typealias Device = [String: String]

    let rules: [[Token]]
    let mistakes: [String]

    private static let compared: Set<String> = ["ACTION", "KERNEL", "SUBSYSTEM", "ATTR", "ENV", "TAG"]
    private static let assigned: Set<String> = [
        "ENV", "TAG", "GROUP", "MODE", "SYMLINK", "IMPORT", "GOTO", "LABEL",
    ]

    init(_ text: String) {
        var rules: [[Token]] = []
        var mistakes: [String] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard !line.hasPrefix("#"), !line.isEmpty else { continue }
            var tokens: [Token] = []
            for part in line.split(separator: ", ", omittingEmptySubsequences: false) {
                guard let token = Self.token(part) else {
                    mistakes.append("\(index + 1): '\(part)'")
                    continue
                }
                tokens.append(token)
            }
            rules.append(tokens)
        }
        let labels = rules.joined().filter { $0.key == "LABEL" }.map(\.value)
        for jump in rules.joined() where jump.key == "GOTO" && !labels.contains(jump.value) {
            mistakes.append("no label \(jump.value)")
        }
        if Set(labels).count != labels.count { mistakes.append("a label is there twice") }
        self.rules = rules
        self.mistakes = mistakes
    }

    private static func token(_ text: Substring) -> Token? {
        let name = text.prefix { $0.isLetter || $0 == "{" || $0 == "}" || $0 == "_" || $0.isNumber }
        let rest = text.dropFirst(name.count)
        guard let comparison = ["==", "!=", "+=", "-=", ":=", "="].first(where: rest.hasPrefix) else { return nil }
        let value = rest.dropFirst(comparison.count)
        guard value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\""),
            !value.dropFirst().dropLast().contains("\"")
        else { return nil }
        let parts = name.split(separator: "{", maxSplits: 1)
        guard let key = parts.first.map(String.init) else { return nil }
        let attribute = parts.count > 1 ? String(parts[1].dropLast()) : nil
        guard ["ATTR", "ENV", "IMPORT"].contains(key) == (attribute != nil) else { return nil }
        let isComparison = ["==", "!="].contains(comparison)
        guard (isComparison ? compared : assigned).contains(key) else { return nil }
        return Token(
            key: key, attribute: attribute, comparison: comparison, value: String(value.dropFirst().dropLast()))
    }

    /// What the rules make of a device: its keys with `GROUP`, `MODE`, and the lists `SYMLINK` and `TAG`.
    func apply(to device: Device) -> Device {
        var device = device
        var index = 0
        while index < rules.count {
            let rule = rules[index]
            index += 1
            guard rule.allSatisfy({ Self.holds($0, device) }) else { continue }
            for token in rule where !["==", "!="].contains(token.comparison) {
                let name = token.attribute.map { "\(token.key){\($0)}" } ?? token.key
                let value = Self.expanded(token.value, device)
                switch (token.key, token.comparison) {
                case ("GOTO", _):
                    index =
                        rules.firstIndex { $0.contains { $0.key == "LABEL" && $0.value == token.value } } ?? rules.count
                case ("LABEL", _), ("IMPORT", _): break
                case (_, "+="): device[name] = [device[name], value].compactMap { $0 }.joined(separator: " ")
                case (_, "-="):
                    device[name] = device[name]?.split(separator: " ").filter { $0 != value }.joined(separator: " ")
                default: device[name] = value
                }
            }
        }
        return device
    }

    private static func holds(_ token: Token, _ device: Device) -> Bool {
        guard ["==", "!="].contains(token.comparison) else { return true }
        let name = token.attribute.map { "\(token.key){\($0)}" } ?? token.key
        let value = device[name] ?? ""
        let isAlike: Bool
        switch token.value {
        case "?*": isAlike = !value.isEmpty
        case let pattern where pattern.hasSuffix("*"): isAlike = value.hasPrefix(pattern.dropLast())
        default: isAlike = value == token.value
        }
        return isAlike == (token.comparison == "==")
    }

    private static func expanded(_ value: String, _ device: Device) -> String {
        guard let start = value.firstIndex(of: "$"), value[start...].hasPrefix("$env{"), value.hasSuffix("}") else {
            return value
        }
        return value[..<start] + (device["ENV{\(value[start...].dropFirst(5).dropLast())}"] ?? "")
    }
}
