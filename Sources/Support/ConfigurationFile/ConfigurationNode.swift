// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A piece of a YAML file with the place it stands at; scalars keep their text, because only a reader knows their type.
struct ConfigurationNode: Sendable, Hashable {
    /// What stands there.
    enum Content: Sendable, Hashable {
        /// A single value; quotes make it a text whatever it looks like.
        case scalar(String, isQuoted: Bool)
        /// A list.
        case list([ConfigurationNode])
        /// A section of keys and values, in the file's order, each key once.
        case section([Entry])
        /// Something that was reported already, so that nobody complains of it again.
        case invalid
    }

    /// A key with its value.
    struct Entry: Sendable, Hashable {
        let key: String
        let keyMark: SourceMark
        let value: ConfigurationNode
    }

    /// Where it begins.
    let mark: SourceMark
    /// What stands there.
    let content: Content

    /// Whether there is nothing after the key, `~` or `null`.
    var isNull: Bool {
        if case .scalar(let text, isQuoted: false) = content { ["", "~", "null"].contains(text) } else { false }
    }

    /// This node with a drop-in laid over it: sections are merged, lists appended, everything else replaced.
    func merged(with other: ConfigurationNode) -> ConfigurationNode {
        switch (content, other.content) {
        case (.list(let mine), .list(let more)):
            return ConfigurationNode(mark: mark, content: .list(mine + more))
        case (.section(let mine), .section(let more)):
            var entries = mine
            for entry in more {
                if let index = entries.firstIndex(where: { $0.key == entry.key }) {
                    let value = entries[index].value.merged(with: entry.value)
                    entries[index] = Entry(key: entry.key, keyMark: entries[index].keyMark, value: value)
                } else {
                    entries.append(entry)
                }
            }
            return ConfigurationNode(mark: mark, content: .section(entries))
        default:
            return other.isNull ? self : other
        }
    }
}
