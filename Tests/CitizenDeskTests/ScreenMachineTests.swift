// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import HallAPI
import RatingModel
import Testing

private let window = HallDescription.Window(id: "A01", name: "综合窗口")
private let place = WindowID("A01")

private func at(_ seconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: seconds * 1_000_000_000) }

private func session(_ number: PromptNumber) -> WindowSession {
    WindowSession(
        number: number, window: place, caseReference: CaseReference(projectNumber: "P1", serviceNumber: "1"),
        staff: "S7",
        openedAt: CaptureTime(
            wall: WallTime(millisecondsSinceEpoch: 0), monotonic: at(0), boot: BootID("b"), isWallTrusted: true),
        ticket: "A042")
}

private func picture(
    _ number: PromptNumber? = nil, asking: Bool = true, answered: Bool = false, paused: Bool = false
) -> WindowPicture {
    WindowPicture(
        session: number.map(session), isAsking: asking && number != nil, isAnswered: answered, isPaused: paused,
        ticket: number == nil ? nil : "A042", staff: "S7")
}

/// The machine with whoever makes its codes, and what each screen was shown.
private struct Board {
    var machine = ScreenMachine(
        times: .init(prompt: .seconds(60), thanks: .seconds(5), rotation: .seconds(30)))
    var shown: [String: [ScreenScene]] = [:]
    var displayed: [WindowID?: [DeviceScene]] = [:]
    var minted: [ScreenMachine.Purpose] = []
    var mints = true

    init(_ screens: [ScreenMachine.Screen] = [Self.counter], displays: Set<WindowID?> = []) {
        carryOut(machine.apply(screens, displays: displays, at: at(0)), 0)
    }

    static let counter = ScreenMachine.Screen(id: "counter", window: window, showsStaff: true, rotates: false)
    static let lobby = ScreenMachine.Screen(id: "lobby", window: nil, showsStaff: true, rotates: true)

    mutating func carryOut(_ actions: [ScreenMachine.Action], _ seconds: Int64) {
        for action in actions {
            switch action {
            case .show(let screen, let scene): shown[screen, default: []].append(scene)
            case .display(let place, let scene): displayed[place, default: []].append(scene)
            case .mint(let purpose):
                minted.append(purpose)
                carryOut(
                    machine.minted(purpose, code: mints ? .text("code \(minted.count)") : nil, at: at(seconds)), seconds
                )
            }
        }
    }

    mutating func change(_ picture: WindowPicture, _ seconds: Int64) {
        carryOut(machine.changed(place, to: picture, at: at(seconds)), seconds)
    }

    mutating func record(_ number: PromptNumber, redeems: Bool, _ seconds: Int64) {
        carryOut(machine.recorded(number, at: place, redeems: redeems, at: at(seconds)), seconds)
    }

    mutating func pass(_ seconds: Int64, canRecord: Bool = true) {
        carryOut(machine.timePassed(canRecord: canRecord, at: at(seconds)), seconds)
    }

    func kinds(_ screen: String = "counter") -> [ScreenScene.Kind] { (shown[screen] ?? []).map(\.kind) }
    func last(_ screen: String = "counter") -> ScreenScene? { shown[screen]?.last }
    func now(_ seconds: Int64, _ screen: String = "counter") -> ScreenScene? {
        machine.scene(of: screen, at: at(seconds))
    }
}

@Suite struct ScreenMachineTests {
    @Test func `a session is asked for with a code of its own, thanked for, and gone`() {
        var board = Board()
        #expect(board.kinds() == [.idle])
        board.change(picture(7), 10)
        #expect(board.minted == [.session(session(7))])
        #expect(
            board.last()
                == ScreenScene(
                    kind: .prompt, window: window, staff: "S7", ticket: "A042", codeText: "code 1",
                    remainingSeconds: 60,
                    wholeSeconds: 60
                ))
        board.record(7, redeems: true, 20)
        #expect(board.last() == ScreenScene(kind: .thanks, window: window, staff: "S7", ticket: "A042"))
        board.change(picture(7, asking: false, answered: true), 20)
        board.pass(24)
        #expect(board.last()?.kind == .thanks)
        board.pass(25)
        #expect(board.last() == ScreenScene(kind: .idle, window: window, staff: "S7", ticket: "A042"))
    }

    @Test func `a press at the pad does not take the citizen's code from the screen`() {
        var board = Board()
        board.change(picture(7), 0)
        board.record(7, redeems: false, 3)
        board.change(picture(7, asking: false, answered: true), 3)
        #expect(board.last()?.kind == .thanks)
        board.pass(8)
        #expect(board.last()?.kind == .idle && board.last()?.codeText == "code 1")
        // The citizen rates by the code as well: thanks again, and the code has done its work.
        board.record(7, redeems: true, 20)
        #expect(board.last()?.kind == .thanks)
        board.pass(25)
        #expect(board.last()?.kind == .idle && board.last()?.codeText == nil)
        #expect(board.minted.count == 1)
    }

    @Test func `the prompt of the pads runs out before the screen's`() {
        var board = Board()
        board.change(picture(7), 0)
        board.change(picture(7, asking: false), 15)
        #expect(board.last()?.kind == .prompt)
        #expect(board.now(15)?.remainingSeconds == 45)
        board.pass(60)
        #expect(board.last()?.kind == .idle && board.last()?.codeText == nil)
        // The business system has it asked again.
        board.change(picture(7), 100)
        #expect(board.last()?.kind == .prompt && board.last()?.codeText == "code 1")
    }

    @Test func `a screen that comes later is told how long the code runs in all`() {
        var board = Board([Board.counter, Board.lobby])
        board.change(picture(7), 0)
        #expect(board.now(45)?.remainingSeconds == 15 && board.now(45)?.wholeSeconds == 60)
        #expect(board.now(20, "lobby")?.remainingSeconds == 10 && board.now(20, "lobby")?.wholeSeconds == 30)
        // Where the times change, what is shown runs on as it began.
        board.machine.times.prompt = .seconds(600)
        #expect(board.now(50)?.remainingSeconds == 10 && board.now(50)?.wholeSeconds == 60)
        board.pass(60)
        #expect(board.last()?.wholeSeconds == nil)
    }

    @Test func `the next citizen is never shown the code of the one before`() {
        var board = Board()
        board.change(picture(7), 0)
        board.change(picture(), 5)
        #expect(board.last()?.kind == .idle && board.last()?.codeText == nil)
        board.change(picture(8), 6)
        #expect(board.last()?.codeText == "code 2")
        // A press for the session before, made late, says no thanks to whoever stands there now.
        board.record(7, redeems: false, 7)
        #expect(board.last()?.kind == .prompt)
    }

    @Test func `a code that was made too late is not shown`() {
        var machine = ScreenMachine(times: .init(prompt: .seconds(60), thanks: .seconds(5), rotation: .seconds(30)))
        _ = machine.apply([Board.counter], at: at(0))
        _ = machine.changed(place, to: picture(7), at: at(0))
        _ = machine.changed(place, to: picture(8), at: at(1))
        _ = machine.minted(.session(session(7)), code: .text("late"), at: at(2))
        #expect(machine.scene(of: "counter", at: at(2))?.codeText == nil)
    }

    @Test func `without a code the screen asks all the same`() {
        var board = Board()
        board.mints = false
        board.change(picture(7), 0)
        #expect(board.last()?.kind == .prompt && board.last()?.codeText == nil)
    }

    @Test func `a paused window and a journal that cannot record ask nobody`() {
        var board = Board([Board.counter, Board.lobby])
        board.change(picture(7), 0)
        board.change(picture(paused: true), 1)
        #expect(board.last()?.kind == .paused && board.last()?.codeText == nil)
        board.pass(2, canRecord: false)
        #expect(board.last()?.kind == .outOfService && board.last("lobby")?.kind == .outOfService)
        board.pass(3)
        #expect(board.last()?.kind == .paused && board.last("lobby")?.kind == .idle)
        board.change(picture(), 4)
        #expect(board.last()?.kind == .idle)
    }

    @Test func `a screen of the waiting area changes its code and knows no session`() {
        var board = Board([Board.counter, Board.lobby])
        #expect(board.minted == [.everybody(nil)])
        #expect(
            board.last("lobby") == ScreenScene(kind: .idle, codeText: "code 1", remainingSeconds: 30, wholeSeconds: 30))
        board.change(picture(7), 1)
        board.record(7, redeems: true, 2)
        #expect(board.shown["lobby"]?.count == 2)
        board.pass(29)
        #expect(board.now(29, "lobby")?.remainingSeconds == 1)
        board.pass(30)
        #expect(board.last("lobby")?.codeText == "code 3" && board.minted.last == .everybody(nil))
    }

    @Test func `nothing is shown twice, and a screen that reconnects gets what there is`() {
        var board = Board()
        board.change(picture(7), 0)
        let count = board.shown["counter"]?.count
        for second in 1...50 { board.pass(Int64(second)) }
        #expect(board.shown["counter"]?.count == count)
        #expect(board.now(50)?.remainingSeconds == 10)
        #expect(board.now(0, "nobody") == nil)
        board.carryOut(board.machine.apply([], at: at(51)), 51)
        #expect(board.now(51) == nil)
    }

    @Test func `a screen that came with a reload makes no code of what was answered`() {
        var board = Board()
        board.change(picture(7, asking: false, answered: true), 0)
        #expect(board.minted.isEmpty && board.last()?.kind == .idle)
        #expect(board.last()?.codeText == nil)
    }

    @Test func `a window whose pads show codes has one for each session`() {
        var board = Board([])
        board.change(picture(7), 0)
        #expect(board.minted.isEmpty)
        board.carryOut(board.machine.apply([], displays: [place], at: at(1)), 1)
        board.change(picture(8), 1)
        #expect(board.minted == [.session(session(8))])
    }

    // MARK: Displays of devices

    @Test func `a display follows its session from the code to thanks and back to nothing`() {
        var board = Board([], displays: [place])
        board.change(picture(7), 10)
        board.record(7, redeems: true, 20)
        board.change(picture(7, asking: false, answered: true), 20)
        board.pass(24)
        board.pass(25)
        #expect(board.displayed[place] == [.nothing, .code("code 1", until: at(70)), .thanks, .nothing])
        #expect(board.shown.isEmpty)
    }

    @Test func `after a press at the pad the code comes back for the time it had left`() {
        var board = Board([], displays: [place])
        board.change(picture(7), 0)
        board.record(7, redeems: false, 3)
        board.change(picture(7, asking: false, answered: true), 3)
        board.pass(8)
        #expect(board.displayed[place]?.suffix(2) == [.thanks, .code("code 1", until: at(60))])
        #expect(board.machine.scene(onDevicesAt: place, at: at(59)) == .code("code 1", until: at(60)))
        board.pass(60)
        #expect(board.displayed[place]?.last == .nothing)
    }

    @Test func `whatever ends a session takes its code off the display at once`() {
        for end in [picture(), picture(7, asking: false, paused: true), picture(paused: true)] {
            var board = Board([], displays: [place])
            board.change(picture(7), 0)
            board.change(end, 1)
            #expect(board.displayed[place]?.last == (end.isPaused ? .paused : .nothing))
            #expect(board.machine.scene(onDevicesAt: place, at: at(1)) == board.displayed[place]?.last)
        }
        var board = Board([], displays: [place])
        board.change(picture(7), 0)
        board.pass(1, canRecord: false)
        #expect(board.displayed[place]?.last == .nothing, "a code that could not be honoured")
    }

    @Test func `displays in waiting areas show the hall's code, and no longer than a pad may`() {
        var board = Board([], displays: [nil])
        #expect(board.minted == [.everybody(nil)])
        #expect(board.displayed[nil]?.last == .code("code 1", until: at(30)))
        board.pass(30)
        #expect(board.displayed[nil]?.last == .code("code 2", until: at(60)))
        board.machine.times.rotation = .seconds(86_400)
        board.pass(60)
        #expect(board.displayed[nil]?.last == .code("code 3", until: at(3660)))
        #expect(board.machine.scene(onDevicesAt: place, at: at(60)) == nil)
    }

    @Test func `a place whose devices show codes no more is cleared`() {
        var board = Board([], displays: [nil, place])
        board.change(picture(7), 0)
        board.carryOut(board.machine.apply([], displays: [], at: at(1)), 1)
        #expect(board.displayed[place]?.last == .nothing && board.displayed[nil]?.last == .nothing)
        let count = board.displayed[place]?.count
        board.carryOut(board.machine.apply([], displays: [], at: at(2)), 2)
        #expect(board.displayed[place]?.count == count)
    }

    @Test func `with another key the codes that show are made anew, and no others`() {
        var board = Board([Board.counter, Board.lobby], displays: [nil, place])
        board.change(picture(7), 0)
        #expect(board.minted.count == 2)
        board.carryOut(board.machine.renewCodes(at: at(10)), 10)
        #expect(board.minted.suffix(2) == [.session(session(7)), .everybody(nil)])
        #expect(board.last()?.codeText == "code 3" && board.last()?.remainingSeconds == 50)
        #expect(board.displayed[place]?.last == .code("code 3", until: at(60)))
        #expect(board.displayed[nil]?.last == .code("code 4", until: at(40)))
        board.record(7, redeems: true, 11)
        board.pass(39)
        board.carryOut(board.machine.renewCodes(at: at(39)), 39)
        #expect(board.minted.count == 5 && board.minted.last == .everybody(nil), "what was redeemed needs no code")
    }

    @Test func `staff are shown where the site says so`() {
        var board = Board([.init(id: "counter", window: window, showsStaff: false, rotates: false)])
        board.change(picture(7), 0)
        #expect(board.last()?.staff == nil && board.last()?.ticket == "A042")
    }
}
