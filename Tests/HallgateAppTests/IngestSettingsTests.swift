// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import ConfigurationFile
import Foundation
import Glibc
import HallAPI
import OperatorAPI
import RatingModel
import RegionProfiles
import Testing

@testable import HallgateApp

@Suite struct IngestSettingsTests {
    private static let around = "control: {web_socket: /run/a}\nwindows: [{id: A01}, {id: A02}]\n"

    private static func source(_ fields: String) -> String { around + "ingest: {sources: [{\(fields)}]}\n" }

    @Test func `nobody hands anything over unless the file names them`() throws {
        for text in ["windows: []\n", Self.around + "ingest:\n", Self.around + "ingest: {sources: []}\n"] {
            #expect(GatewayConfiguration.read(text: text).configuration?.ingest == IngestSettings())
        }
    }

    @Test func `everything that is written is taken`() throws {
        let reading = GatewayConfiguration.read(
            text: Self.source(
                "name: t-1, channel: terminal, key_file: /k, windows: [A01, A02], most_ratings_per_minute: 7"))
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        #expect(
            reading.configuration?.ingest.sources == [
                .init(
                    source: IngestSource(name: "t-1", channel: .terminal, windows: [WindowID("A01"), WindowID("A02")]),
                    keyFile: "/k", mostPerMinute: 7)
            ])
    }

    @Test(arguments: [
        (source("channel: phone, key_file: /k"), "'name' is missing", 3),
        (source("name: a, key_file: /k"), "'channel' is missing", 3),
        (source("name: a, channel: phone"), "'key_file' is missing", 3),
        (source("name: a b, channel: phone, key_file: /k"), "other than letters", 3),
        (source("name: 热线, channel: phone, key_file: /k"), "other than letters", 3),
        (source("name: a, channel: fax, key_file: /k"), "'fax' is not known here", 3),
        (source("name: a, channel: phone, key_file: k"), "not an absolute path", 3),
        (source("name: a, channel: phone, key_file: /k, windows: [A07]"), "there is no window 'A07'", 3),
        (source("name: a, channel: phone, key_file: /k, most_ratings_per_minute: 0"), "out of range", 3),
        (source("name: a, channel: phone, key_file: /k, rate: 7"), "unknown key 'rate'", 3),
        (
            around + "ingest:\n  sources:\n    - {name: a, channel: phone, key_file: /k}\n"
                + "    - {name: a, channel: sms, key_file: /k}\n", "is there already", 6
        ),
        ("windows: []\ningest: {sources: [{name: a, channel: phone, key_file: /k}]}\n", "no socket for the web", 2),
    ]) func `mistakes are named where they stand`(_ yaml: String, _ words: String, _ line: Int) throws {
        let reading = GatewayConfiguration.read(text: yaml)
        let all = reading.diagnostics
        let found = try #require(all.first { $0.message.english.contains(words) }, "\(all)")
        #expect("\(found)".contains("\(line):"), "\(found)")
        #expect(reading.configuration == nil)
    }

    @Test func `a channel that a region has no code for is a warning`() throws {
        let reading = GatewayConfiguration.read(
            text: Self.source("name: office, channel: paper, key_file: /k")
                + "uplinks: [{name: region, kind: https, profile: national, url: 'https://127.0.0.1:9/a'}]\n")
        #expect(reading.configuration != nil, "\(reading.diagnostics)")
        #expect(
            reading.diagnostics.contains {
                $0.severity == .warning && $0.message.english.contains("no code for the channel 'paper'")
            }, "\(reading.diagnostics)")
    }

    @Test func `writing what the warning says mends it, and the region's code goes up`() throws {
        let text =
            Self.source("name: office, channel: paper, key_file: /k")
            + "uplinks: [{name: region, kind: https, profile: national, url: 'https://127.0.0.1:9/a'}]\n"
        let warning = try #require(
            GatewayConfiguration.read(text: text).diagnostics.first { $0.message.english.contains("'paper'") })
        let said = try #require(warning.hint.english.firstMatch(of: /channels: \{paper: CODE\}/)).output
        #expect(warning.hint.chinese.contains("channels: {paper: 代码}"))
        let mended = text.replacing(
            "profile: national", with: "profile: national, \(said.replacing("CODE", with: "9"))")
        let reading = GatewayConfiguration.read(text: mended)
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        let region = try #require(reading.configuration?.uplinks.first?.region)
        #expect(region.profile.channels[.paper] == "9" && region.profile.channels[.terminal] == "5")
    }

    private static let fields = "name: a, channel: terminal, key_file: /k, page: "

    private static func page(_ fields: String) -> String { "pages: {}\n" + source(self.fields + "{\(fields)}") }

    @Test func `a page is taken as it is written, and is off unless it is`() throws {
        let usual = GatewayConfiguration.read(
            text: Self.page("back: ['https://A.example:443', 'http://127.0.0.1:8600']"))
        #expect(usual.diagnostics.isEmpty, "\(usual.diagnostics)")
        let page = try #require(usual.configuration?.ingest.sources.first?.source.page)
        #expect(page.back.map(\.rawValue) == ["https://a.example", "http://127.0.0.1:8600"] && page.frames == [])
        #expect(page.lifetime == .seconds(600) && page.returnAfter == .seconds(10))
        let whole = GatewayConfiguration.read(
            text: Self.page(
                "back: ['https://a.example'], frames: ['https://b.example'], lifetime: 2m, return_after: off"))
        #expect(whole.diagnostics.isEmpty, "\(whole.diagnostics)")
        let other = try #require(whole.configuration?.ingest.sources.first?.source.page)
        #expect(other.frames.map(\.rawValue) == ["https://b.example"] && other.lifetime == .seconds(120))
        #expect(other.returnAfter == nil)
        let none = GatewayConfiguration.read(text: Self.source("name: a, channel: terminal, key_file: /k"))
        #expect(none.configuration?.ingest.sources.first?.source.page == nil)
    }

    @Test(arguments: [
        (page(""), "names no origin"), (page("frames: ['https://a.example']"), "names no origin"),
        (page("back: []"), "names no origin"), (page("back: ['a.example']"), "is no origin"),
        (page("back: ['https://a.example/done']"), "is no origin"),
        (page("back: ['https://*.example']"), "is no origin"),
        (page("back: ['https://a.example'], frames: ['*']"), "is no origin"),
        (page("back: ['https://a.example'], lifetime: 2h"), "out of range"),
        (page("back: ['https://a.example'], return_after: 1s"), "out of range"),
        (page("back: ['https://a.example'], return_after: never"), "not a length of time"),
        (page("back: ['https://a.example'], idle: 1m"), "unknown key 'idle'"),
        (source(fields + "{back: ['https://a.example']}"), "serves no pages"),
        (page("back: ['https://a.example']").replacing("name: a,", with: "name: '..',"), "a letter or a digit"),
    ]) func `a mistake in a page is said where it stands`(_ text: String, _ words: String) {
        let reading = GatewayConfiguration.read(text: text)
        #expect(reading.diagnostics.contains { $0.message.english.contains(words) }, "\(reading.diagnostics)")
        #expect(reading.configuration == nil)
    }

    @Test func `a reload says that it changed`() throws {
        let before = try #require(GatewayConfiguration.read(text: Self.around).configuration)
        let after = try #require(
            GatewayConfiguration.read(text: Self.source("name: a, channel: phone, key_file: /k")).configuration)
        #expect(before.changes(to: after).changes == ["ingest"])
    }
}

/// IngestAPI.md: its configuration is accepted, and its example is recorded by a running gateway.
@Suite(.timeLimit(.minutes(2))) struct IngestDocumentTests {
    private static func fences(_ language: String) throws -> [String] {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appending(path: "Sources/App/HallgateApp/Documentation.docc/IngestAPI.md"), encoding: .utf8
        )
        return page.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
    }

    @Test func `the configuration is accepted as it is written`() throws {
        let reading = GatewayConfiguration.read(text: try #require(try Self.fences("yaml").first) + "\n")
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        let sources = try #require(reading.configuration).ingest.sources
        #expect(sources.map(\.source.channel) == [.terminal, .phone, .paper])
        #expect(sources.map(\.mostPerMinute) == [60, 20, 60])
    }

    @Test func `the example is recorded, and asked for, as it is written`() async throws {
        let examples = try Self.fences("json")
        try #require(examples.count == 5)
        let yaml = try #require(try Self.fences("yaml").first) + "\n"
        try await WebHall.run(
            pads: 1,
            configuration: { directory in
                yaml.replacingOccurrences(of: "/run/hallgate", with: directory)
                    .replacingOccurrences(of: "/etc/hallgate", with: directory)
            }
        ) { hall in
            let key = "3b1f7c09d2aa4e58"
            try key.write(toFile: hall.directory + "/terminal-1.key", atomically: true, encoding: .utf8)
            chmod(hall.directory + "/terminal-1.key", 0o600)
            let client = try WebClient(hall.socket)
            let rating = examples[0].split(separator: "\n").map { $0.drop { $0 == " " } }.joined().dropFirst()
            await client.send(
                #"{"jsonrpc":"2.0","id":1,"method":"rating.ingest","params":{"source":"terminal-1","key":"\#(key)",\#(rating)}"#
            )
            let answer = try #require(await client.nextLine())
            let receipt = try #require(answer.firstMatch(of: /"receipt":"([0-9A-Z]{26})"/)?.1)
            let written = "4T0C7GPAE2JZ9M8XQ3RB5KVW1N"
            #expect(answer == #"{"id":1,"jsonrpc":"2.0","result":\#(examples[1].replacing(written, with: receipt))}"#)
            await client.send(
                #"{"jsonrpc":"2.0","id":2,"method":"ingest.progress","params":{"source":"terminal-1","key":"\#(key)","#
                    + #""number":"T1-000017"}}"#)
            #expect(
                await client.nextLine()
                    == #"{"id":2,"jsonrpc":"2.0","result":\#(examples[2].replacing(written, with: receipt))}"#)
            let ratings = try await hall.ratings()
            #expect(ratings.map(\.channel) == [.terminal] && ratings.map(\.window) == [WindowID("A01")])
        }
    }

    @Test func `an address is given as it is written, and its page leads back`() async throws {
        let examples = try Self.fences("json")
        try #require(examples.count == 5)
        let yaml = try #require(try Self.fences("yaml").last) + "\n"
        let page = try #require(GatewayConfiguration.read(text: yaml).configuration?.ingest.sources.first?.source.page)
        #expect(page.frames.count == 1 && page.back.count == 2 && page.lifetime == .seconds(600))
        try await WebHall.run(
            pads: 1,
            configuration: { directory in
                yaml.replacingOccurrences(of: "/run/hallgate", with: directory)
                    .replacingOccurrences(of: "/etc/hallgate", with: directory)
            }
        ) { hall in
            let key = "3b1f7c09d2aa4e58"
            try key.write(toFile: hall.directory + "/terminal-1.key", atomically: true, encoding: .utf8)
            chmod(hall.directory + "/terminal-1.key", 0o600)
            let client = try WebClient(hall.socket)
            let request = examples[3].split(separator: "\n").map { $0.drop { $0 == " " } }.joined().dropFirst()
            await client.send(
                #"{"jsonrpc":"2.0","id":1,"method":"ingest.address","params":{"source":"terminal-1","key":"\#(key)",\#(request)}"#
            )
            let answer = try #require(await client.nextLine())
            let code = try #require(answer.firstMatch(of: /"path":"\/t\/terminal-1\/([A-Za-z0-9_-]+)"/)?.1)
            let written = try #require(examples[4].firstMatch(of: /\/t\/terminal-1\/([A-Za-z0-9_-]+)/)?.1)
            #expect(answer == #"{"id":1,"jsonrpc":"2.0","result":\#(examples[4].replacing(written, with: code))}"#)
            await client.send(
                #"{"jsonrpc":"2.0","id":2,"method":"terminal.open","params":{"source":"terminal-1","code":"\#(code)"}}"#
            )
            #expect(
                await client.nextLine()
                    == #"{"id":2,"jsonrpc":"2.0","result":{"back":"https://terminal-1.hall.example/done?visit=18","#
                    + #""returnAfterSeconds":10}}"#)
        }
    }
}
