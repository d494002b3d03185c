// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird
import Testing

@Suite struct RatingPageTests {
    @Test func thePageShowsHallWindowLevelsAndReasonsOfEveryLevel() async throws {
        let page = try await ask(FakeHall(), "/r/CODE")
        #expect(page.status == .ok)
        for words in ["青城政务大厅", "3号窗口", "非常满意", "非常不满意", "自治区好差评系统", "窗口工作人员看不到您的选择", "…0042", "请在 2 分钟内提交"] {
            #expect(page.text.contains(words), "\(words)")
        }
        for index in 0..<5 { #expect(page.text.contains("理由\(index)之4")) }
        #expect(page.headers[.cacheControl] == "no-store")
        #expect(!page.text.contains("理由0之0\n"))
    }

    @Test func everyLevelLooksTheSameToWhoCountsSteps() async throws {
        let page = try await ask(FakeHall(), "/r/CODE").text
        let groups = page.components(between: "<fieldset class=\"reasons\"", and: "</fieldset>")
        try #require(groups.count == 5)
        let shapes = groups.map { $0.replacing(/>[^<]*</, with: "><").replacing(/"[^"]*"/, with: "") }
        #expect(Set(shapes).count == 1)
    }

    @Test func scriptsAndStylesAreFilesOnly() async throws {
        for path in ["/r/CODE", "/r/CODE?at=kiosk", "/kiosk", "/c", "/screen/w3"] {
            let page = try await ask(FakeHall(), path)
            #expect(page.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
            #expect(!page.text.contains("style="), "\(path)")
            #expect(!page.text.contains("<style"), "\(path)")
            #expect(!page.text.contains("onclick"), "\(path)")
            #expect(!page.text.contains("http://") && !page.text.contains("https://"), "\(path)")
            #expect(page.text.components(between: "<script", and: "</script>").allSatisfy { $0.hasSuffix("defer>") })
        }
    }

    @Test func languagesAreTheHallsAlone() async throws {
        #expect(try await ask(FakeHall(), "/r/CODE?lang=en").text.contains("How was the service?"))
        let mongolian = try await ask(FakeHall(), "/r/CODE?lang=mn-Mong").text
        #expect(mongolian.contains("lang=\"zh-Hans\"") && !mongolian.contains("class=\"phone vertical\""))
        let hall = FakeHall { $0.hall.languages.append(.mongolian) }
        let shown = try await ask(hall, "/r/CODE?lang=mn-Mong").text
        #expect(shown.contains("<html lang=\"mn-Mong\" class=\"phone vertical\">"))
        #expect(shown.contains("未经审定"))
    }

    @Test func textsFromOutsideStayText() async throws {
        // A combining mark behind a quote makes one character of both: it must be escaped all the same.
        let evil = "\"\u{301} autofocus onfocus=alert(1) x='\u{301}<script>alert(1)</script>&"
        let hall = FakeHall {
            $0.hall.name = evil
            $0.hall.receiver = PageText([.chinese: evil])
            $0.hall.privacyNotice = PageText([.chinese: evil])
            $0.hall.indicators[.satisfied] = [.init(code: evil, text: evil, isBasic: true)]
            $0.hall.realName = .optional
            $0.opening = .success(
                PageOpening(
                    window: .init(id: "w", name: evil), caseShown: evil, expiresInSeconds: nil, isOneTime: false))
        }
        let typed =
            "level=%22%CC%81%3Cb%3E&submission=\(number)&text=%3C%2Ftextarea%3E%3Cscript%3E&name=%22%CC%81%3E%3Cscript%3E"
        for page in [
            try await ask(hall, "/r/CODE"), try await ask(hall, "/screen/w3"), try await ask(hall, "/c"),
            try await ask(hall, "/r/CODE", method: .post, body: typed),
        ] {
            #expect(page.text.contains("&quot;\u{301} autofocus"))
            #expect(!page.text.unicodeScalars.contains { $0 == "<" } || !page.text.contains("<script>"))
            #expect(!Array(page.text.unicodeScalars.map(\.value)).contains(sequence: [0x22, 0x301]))
            #expect(!page.text.contains("</textarea><"))
        }
    }

    @Test(arguments: [
        ("code.expired", 410, "已过期"), ("code.redeemed", 409, "已经评价过"), ("code.revoked", 410, "已停用"),
        ("code.foreign", 404, "不是本大厅"), ("code.unreadable", 404, "无法识别"), ("code.unknown-key", 404, "无法识别"),
        ("journal.disk-full", 503, "暂时无法评价"),
    ]) func refusalsAreKind(_ code: String, _ status: Int, _ words: String) async throws {
        let hall = FakeHall { $0.opening = .failure(FakeHall.error(code)) }
        let page = try await ask(hall, "/r/CODE")
        #expect(page.status.code == status)
        #expect(page.text.contains(words))
        #expect(page.text.contains("青城政务大厅") && page.text.contains("窗口工作人员看不到您的选择"))
        for inner in ["xyzzy", "内部", "errno", code] { #expect(!page.text.contains(inner)) }
        #expect((page.headers[.retryAfter] != nil) == (status == 503))
    }

    @Test func aCoreThatIsAwayFromTheStartIsSaidKindly() async throws {
        let hall = FakeHall { $0.describeError = FakeHall.error("core.away") }
        for path in ["/r/CODE", "/c", "/c/7Q", "/screen/w3", "/kiosk"] {
            let page = try await ask(hall, path)
            #expect(page.status == .serviceUnavailable)
            #expect(page.text.contains("什么也没有丢失"))
        }
    }

    @Test(arguments: ["%3Cscript%3E", "a%20b", "%E5%A5%BD", String(repeating: "a", count: 513)])
    func whatCanBeNoCodeIsNotAsked(_ code: String) async throws {
        let page = try await ask(FakeHall(), "/r/\(code)")
        #expect(page.status == .notFound)
        #expect(page.text.contains("无法识别"))
    }

    @Test func pagesAreLight() async throws {
        var bytes = try await ask(FakeHall(), "/r/CODE").text.utf8.count
        for name in ["pages.css", "pages.js"] {
            bytes += try await ask(FakeHall(), "/assets/x/\(name)").text.utf8.count
        }
        #expect(bytes < 60_000)
    }
}

extension String {
    /// What stands between two marks, each time.
    func components(between start: String, and end: String) -> [String] {
        split(separator: start).dropFirst().map { part in
            String(part.firstRange(of: end).map { part[..<$0.lowerBound] } ?? part)
        }
    }
}

extension Array where Element: Equatable {
    func contains(sequence: [Element]) -> Bool {
        indices.contains { self[$0...].starts(with: sequence) }
    }
}
