// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// Builds the node tree from YAML's events, and reports what YAML allows and a configuration does not.
struct NodeBuilder {
    /// Deepest nesting of lists and sections; the configuration needs six.
    static let depthLimit = 16
    /// Most nodes of a file.
    static let nodeLimit = 20_000

    /// An open list or section.
    private struct Frame {
        let mark: SourceMark
        let isSection: Bool
        var items: [ConfigurationNode] = []
        var entries: [ConfigurationNode.Entry] = []
        var lines: [String: Int] = [:]
        var key = Key.awaited
    }

    /// What a section waits for.
    private enum Key {
        case awaited
        case given(String, SourceMark)
        /// A key that was reported; its value is read and forgotten.
        case unusable
    }

    private(set) var root: ConfigurationNode?
    private(set) var diagnostics: [Diagnostic] = []
    private var frames: [Frame] = []
    private var nodes = 0

    /// Whether a limit was reached, so that reading on makes no sense.
    private(set) var isExhausted = false

    mutating func scalar(_ text: String, isQuoted: Bool, at mark: SourceMark) {
        add(ConfigurationNode(mark: mark, content: .scalar(text, isQuoted: isQuoted)))
    }

    mutating func openList(at mark: SourceMark) { open(Frame(mark: mark, isSection: false)) }

    mutating func openSection(at mark: SourceMark) { open(Frame(mark: mark, isSection: true)) }

    mutating func close() {
        guard let frame = frames.popLast() else { return }
        let content: ConfigurationNode.Content = frame.isSection ? .section(frame.entries) : .list(frame.items)
        add(ConfigurationNode(mark: frame.mark, content: content))
    }

    mutating func alias(_ name: String, at mark: SourceMark) {
        report(
            mark, LocalText("the alias *\(name) is not allowed", "不允许使用别名 *\(name)"),
            hint: LocalText("write the value out; quote it if it begins with *", "请直接写出该值；若值以 * 开头请加引号"))
        add(ConfigurationNode(mark: mark, content: .invalid))
    }

    mutating func anchor(_ name: String, at mark: SourceMark) {
        report(
            mark, LocalText("the anchor &\(name) is not allowed", "不允许使用锚点 &\(name)"),
            hint: LocalText("remove it; quote the value if it begins with &", "请删除；若值以 & 开头请加引号"))
    }

    mutating func tag(_ name: String, at mark: SourceMark) {
        report(
            mark, LocalText("the tag \(name) is not allowed", "不允许使用标签 \(name)"),
            hint: LocalText("remove it; quote the value if it begins with !", "请删除；若值以 ! 开头请加引号"))
    }

    mutating func report(_ mark: SourceMark, _ message: LocalText, hint: LocalText) {
        diagnostics.append(Diagnostic(mark, message, hint: hint))
    }

    private mutating func open(_ frame: Frame) {
        guard frames.count < Self.depthLimit else {
            isExhausted = true
            return report(
                frame.mark, LocalText("more than \(Self.depthLimit) levels of nesting", "嵌套超过 \(Self.depthLimit) 层"),
                hint: LocalText("check the brackets and the indentation", "请检查括号和缩进"))
        }
        frames.append(frame)
    }

    private mutating func add(_ node: ConfigurationNode) {
        nodes += 1
        guard nodes <= Self.nodeLimit else {
            isExhausted = true
            return report(
                node.mark, LocalText("more than \(Self.nodeLimit) values", "超过 \(Self.nodeLimit) 个值"),
                hint: LocalText("check whether this is the right file", "请确认文件是否正确"))
        }
        guard let top = frames.indices.last else {
            root = node
            return
        }
        guard frames[top].isSection else { return frames[top].items.append(node) }
        switch frames[top].key {
        case .given(let name, let mark):
            frames[top].entries.append(ConfigurationNode.Entry(key: name, keyMark: mark, value: node))
            frames[top].key = .awaited
        case .unusable:
            frames[top].key = .awaited
        case .awaited:
            frames[top].key = key(from: node, in: top)
        }
    }

    private mutating func key(from node: ConfigurationNode, in frame: Int) -> Key {
        guard case .scalar(let name, _) = node.content else {
            if node.content != .invalid {
                report(
                    node.mark, LocalText("a list or section cannot be a key", "列表或小节不能作为键"),
                    hint: LocalText("write 'key: value'", "请写成 'key: value'"))
            }
            return .unusable
        }
        if let first = frames[frame].lines[name] {
            let shown = shortened(name)
            report(
                node.mark,
                LocalText("'\(shown)' is given twice, first in line \(first)", "'\(shown)' 重复，首次出现在第 \(first) 行"),
                hint: LocalText("keep one of the two", "请只保留其中一个"))
            return .unusable
        }
        frames[frame].lines[name] = node.mark.line
        return .given(name, node.mark)
    }
}
