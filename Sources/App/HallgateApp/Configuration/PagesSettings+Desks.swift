// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

extension PagesSettings {
    /// The desk of a window, whose clerk has a page.
    struct Desk: Sendable, Hashable {
        /// The window.
        var window: WindowID
        /// The file with the desk's key.
        var keyFile: String
    }

    /// Reads the desks: one for each window.
    static func desks(_ section: ConfigurationSection, windows: UniqueNames) -> [Desk] {
        var names = UniqueNames()
        return section.list("desks", atMost: 1000, places: ["window"]) { desk in
            let window = desk.required("window", .identifier)
            let keyFile = desk.required("key_file", .absolutePath())
            guard let window else { return nil }
            windows.check(window, key: "window", in: desk, noun: LocalText("window", "窗口"))
            names.add(window, key: "window", in: desk, noun: LocalText("the desk of window", "窗口工位"))
            return keyFile.map { Desk(window: WindowID(window), keyFile: $0) }
        }
    }
}
