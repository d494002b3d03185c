// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import ConfigurationFile
import HallAPI
import RatingModel

extension SourcePage {
    /// Reads `ingest.sources[].page`; `nil` where it says nowhere to go back to.
    static func read(_ section: ConfigurationSection) -> SourcePage? {
        let back = section.values("back", atMost: 16, .webOrigin)
        if back.isEmpty {
            section.report(
                LocalText("'back' names no origin: the page would lead nowhere", "'back' 未写来源：评价后无处可返回"),
                hint: LocalText(
                    "write the terminal's origins, such as [https://terminal-1.hall.example]",
                    "请填写终端的来源，例如 [https://terminal-1.hall.example]"),
                at: section.has("back") ? "back" : nil)
        }
        var page = SourcePage(back: back)
        page.frames = section.values("frames", atMost: 16, .webOrigin)
        page.lifetime = section.value(
            "lifetime", .duration(in: .seconds(60) ... .seconds(3600)), default: page.lifetime)
        page.returnAfter = section.value(
            "return_after", .pause(in: .seconds(3) ... .seconds(120)), default: page.returnAfter)
        return back.isEmpty ? nil : page
    }
}

extension ValueKind where Value == WebOrigin {
    /// An origin.
    fileprivate static var webOrigin: ValueKind {
        ValueKind { text, _ in
            guard let origin = WebOrigin(rawValue: text) else {
                return .wrong(
                    LocalText("'\(text.prefix(80))' is no origin", "'\(text.prefix(80))' 不是网页来源"),
                    hint: LocalText(
                        "write scheme, name and port alone, such as https://terminal-1.hall.example or http://192.0.2.7:8080",
                        "只填写协议、主机名和端口，例如 https://terminal-1.hall.example 或 http://192.0.2.7:8080"))
            }
            return .value(origin)
        }
    }
}

extension ValueKind where Value == Duration? {
    /// A length of time in a range, or `off`.
    fileprivate static func pause(in range: ClosedRange<Duration>) -> ValueKind {
        ValueKind { text, isQuoted in
            if text == "off" { return .value(nil) }
            return switch ValueKind<Duration>.duration(in: range).reading(of: text, isQuoted: isQuoted) {
            case .value(let duration): .value(duration)
            case .questionable(let duration, let message, let hint): .questionable(duration, message, hint: hint)
            case .wrong(let message, let hint): .wrong(message, hint: hint)
            }
        }
    }
}
