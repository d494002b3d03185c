// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import ConfigurationFile
import HallAPI
import RatingModel
import RegionProfiles

/// Who hands ratings over beside the hall's own pads and pages: the section `ingest`. Nobody does unless it is named.
struct IngestSettings: Sendable, Hashable {
    /// The sources, in the file's order.
    var sources: [Source] = []

    /// A source.
    struct Source: Sendable, Hashable {
        /// Its name, its channel and its windows.
        var source: IngestSource
        /// The file with its key.
        var keyFile: String
        /// Most ratings a minute.
        var mostPerMinute = 60
    }

    /// Reads the section.
    static func read(
        _ file: ConfigurationSection, windows: UniqueNames, hasWeb: Bool, uplinks: [GatewayConfiguration.Uplink]
    ) -> IngestSettings {
        file.section("ingest") { section in
            var names = UniqueNames()
            let sources = section.list("sources", atMost: 64, places: ["name"]) { item in
                source(item, &names, windows, uplinks)
            }
            if !sources.isEmpty, !hasWeb {
                section.report(
                    LocalText("there is no socket for the web process", "没有供网页进程使用的套接字"),
                    hint: LocalText("add 'web_socket' under 'control'", "请在 'control' 下添加 'web_socket'"),
                    at: "sources")
            }
            return IngestSettings(sources: sources)
        } ?? IngestSettings()
    }

    private static func source(
        _ section: ConfigurationSection, _ names: inout UniqueNames, _ windows: UniqueNames,
        _ uplinks: [GatewayConfiguration.Uplink]
    ) -> Source? {
        let name = section.required("name", .sourceName)
        if let name { names.add(name, key: "name", in: section, noun: LocalText("the source", "来源")) }
        let words = Dictionary(uniqueKeysWithValues: RatingChannel.allCases.map { ($0.rawValue, $0) })
        let channel = section.required("channel", .choice(words))
        let keyFile = section.required("key_file", .absolutePath())
        let rated = section.values("windows", atMost: 1000, .identifier)
        for window in rated {
            windows.check(window, key: "windows", in: section, noun: LocalText("window", "窗口"))
        }
        let most = section.value("most_ratings_per_minute", .integer(in: 1...1_000_000), default: 60)
        if let channel { check(channel, uplinks, section) }
        guard let name, let channel, let keyFile else { return nil }
        return Source(
            source: IngestSource(name: name, channel: channel, windows: rated.map(WindowID.init)), keyFile: keyFile,
            mostPerMinute: most)
    }

    /// A region without a code for the channel takes none of the source's ratings: they would wait there.
    private static func check(
        _ channel: RatingChannel, _ uplinks: [GatewayConfiguration.Uplink], _ section: ConfigurationSection
    ) {
        for uplink in uplinks {
            let profile = uplink.region.profile
            guard profile.writesChannel, profile.channels[channel] == nil else { continue }
            section.report(
                LocalText(
                    "the region of '\(uplink.name)' has no code for the channel '\(channel.rawValue)'",
                    "“\(uplink.name)”的上级系统没有渠道“\(channel.rawValue)”的代码"),
                hint: LocalText(
                    "ask the region for its code, and write it under '- name: \(uplink.name)' of 'uplinks': "
                        + "channels: {\(channel.rawValue): CODE}; until then these ratings are parked",
                    "请向上级系统询问代码，并在 uplinks 的“name: \(uplink.name)”之下写入 "
                        + "channels: {\(channel.rawValue): 代码}；在此之前这些评价会被搁置"),
                at: "channel", .warning)
        }
    }
}

extension ValueKind where Value == String {
    /// The name of a source: it stands in a header as it is.
    fileprivate static var sourceName: ValueKind {
        ValueKind { text, _ in
            let isName =
                (1...HallLimits.ingestSourceBytes).contains(text.utf8.count)
                && text.utf8.allSatisfy {
                    (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                        || "-._".utf8.contains($0)
                }
            guard isName else {
                return .wrong(
                    LocalText("the name holds other than letters, digits and -._", "名称只能由字母、数字和 -._ 组成"),
                    hint: LocalText(
                        "name it in at most \(HallLimits.ingestSourceBytes) of them, such as desk-12345",
                        "请用不超过 \(HallLimits.ingestSourceBytes) 个字符命名，例如 desk-12345"))
            }
            return .value(text)
        }
    }
}
