// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

/// The codes that a region gave a hall once and for all, each as it is: halls may not alter them.
struct RegionCodeTable: Sendable, Hashable {
    /// The file they were read from.
    var file = ""
    /// The hall's own.
    var hall: String?
    /// Those of windows.
    var windows: [WindowID: String] = [:]

    /// Longest text, in bytes; with more the squares are too small for a phone at two metres.
    static let longest = 512

    /// The same as regions hand it over, a spreadsheet that was saved as CSV.
    static let sheet = TableForm(
        list: "codes",
        columns: [
            "window": "window", "窗口": "window", "窗口编号": "window", "text": "text", "二维码": "text", "二维码内容": "text",
        ])

    /// The code for a window, or for the hall.
    func text(for window: WindowID?) -> String? {
        guard let window else { return hall }
        return windows[window]
    }

    /// Reads the file.
    static func read(_ section: ConfigurationSection, windows known: UniqueNames) -> RegionCodeTable {
        var table = RegionCodeTable()
        var places: Set<WindowID?> = []
        let codes = section.list("codes", atMost: 1001) { code -> (WindowID?, String)? in
            let window = code.value("window", .identifier)
            if let window { known.check(window, key: "window", in: code, noun: LocalText("window", "窗口")) }
            let place = window.map { WindowID($0) }
            if !places.insert(place).inserted {
                code.report(
                    LocalText("there is a code for this place already", "此处已有二维码"),
                    hint: LocalText("leave one of them", "请保留其中一个"), at: window == nil ? "text" : "window")
            }
            return code.required("text", .codeText).map { (place, $0) }
        }
        for (place, text) in codes {
            if let place { table.windows[place] = text } else { table.hall = text }
        }
        return table
    }
}

extension ValueKind where Value == String {
    /// What a code says, whatever it is: it stays as it was given.
    fileprivate static var codeText: ValueKind {
        ValueKind { text, isQuoted in
            guard text.utf8.allSatisfy({ $0 > 0x1F && $0 != 0x7F }) else {
                return .wrong(
                    LocalText("the code holds control characters", "二维码内容含有控制字符"),
                    hint: LocalText("copy it as the region gave it", "请按上级平台给出的内容原样填写"))
            }
            return Self.text(atMost: RegionCodeTable.longest).reading(of: text, isQuoted: isQuoted)
        }
    }
}
