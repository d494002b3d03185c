// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A section of a configuration under a typed reader, which asks for each key it knows and so finds those it does not.
///
/// Reading never stops at a mistake: it is put in the log, the caller goes on, and in the end asks the log.
public final class ConfigurationSection {
    /// Where the section begins.
    public let mark: SourceMark
    private let entries: [String: ConfigurationNode.Entry]
    private let log: DiagnosticLog
    private var known: Set<String> = []

    init(_ entries: [ConfigurationNode.Entry], at mark: SourceMark, log: DiagnosticLog) {
        self.mark = mark
        self.entries = Dictionary(entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        self.log = log
    }

    /// The value of a key; `nil` where the key is absent, or its value wrong and reported.
    public func value<Value>(_ key: String, _ kind: ValueKind<Value>) -> Value? {
        guard let node = node(key) else { return nil }
        return Self.read(node, kind, key: key, log: log)
    }

    /// The value of a key, or a default where it is absent or wrong.
    public func value<Value>(_ key: String, _ kind: ValueKind<Value>, default fallback: Value) -> Value {
        value(key, kind) ?? fallback
    }

    /// The value of a key that must be there; `nil` where a mistake was reported.
    public func required<Value>(_ key: String, _ kind: ValueKind<Value>) -> Value? {
        if !has(key) {
            report(
                LocalText("'\(key)' is missing", "缺少 '\(key)'"), hint: LocalText("add '\(key): …'", "请添加 '\(key): …'"))
        }
        return value(key, kind)
    }

    /// Reads the section under a key, if there is one.
    @discardableResult
    public func section<Value>(_ key: String, _ body: (ConfigurationSection) -> Value) -> Value? {
        guard let node = node(key), !node.isNull else { return nil }
        return Self.section(node, key: key, log: log, body)
    }

    /// Reads the list of sections under a key; the items for which `body` answers `nil` are left out.
    ///
    /// With `places` an item can say `replaces: NAME`, and then takes the place of the earlier item for which one of
    /// these keys has that value.
    public func list<Value>(
        _ key: String, atMost limit: Int, places: Set<String> = [], _ body: (ConfigurationSection) -> Value?
    ) -> [Value] {
        guard let node = node(key), !node.isNull else { return [] }
        guard case .list(let all) = node.content else {
            if node.content != .invalid {
                Self.report(
                    node.mark, LocalText("'\(key)' must be a list", "'\(key)' 应为列表"),
                    hint: LocalText("begin each item with '- '", "每一项以 '- ' 开头"), log)
            }
            return []
        }
        let items = places.isEmpty ? all : ConfigurationNode.replaced(all, places: places, log: log)
        if items.count > limit {
            Self.report(
                items[limit].mark, LocalText("'\(key)' has more than \(limit) items", "'\(key)' 超过 \(limit) 项"),
                hint: LocalText("divide them among several gateways", "请分配到多台网关"), log)
        }
        return items.prefix(limit).compactMap { Self.section($0, key: key, log: log, body) ?? nil }
    }

    /// The keys that are given, for sections whose keys are names of the operator's own.
    public var givenKeys: [String] { Array(entries.keys) }

    /// The values of a key that holds one or a list of them; none where it is absent.
    public func values<Value>(_ key: String, atMost limit: Int, _ kind: ValueKind<Value>) -> [Value] {
        guard let node = node(key) else { return [] }
        guard case .list(let items) = node.content else {
            return Self.read(node, kind, key: key, log: log).map { [$0] } ?? []
        }
        if items.count > limit {
            Self.report(
                items[limit].mark, LocalText("'\(key)' has more than \(limit) items", "'\(key)' 超过 \(limit) 项"),
                hint: LocalText("leave some out", "请删减"), log)
        }
        return items.prefix(limit).compactMap { Self.read($0, kind, key: key, log: log) }
    }

    /// Whether a key is given, with whatever value.
    public func has(_ key: String) -> Bool { entries[key] != nil }

    /// Leaves a key to another reader: whatever it holds is no mistake here.
    public func leave(_ key: String) { known.insert(key) }

    /// Where a key's value stands, or the section where the key is absent.
    public func mark(of key: String) -> SourceMark { entries[key]?.value.mark ?? mark }

    /// Reports a mistake at a key's value, or at the section.
    public func report(
        _ message: LocalText, hint: LocalText, at key: String? = nil, _ severity: Diagnostic.Severity = .error
    ) {
        log.report(Diagnostic(key.map(mark(of:)) ?? mark, message, hint: hint, severity))
    }

    /// Reports a mistake at a place that was kept, for what shows only once several keys are read.
    public func report(_ diagnostic: Diagnostic) { log.report(diagnostic) }

    /// Reads the YAML file whose path a key gives, as a section; its mistakes are reported at their places in that file.
    /// Where there is a copy at the place that `copiedTo` gives for the path, the copy is read instead. With `table` a file
    /// whose name ends in `.csv` is read as such a table.
    public func file<Value>(
        _ key: String, copiedTo copy: (String) -> String? = { _ in nil }, table: TableForm? = nil,
        _ body: (ConfigurationSection) -> Value
    ) -> Value? {
        guard let path = value(key, .absolutePath()) else { return nil }
        let source = copy(path).flatMap { FileBytes.mode(of: $0) == nil ? nil : $0 } ?? path
        let outcome = ConfigurationFile.read(source, table: table?.fits(path) == true ? table : nil, body)
        guard !outcome.files.isEmpty else {
            report(
                LocalText("there is no file \(shortened(path))", "文件 \(shortened(path)) 不存在"),
                hint: LocalText("put the file there, or correct the path", "请放置该文件，或更正路径"), at: key)
            return nil
        }
        outcome.diagnostics.forEach(log.report)
        return outcome.value
    }

    private func node(_ key: String) -> ConfigurationNode? {
        known.insert(key)
        return entries[key]?.value
    }

    /// Reports the keys nobody asked for.
    func finish() {
        for entry in entries.values where !known.contains(entry.key) && !log.isFull {
            let words = known.sorted().joined(separator: ", ")
            let hint =
                didYouMean(entry.key, among: known) ?? LocalText("known here: \(words)", "此处可用：\(words)")
            let shown = shortened(entry.key)
            log.report(Diagnostic(entry.keyMark, LocalText("unknown key '\(shown)'", "未知的键 '\(shown)'"), hint: hint))
        }
    }
}

extension ConfigurationSection {
    static func section<Value>(
        _ node: ConfigurationNode, key: String, log: DiagnosticLog, _ body: (ConfigurationSection) -> Value
    ) -> Value? {
        guard case .section(let entries) = node.content else {
            if node.content != .invalid {
                report(
                    node.mark, LocalText("'\(key)' must hold 'key: value' pairs", "'\(key)' 应为 'key: value' 形式的小节"),
                    hint: LocalText("see the example in the manual", "请参照手册中的示例"), log)
            }
            return nil
        }
        let section = ConfigurationSection(entries, at: node.mark, log: log)
        let value = body(section)
        section.finish()
        return value
    }

    private static func read<Value>(
        _ node: ConfigurationNode, _ kind: ValueKind<Value>, key: String, log: DiagnosticLog
    ) -> Value? {
        switch node.content {
        case .invalid:
            return nil
        case .list, .section:
            report(
                node.mark, LocalText("'\(key)' must be a single value", "'\(key)' 应为单个值"),
                hint: LocalText("write '\(key): value' on one line", "请在一行内写成 '\(key): 值'"), log)
            return nil
        case .scalar where node.isNull:
            report(
                node.mark, LocalText("'\(key)' has no value", "'\(key)' 没有值"),
                hint: LocalText("write one after the colon, or remove the key", "请在冒号后填写，或删除该键"), log)
            return nil
        case .scalar(let text, let isQuoted):
            switch kind.reading(of: text, isQuoted: isQuoted) {
            case .value(let value): return value
            case .questionable(let value, let message, let hint):
                log.report(Diagnostic(node.mark, message, hint: hint, .warning))
                return value
            case .wrong(let message, let hint):
                report(node.mark, LocalText("\(key): \(message.english)", "\(key)：\(message.chinese)"), hint: hint, log)
                return nil
            }
        }
    }

    private static func report(_ mark: SourceMark, _ message: LocalText, hint: LocalText, _ log: DiagnosticLog) {
        log.report(Diagnostic(mark, message, hint: hint))
    }
}
