// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird
import Testing

@testable import KioskPages

@Suite struct OfficePageTests {
    @Test func `the page asks for a sheet in the words of the office`() async throws {
        let answer = try await ask(FakeHall(), "/office/paper")
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentSecurityPolicy] == pagePolicy(framers: []))
        #expect(answer.headers[.cacheControl] == "no-store")
        for part in [
            "书面评价录入", #"<input id="key" type="password""#, #"<option value="very_satisfied">非常满意</option>"#,
            PageAssets.officeJS.path, PageAssets.officeCSS.path,
        ] {
            #expect(answer.text.contains(part), "\(part)")
        }
        // Nothing in the page runs by itself, and nothing is sent by a form that a script does not send.
        #expect(!answer.text.contains("onclick") && !answer.text.contains("action="))
        #expect(!answer.text.contains("{{") && !answer.text.contains("<script>"))
    }

    @Test func `it is there in English, and in no third language`() async throws {
        #expect(try await ask(FakeHall(), "/office/paper?lang=en").text.contains("Ratings on paper"))
        #expect(try await ask(FakeHall(), "/office/paper?lang=mn-Mong").text.contains("书面评价录入"))
    }

    @Test func `every sentence has both wordings`() {
        #expect(PaperWords.all.count > 30)
        for (name, words) in PaperWords.all {
            #expect(!words.chinese.isEmpty && !words.english.isEmpty && words.chinese != words.english, "\(name)")
        }
    }
}
