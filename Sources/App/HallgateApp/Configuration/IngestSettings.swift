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

    /// The source of a name.
    func source(_ name: String) -> Source? { sources.first { $0.source.name == name } }

    /// Reads the section.
    static func read(
        _ file: ConfigurationSection, windows: UniqueNames, hasWeb: Bool, hasPages: Bool,
        uplinks: [GatewayConfiguration.Uplink]
    ) -> IngestSettings {
        file.section("ingest") { section in
            var names = UniqueNames()
            let sources = section.list("sources", atMost: 64, places: ["name"]) { item in
                source(item, &names, windows, hasPages: hasPages, uplinks)
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
        _ section: ConfigurationSection, _ names: inout UniqueNames, _ windows: UniqueNames, hasPages: Bool,
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
        let page = section.section("page") { SourcePage.read($0) } ?? nil
        if page != nil { checkPage(name, hasPages: hasPages, section) }
        guard let name, let channel, let keyFile else { return nil }
        return Source(
            source: IngestSource(name: name, channel: channel, windows: rated.map(WindowID.init), page: page),
            keyFile: keyFile, mostPerMinute: most)
    }

    /// A page needs those of the hall, and a name that is no step in an address.
    private static func checkPage(_ name: String?, hasPages: Bool, _ section: ConfigurationSection) {
        if !hasPages {
            section.report(
                LocalText("the hall serves no pages", "本大厅未启用评价页面"),
                hint: LocalText("add the section 'pages'", "请添加 'pages' 一节"), at: "page")
        }
        if let name, name.allSatisfy({ $0 == "." }) {
            section.report(
                LocalText("a source with a page needs a letter or a digit in its name", "启用页面的来源名称须含字母或数字"),
                hint: LocalText("its name stands in the page's address", "名称会出现在页面地址中"), at: "name")
        }
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
