// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import HallAPI
import RatingModel
import Testing

private let hall = HallDescription(
    name: "政务大厅", windows: [.init(id: "A01", name: "综合窗口")], languages: [.chinese], indicators: [:],
    isReasonRequiredForBad: false, realName: .anonymous, textLimit: 150, version: 1)

@Suite struct WebOriginTests {
    @Test(arguments: [
        ("https://terminal-1.hall.example", "https://terminal-1.hall.example"),
        ("HTTPS://Terminal-1.Hall.Example:443", "https://terminal-1.hall.example"),
        ("https://a.example:0444", "https://a.example:444"), ("http://192.0.2.7:80", "http://192.0.2.7"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("http://localhost:443", "http://localhost:443"),
    ]) func `an origin is written in one way`(_ text: String, _ written: String) {
        #expect(WebOrigin(rawValue: text)?.rawValue == written)
        #expect(WebOrigin(rawValue: written)?.rawValue == written)
        for path in ["/", "/done?visit=18#/end", "?a=b", "#x"] {
            #expect(WebOrigin(ofAddress: text + path)?.rawValue == written)
        }
    }

    @Test(arguments: [
        "", "terminal-1.hall.example", "//a.example", "ftp://a.example", "javascript:alert(1)", "data:text/html,x",
        "https://", "https://*", "https://*.example", "https://a..example", "https://.a", "https://a.",
        "https://a.example:", "https://a.example:0", "https://a.example:65536", "https://a.example:+80",
        "https://a.example:8a", "https://user@a.example", "https://user:key@a.example", "https://[::1]",
        "https://a_b.example", "https://大厅.example", "https://a.example\\@b.example", "https:/a.example",
        "https:\\\\a.example", " https://a.example", "https://a.example;x", "https://a.example'",
        "https://\(String(repeating: "a", count: 64)).example", "https://a.example\n",
    ]) func `what browsers could take for another is none`(_ text: String) {
        #expect(WebOrigin(rawValue: text) == nil)
        #expect(WebOrigin(ofAddress: text) == nil)
        #expect(WebOrigin(ofAddress: text + "/") == nil)
    }

    @Test func `an origin has nothing behind it, and an address nothing that ends an attribute`() {
        #expect(WebOrigin(rawValue: "https://a.example/") == nil)
        for rest in ["/\"x", "/<b>", "/a b", "/\\b", "/`", "/é", "/\u{7F}"] {
            #expect(WebOrigin(ofAddress: "https://a.example" + rest) == nil)
        }
    }
}

@Suite struct CheckedAddressTests {
    private static let origin = WebOrigin(rawValue: "https://terminal-1.hall.example")

    private static func source(windows: [String] = []) throws -> IngestSource {
        IngestSource(
            name: "terminal-1", channel: .terminal, windows: windows.map { WindowID($0) },
            page: SourcePage(back: [try #require(origin)]))
    }

    private static func request(_ change: (inout AddressRequest) -> Void = { _ in }) -> AddressRequest {
        var request = AddressRequest(
            source: "terminal-1", key: "k", number: "T1-18", back: "https://terminal-1.hall.example/done?visit=18")
        change(&request)
        return request
    }

    private static func refusal(
        _ request: AddressRequest, _ source: IngestSource? = nil
    ) throws -> GatewayError? {
        let source = try source ?? self.source()
        do throws(GatewayError) {
            _ = try CheckedAddress(request, of: source, for: hall)
            return nil
        } catch { return error }
    }

    @Test func `an address stands for a number, a window and a case, and leads back`() throws {
        let request = Self.request { ($0.window, $0.project, $0.service) = ("A01", "P7", "1") }
        let checked = try CheckedAddress(request, of: Self.source(windows: ["A01"]), for: hall)
        #expect(checked.number == "T1-18" && checked.window == WindowID("A01") && checked.back == request.back)
        #expect(checked.caseReference == CaseReference(projectNumber: "P7", serviceNumber: "1"))
    }

    @Test(arguments: [
        "https://terminal-2.hall.example/done", "http://terminal-1.hall.example/done",
        "https://terminal-1.hall.example:444/done", "https://terminal-1.hall.example.evil.example/",
        "https://terminal-1.hall.example@evil.example/", "https://evil.example/https://terminal-1.hall.example/",
        "//terminal-1.hall.example/done", "/done", "javascript:alert(1)", "",
        "https://terminal-1.hall.example\\@e.example/",
        "https://terminal-1.hall.example/" + String(repeating: "a", count: 224),
    ]) func `nobody is led anywhere else`(_ back: String) throws {
        let error = try #require(try Self.refusal(Self.request { $0.back = back }))
        #expect(error.code == "ingest.invalid" && error.message.english.contains("back"))
        #expect(back.count < 3 || !"\(error)".contains(back), "what was sent is not repeated")
    }

    @Test func `the longest way back is taken`() throws {
        let back = "https://terminal-1.hall.example/" + String(repeating: "a", count: 223)
        #expect(back.utf8.count == HallLimits.backBytes)
        #expect(try Self.refusal(Self.request { $0.back = back }) == nil)
    }

    private static let changes: [@Sendable (inout AddressRequest) -> Void] = [
        { $0.number = "" }, { $0.number = "T1 18" }, { $0.window = "B77" }, { $0.window = nil }, { $0.project = "P7" },
        { ($0.project, $0.service) = ("P 7", "1") },
    ]

    @Test(arguments: changes.indices) func `what no rating of the source may name is refused`(_ index: Int) throws {
        var request = Self.request { $0.window = "A01" }
        #expect(try Self.refusal(request, Self.source(windows: ["A01"])) == nil)
        Self.changes[index](&request)
        #expect(try Self.refusal(request, Self.source(windows: ["A01"]))?.code == "ingest.invalid")
    }

    @Test func `a source that has no page has no address`() throws {
        let source = IngestSource(name: "terminal-1", channel: .terminal)
        #expect(try Self.refusal(Self.request(), source)?.code == "ingest.no-page")
    }
}
