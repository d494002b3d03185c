// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

extension ConfigurationNode {
    /// The key by which an item of a list names the one it takes the place of.
    static let replaces = "replaces"

    /// The items of a list after each that says `replaces` took the place of an earlier one: its keys laid over those
    /// of the other, which it names by the value of a place key, such as a path, or by a value within one.
    ///
    /// So a drop-in can change an item of the main file without repeating it. Where the item states any place of its
    /// own, it keeps none of the other's.
    static func replaced(_ items: [ConfigurationNode], places: Set<String>, log: DiagnosticLog) -> [ConfigurationNode] {
        var result: [ConfigurationNode] = []
        for item in items {
            guard let entries = item.entries, let named = entries.first(where: { $0.key == replaces }) else {
                result.append(item)
                continue
            }
            guard case .scalar(let name, _) = named.value.content,
                let index = result.firstIndex(where: { $0.isNamed(name, places: places) }),
                let others = result[index].entries
            else {
                log.report(
                    Diagnostic(
                        named.value.mark, LocalText("there is nothing to replace by that name", "没有可替换的同名项"),
                        hint: LocalText(
                            "write the path, serial or port of an earlier item, or remove this one",
                            "请填写前面某一项的 path、serial 或 port，或删除本项")))
                continue
            }
            let mine = entries.filter { $0.key != replaces }
            let movesAway = mine.contains { places.contains($0.key) }
            let kept = others.filter { other in
                !(movesAway && places.contains(other.key)) && !mine.contains { $0.key == other.key }
            }
            result[index] = ConfigurationNode(mark: item.mark, content: .section(kept + mine))
        }
        return result
    }

    private var entries: [Entry]? { if case .section(let entries) = content { entries } else { nil } }

    private func isNamed(_ name: String, places: Set<String>) -> Bool {
        (entries ?? []).contains { entry in
            guard places.contains(entry.key) else { return false }
            switch entry.value.content {
            case .scalar(let text, _): return text == name
            case .section(let inner):
                return inner.contains {
                    if case .scalar(let text, _) = $0.value.content { text == name } else { false }
                }
            case .list, .invalid: return false
            }
        }
    }
}
