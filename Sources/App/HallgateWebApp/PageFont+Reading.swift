// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import KioskPages
import Logging

extension PageFont {
    /// Reads the site's font; `nil` where that fails, for pages are served without it as well.
    static func read(_ path: String, logger: Logger) -> PageFont? {
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64
        if let size, size <= UInt64(mostBytes), let bytes = FileManager.default.contents(atPath: path),
            let font = PageFont(Array(bytes))
        {
            return font
        }
        logger.error(
            "the Mongolian font is left out: the file cannot be read, is no font, or is too large",
            metadata: ["file": "\(path)", "most_bytes": "\(mostBytes)"])
        return nil
    }
}
