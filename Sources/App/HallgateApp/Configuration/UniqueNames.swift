// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

/// The names given in a list so far: each may be given once, and others may refer only to these.
struct UniqueNames {
    private var marks: [String: SourceMark] = [:]

    /// Takes a name; reports one that is there already.
    mutating func add(_ name: String, key: String, in section: ConfigurationSection, noun: LocalText) {
        if let first = marks[name] {
            section.report(
                LocalText(
                    "\(noun.english) '\(name)' is there already, at \(first)",
                    "\(noun.chinese) '\(name)' 已在 \(first) 定义"),
                hint: LocalText("give each its own, or remove one", "请分别命名，或删除其中一个"), at: key)
        } else {
            marks[name] = section.mark(of: key)
        }
    }

    /// Reports a reference to a name that is not there.
    func check(
        _ name: String, key: String, in section: ConfigurationSection, noun: LocalText, list: String = "windows"
    ) {
        guard marks[name] == nil else { return }
        let hint =
            didYouMean(name, among: marks.keys)
            ?? LocalText("add it under '\(list)', or correct the name", "请在 '\(list)' 下添加，或更正名称")
        section.report(
            LocalText("there is no \(noun.english) '\(name)'", "没有\(noun.chinese) '\(name)'"), hint: hint, at: key)
    }
}
