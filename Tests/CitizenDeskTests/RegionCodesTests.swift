// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import RatingModel
import Testing

private func at(_ seconds: Double) -> MonotonicInstant { MonotonicInstant(nanoseconds: Int64(seconds * 1_000_000_000)) }

private func session(_ number: PromptNumber, at window: String = "A01", project: String? = "P1") -> WindowSession {
    WindowSession(
        number: number, window: WindowID(window),
        caseReference: project.map { CaseReference(projectNumber: $0, serviceNumber: "1") }, staff: nil,
        openedAt: CaptureTime(
            wall: WallTime(millisecondsSinceEpoch: 0), monotonic: at(0), boot: BootID("b"), isWallTrusted: true),
        ticket: nil)
}

private func machine(askRated: Duration? = .seconds(3)) -> RegionCodes {
    RegionCodes(times: .init(shown: .seconds(60), askRated: askRated))
}

@Suite struct RegionCodesTests {
    @Test func `a case that was not rated and then is has its session answered, once`() {
        var codes = machine()
        codes.opened(session(7), wantsCode: false, at: at(0))
        #expect(codes.timePassed(at: at(0)) == [.askRated(session(7))])
        #expect(codes.timePassed(at: at(9)) == [], "one question for a session at a time")
        #expect(codes.rated(false, of: 7, at: at(9)) == [])
        #expect(codes.timePassed(at: at(11.9)) == [] && codes.timePassed(at: at(12)) == [.askRated(session(7))])
        #expect(codes.rated(true, of: 7, at: at(12)) == [.answered(7)])
        #expect(codes.timePassed(at: at(20)) == [])
    }

    @Test func `a case that had been rated before is no news`() {
        var codes = machine()
        codes.opened(session(7), wantsCode: false, at: at(0))
        _ = codes.timePassed(at: at(0))
        #expect(codes.rated(true, of: 7, at: at(1)) == [])
        #expect(codes.timePassed(at: at(30)) == [])
    }

    @Test func `nothing is asked where nobody wants it, of no case, of what was answered here, and not for ever`() {
        var codes = machine(askRated: nil)
        codes.opened(session(7), wantsCode: false, at: at(0))
        #expect(codes.timePassed(at: at(1)) == [])
        codes = machine()
        codes.opened(session(8, project: nil), wantsCode: true, at: at(0))
        #expect(codes.timePassed(at: at(1)) == [])
        codes.opened(session(9), wantsCode: false, at: at(0))
        codes.changed(WindowID("A01"), to: WindowPicture(session: session(9), isAnswered: true))
        #expect(codes.timePassed(at: at(1)) == [])
        codes.opened(session(10), wantsCode: false, at: at(0))
        codes.changed(WindowID("A01"), to: WindowPicture(session: session(11)))
        #expect(codes.timePassed(at: at(1)) == [])
        codes.opened(session(12), wantsCode: false, at: at(0))
        #expect(codes.timePassed(at: at(89)) == [.askRated(session(12))])
        _ = codes.rated(false, of: 12, at: at(89))
        #expect(codes.timePassed(at: at(92)) == [], "the code is shown no more, nor a moment longer")
    }

    @Test func `an answer that comes too late is nobody's, and one of a pad in between counts`() {
        var codes = machine()
        codes.opened(session(7), wantsCode: false, at: at(0))
        _ = codes.timePassed(at: at(0))
        _ = codes.rated(false, of: 7, at: at(0))
        _ = codes.timePassed(at: at(3))
        codes.changed(WindowID("A01"), to: WindowPicture(session: session(7), isAnswered: true))
        #expect(codes.rated(true, of: 7, at: at(4)) == [], "it may be the pad's own that has arrived")
        codes.opened(session(8), wantsCode: false, at: at(5))
        _ = codes.timePassed(at: at(5))
        codes.opened(session(9, project: "P9"), wantsCode: false, at: at(6))
        #expect(codes.rated(true, of: 8, at: at(6)) == [])
        #expect(codes.timePassed(at: at(6)) == [.askRated(session(9, project: "P9"))])
    }

    @Test func `a code is asked for once, and again only where it did not come`() {
        var codes = machine()
        codes.opened(session(7), wantsCode: true, at: at(0))
        #expect(codes.timePassed(at: at(0)) == [.askCode(session(7))])
        #expect(codes.code(nil, for: 7, at: at(1)) == [])
        var asked: [Double] = []
        for second in stride(from: 1.0, through: 88, by: 1)
        where codes.timePassed(at: at(second)) == [.askCode(session(7))] {
            asked.append(second)
            _ = codes.code(nil, for: 7, at: at(second))
        }
        #expect(asked == [3, 7, 15, 31, 61])
        codes.opened(session(8), wantsCode: true, at: at(100))
        _ = codes.timePassed(at: at(100))
        #expect(
            codes.code(.text("https://r/8"), for: 8, at: at(101)) == [.show(session(8), code: .text("https://r/8"))])
        #expect(codes.timePassed(at: at(101)) == [.askRated(session(8))])
        _ = codes.rated(nil, of: 8, at: at(101))
        #expect(codes.timePassed(at: at(103)) == [] && codes.timePassed(at: at(104)) == [.askRated(session(8))])
    }

    @Test func `a region that gives no code for minutes is told of, and one that gives one again is not`() {
        var codes = machine(askRated: nil)
        func ask(_ number: PromptNumber, _ code: ShownCode?, _ seconds: Double) {
            codes.opened(session(number), wantsCode: true, at: at(seconds))
            _ = codes.timePassed(at: at(seconds))
            _ = codes.code(code, for: number, at: at(seconds))
        }
        ask(1, nil, 0)
        ask(2, nil, 119)
        #expect(codes.tally.silence == nil)
        ask(3, nil, 180)
        #expect(codes.tally.silence == .seconds(180))
        #expect(codes.tally.asked == 3 && codes.tally.given == 0)
        ask(4, .text("https://r/4"), 181)
        #expect(codes.tally.silence == nil && codes.tally.asked == 4 && codes.tally.given == 1)
        codes.asked(hasCome: false, at: at(200))
        codes.asked(hasCome: false, at: at(400))
        #expect(codes.tally.silence == .seconds(200), "what is asked for beside the turns counts as well")
    }

    @Test func `few questions are under way, and every window has its turn`() {
        var codes = machine()
        let all = (1...40).map { session(PromptNumber($0), at: "W\(100 + $0)", project: "P\($0)") }
        for each in all { codes.opened(each, wantsCode: false, at: at(0)) }
        var asked: [PromptNumber] = []
        for step in 0..<20 {
            let actions = codes.timePassed(at: at(Double(step) * 0.1))
            #expect(actions.count == RegionCodes.mostAtOnce && codes.timePassed(at: at(Double(step) * 0.1)) == [])
            for case .askRated(let session) in actions {
                asked.append(session.number)
                _ = codes.rated(false, of: session.number, at: at(Double(step) * 0.1))
            }
        }
        #expect(asked == all.map(\.number))
    }

    @Test func `what a region says unasked counts for the session that is shown, and for no other`() {
        var codes = machine(askRated: nil)
        codes.opened(session(7), wantsCode: false, at: at(0))
        #expect(codes.told(rated: CaseReference(projectNumber: "P2", serviceNumber: "1"), at: at(1)) == [])
        let reference = CaseReference(projectNumber: "P1", serviceNumber: "1")
        _ = codes.timePassed(at: at(1))
        #expect(codes.told(rated: reference, at: at(2)) == [.answered(7)])
        #expect(codes.told(rated: reference, at: at(91)) == [])
    }
}
