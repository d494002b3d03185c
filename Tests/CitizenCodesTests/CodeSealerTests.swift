// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import RatingModel
import Testing

@Suite struct CodeSealerTests {
    /// Made with Python's `cryptography` from the form that CodeSealer documents.
    @Test func knownAnswer() throws {
        let code = try Sample.sealer().seal(Sample.content())
        #expect(
            code == "AQFvHAKqAQIDBAAAAAAAAAAHC3Z9905mgF8ke9sDcYteMpMjX2oAzlDL0sDRGqoCnzAmxACtHyyBtKNW4dnlJ7YHvYAszGU")
        #expect(try Sample.sealer().open(code, at: Sample.now) == Sample.content())
    }

    @Test func everyFieldComesBack() throws {
        let sealer = try Sample.sealer()
        let windows = [nil, WindowID(""), WindowID("综合窗口 A01"), WindowID(String(repeating: "w", count: 128))]
        for window in windows {
            for session in [nil, 0, PromptNumber.max] {
                for caseReference in [nil, CaseReference(projectNumber: "", serviceNumber: "件")] {
                    for expiresAt in [nil, Sample.at(1_780_000_001)] {
                        let content = CodeContent(
                            nonce: try Sample.nonce(1), window: window, session: session,
                            caseReference: caseReference, expiresAt: expiresAt, isOneTime: expiresAt != nil)
                        #expect(try sealer.open(sealer.seal(content), at: Sample.now) == content)
                    }
                }
            }
        }
    }

    @Test func aVisitAtATerminalComesBack() throws {
        let sealer = try Sample.sealer()
        for back in ["", "https://terminal-1.hall.example/done?visit=18", String(repeating: "b", count: 255)] {
            for press in [0, 1, UInt64.max] {
                var content = try Sample.content()
                content.visit = SourceVisit(source: "terminal-1", press: press, back: back)
                #expect(try sealer.open(sealer.seal(content), at: Sample.now) == content)
            }
        }
    }

    @Test func anExpiryIsInWholeSeconds() throws {
        func cut(_ milliseconds: Int64) throws -> Int64? {
            CodeContent(
                nonce: try Sample.nonce(1), expiresAt: WallTime(millisecondsSinceEpoch: milliseconds)
            ).expiresAt?.millisecondsSinceEpoch
        }
        #expect(try cut(1_999) == 1_000)
        #expect(try cut(-1) == 0)
        #expect(try cut(.min) == 0)
    }

    @Test func codesStayShort() throws {
        let sign = CodeContent(nonce: try Sample.nonce(1), window: WindowID("A01"))
        #expect(try Sample.sealer().seal(sign).utf8.count == 55)
        #expect(try Sample.sealer().seal(Sample.content()).utf8.count == 95)
        let long = String(repeating: "x", count: 128)
        let longest = CodeContent(
            nonce: try Sample.nonce(1), window: WindowID(long), session: 1,
            caseReference: CaseReference(projectNumber: long, serviceNumber: long), expiresAt: Sample.now,
            isOneTime: true, visit: SourceVisit(source: long, press: 1, back: String(repeating: "b", count: 255)))
        #expect(try Sample.sealer().seal(longest).utf8.count == CodeSealer.mostCharacters)
    }

    @Test func whatDoesNotFitIsNotSealed() throws {
        let sealer = try Sample.sealer()
        let long = String(repeating: "x", count: 129)
        let nonce = try Sample.nonce(1)
        let contents = [
            CodeContent(nonce: nonce, window: WindowID(long)),
            CodeContent(nonce: nonce, caseReference: CaseReference(projectNumber: long, serviceNumber: "")),
            CodeContent(nonce: nonce, caseReference: CaseReference(projectNumber: "", serviceNumber: long)),
            CodeContent(nonce: nonce, expiresAt: WallTime(millisecondsSinceEpoch: .max)),
            CodeContent(nonce: nonce, visit: SourceVisit(source: long, press: 1, back: "")),
            CodeContent(
                nonce: nonce, visit: SourceVisit(source: "", press: 1, back: String(repeating: "b", count: 256))),
        ]
        for content in contents {
            #expect(refusal { () throws(GatewayError) in try sealer.seal(content) } == "code.too-long")
        }
        let endless = CodeContent(nonce: nonce, isOneTime: true)
        #expect(refusal { () throws(GatewayError) in try sealer.seal(endless) } == "code.endless")
    }

    @Test func nothingOfTheContentCanBeRead() throws {
        let code = try Sample.sealer().seal(Sample.content())
        #expect(code.utf8.allSatisfy { $0 < 0x80 })
        #expect(!code.contains("A01") && !code.contains("15012120261130"))
    }

    @Test func itExpiresAtTheSecond() throws {
        let sealer = try Sample.sealer()
        let code = try sealer.seal(Sample.content(expiresAt: Sample.at(1_780_000_060)))
        let last = WallTime(millisecondsSinceEpoch: 1_780_000_059_999)
        #expect(refusal { () throws(GatewayError) in try sealer.open(code, at: last) } == nil)
        #expect(
            refusal { () throws(GatewayError) in try sealer.open(code, at: Sample.at(1_780_000_060)) }
                == "code.expired")
        let sign = try sealer.seal(Sample.content(expiresAt: nil, isOneTime: false))
        #expect(try sealer.open(sign, at: Sample.at(4_000_000_000)).expiresAt == nil)
    }

    @Test func everyRefusalTellsCitizensWhatToDo() throws {
        let sealer = try Sample.sealer()
        do throws(GatewayError) {
            _ = try sealer.open("???", at: Sample.now)
            Issue.record("it was opened")
        } catch {
            #expect(error.message.chinese == "无法识别此二维码")
            #expect(error.hint.chinese == "请重新扫描窗口屏幕或标牌上的二维码")
            #expect(error.cause == nil)
        }
    }
}
