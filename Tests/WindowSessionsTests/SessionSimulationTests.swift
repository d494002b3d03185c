// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel
import Testing
import WindowSessions

/// A small generator whose seeds are kept: SplitMix64 (Steele, Lea and Flood, 2014).
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}

/// A hall of three windows under random events, beside a plain account of what was open when and who served.
private struct SimulatedHall {
    private struct Span {
        let session: WindowSession
        let from: Double
        var to: Double?
    }

    private let windows = ["A01", "A02", "B01"].map { WindowID($0) }
    private let policy = SessionPolicy(staffExpiry: .seconds(300))
    private var sessions: WindowSessions
    private var dice: Dice
    private var now = 1.0
    private var number: PromptNumber = 0
    private var sequence: JournalSequence = 0
    /// The account: every session of each window, its showing prompt, who signed in, and who gave no answer.
    private var spans: [WindowID: [Span]] = [:]
    private var showing: [WindowID: PromptNumber] = [:]
    private var signedIn: [WindowID: (staff: String?, at: Double)] = [:]
    private var unanswered: Set<PromptNumber> = []
    private var answered: Set<PromptNumber> = []
    /// What a restart at any moment would find: the journal, and what was kept after the last event that is not in it.
    private var journal: [(sequence: JournalSequence, body: RecordBody, at: CaptureTime)] = []
    private var kept = ""
    /// The newest record when the gateway last lost its memory: it reads none before that again.
    private var startedAt: JournalSequence = 0
    private let restartsEachStep: Bool
    private(set) var failures: [String] = []
    private(set) var attributed = 0

    init(seed: UInt64, restartsEachStep: Bool = false) {
        dice = Dice(state: seed)
        self.restartsEachStep = restartsEachStep
        sessions = WindowSessions(policy: policy)
        keep()
    }

    mutating func run(_ steps: Int) {
        for _ in 0..<steps where failures.isEmpty {
            now += Double(Int.random(in: 0..<4000, using: &dice)) / 1000
            step(windows.randomElement(using: &dice) ?? windows[0])
            if restartsEachStep { checkRestart() }
        }
    }

    private mutating func keep() {
        guard restartsEachStep else { return }
        kept =
            KeptSessions(
                through: sequence, keptAt: moment(now), sessions: sessions.memory, watch: IntegrityMemory()
            ).text
    }

    private mutating func record(_ body: RecordBody) {
        sequence += 1
        if restartsEachStep { journal.append((sequence, body, moment(now))) }
    }

    /// A daemon started anew at this moment knows what this one knows, also where it reads some records twice.
    private mutating func checkRestart() {
        guard let read = KeptSessions(text: kept) else {
            return failures.append("at \(now): what was kept is not read")
        }
        var restarted = WindowSessions(policy: policy)
        restarted.takeUp(read.sessions)
        let start = max(startedAt, read.through - JournalSequence(Int.random(in: 0...3, using: &dice)))
        // A record's place in the account is its position less one.
        for (sequence, body, time) in journal.dropFirst(Int(start)) {
            restarted.follow(body, recordedAs: sequence, at: time, timeout: tenSeconds)
        }
        let knows = { (memory: SessionMemory) in
            KeptSessions(through: 0, keptAt: moment(0), sessions: memory, watch: IntegrityMemory()).text
        }
        let (found, wanted) = (restarted.memory, sessions.memory)
        check(found == wanted, "a restart knows \(knows(found)) instead of \(knows(wanted))")
    }

    private mutating func check(_ holds: Bool, _ words: @autoclosure () -> String) {
        if !holds { failures.append("at \(now): \(words())") }
    }

    private mutating func step(_ window: WindowID) {
        switch Int.random(in: 0..<100, using: &dice) {
        case 0..<18: open(SessionOpening(window: window, caseReference: nil, staff: nil, ticket: nil))
        case 18..<50: press(at: window)
        case 50..<60: act(.timer(window))
        case 60..<64: act(.padConnected(window), isGreeting: true)
        case 64..<70:
            let staff = Bool.random(using: &dice) ? "staff-\(Int.random(in: 0..<9, using: &dice))" : nil
            act(.signedIn(window, staff: staff))
            signedIn[window] = (staff, now)
        case 70..<76: call(window)
        case 76..<86: key(window)
        case 86..<90: act(.cancelled(anyNumber()))
        case 90..<93: close(anyNumber())
        case 93..<96: act(.askedAgain(anyNumber(), timeout: tenSeconds))
        case 96..<98: act(.scannedCase(window, CaseReference(projectNumber: "P", serviceNumber: "1")))
        default: restart()
        }
    }

    private mutating func anyNumber() -> PromptNumber {
        PromptNumber(Int.random(in: max(0, Int(number) - 4)...Int(number), using: &dice))
    }

    // MARK: Events

    private mutating func open(_ opening: SessionOpening) {
        let staff = sessions.staff(at: opening.window, moment(now))
        if let (known, at) = signedIn[opening.window] {
            check(staff == nil || staff == known && now - at < 300, "staff \(staff ?? "") leaked to \(opening.window)")
        } else {
            check(staff == nil, "staff out of nowhere")
        }
        number += 1
        let next = WindowSession(
            number: number, window: opening.window, caseReference: opening.caseReference, staff: staff,
            openedAt: moment(now), ticket: opening.ticket)
        endSpan(of: opening.window)
        spans[opening.window, default: []].append(Span(session: next, from: now))
        record(.session(next))
        act(.opened(next, timeout: tenSeconds))
    }

    private mutating func call(_ window: WindowID) {
        let ticket = Bool.random(using: &dice) ? "T\(Int.random(in: 0..<5, using: &dice))" : nil
        act(.ticketCalled(window, ticket: ticket, waiting: nil))
    }

    private mutating func key(_ window: WindowID) {
        let keys: [StaffKey] = [
            .askForRating, .callNext, .callAgain, .pause, .transfer, .abandon, .suspend, .recall, .other(9),
        ]
        act(.key(keys.randomElement(using: &dice) ?? .pause, window))
    }

    private mutating func close(_ number: PromptNumber) {
        if let window = sessions.window(of: number) { endSpan(of: window) }
        act(.closed(number))
    }

    private mutating func press(at window: WindowID) {
        let ago: Double = [0, 0, 0.2, 3, 40].randomElement(using: &dice) ?? 0
        let prompt = Int.random(in: 0..<3, using: &dice) == 0 ? showing[window] : nil
        let isRated = Int.random(in: 0..<5, using: &dice) > 0
        var facts = self.facts(window, at: now - ago, prompt: prompt)
        facts.ending = isRated ? .rated : .unrated
        switch sessions.match(facts) {
        case .session(let session, let supersedes):
            check(session.window == window, "a press at \(window) went to \(session.window)")
            if prompt == nil {
                let span = spans[window]?.last { $0.session.number == session.number }
                check(span.map { $0.from <= now - ago } ?? false, "a press before its session")
                check(span?.to.map { now - ago < $0 } ?? true, "a press after its session")
            }
            check(supersedes.map { $0 <= sequence } ?? true, "a correction of nothing")
            record(.rating(rating(facts, of: session)))
            attributed += 1
            if isRated { answered.insert(session.number) }
            act(.recorded(facts, session.number, sequence))
            if showing[window] == session.number { showing[window] = nil }
        case .lookUp(let number): check(number == prompt, "another number")
        case .unbound:
            record(.rating(rating(facts, of: nil)))
            act(.recordedUnbound(facts))
        }
    }

    private func rating(_ facts: PressFacts, of session: WindowSession?) -> Rating {
        let outcome = facts.ending == .rated ? PressOutcome.rated(.satisfied, key: 2, label: "满意") : .timedOut
        let press = CapturedPress(
            key: PressKey(device: facts.device, log: 1, sequence: UInt64(sequence + 1)), outcome: outcome,
            prompt: facts.prompt, age: .zero, lifetimeCount: nil, driver: "native", rawFrame: [])
        return Rating(
            press: press, pressedAt: facts.pressedAt ?? moment(now), window: facts.window, session: session?.number,
            caseReference: nil, staff: nil)
    }

    private mutating func restart() {
        var fresh = WindowSessions(policy: policy)
        for window in windows {
            signedIn[window] = nil
            showing[window] = nil
            guard var last = spans[window]?.popLast() else { continue }
            let answer: SessionAnswer =
                answered.contains(last.session.number)
                ? .answered : unanswered.contains(last.session.number) ? .noAnswer : .waiting
            _ = fresh.handle(.restored(last.session, timeout: tenSeconds, answer: answer), at: moment(now))
            // What closed it is not in the journal: it is the window's newest session again.
            last.to = nil
            spans[window]?.append(last)
        }
        sessions = fresh
        startedAt = sequence
        keep()
    }

    // MARK: Actions

    private mutating func act(_ event: SessionEvent, isGreeting: Bool = false) {
        let before = windows.filter { sessions.ticket(at: $0) != nil }
        for action in sessions.handle(event, at: moment(now)) {
            switch action {
            case .prompt(let number, let window, let remaining):
                check(remaining > .zero && remaining <= tenSeconds, "a prompt for \(remaining)")
                check(showing[window] == nil || showing[window] == number || ranOut(window), "two prompts at \(window)")
                check(!answered.contains(number), "an answered session was asked again")
                showing[window] = number
            case .cancelPrompt(let number, let window, _):
                if showing[window] == number { showing[window] = nil }
            case .open(let opening): open(opening)
            case .recordNoAnswer(let end):
                check(!answered.contains(end.number), "an answered session had no answer")
                unanswered.insert(end.number)
                record(.noAnswer(NoAnswer(session: end.number, window: end.window)))
                _ = sessions.handle(.noAnswerRecorded(end.number), at: moment(now))
            case .ticketBegun(let window): endSpan(of: window)
            case .pause, .resume, .showWaiting, .setTimer, .cancelTimer, .ticketFinished, .tooManySuspended: break
            }
        }
        switch event {
        case .recorded, .recordedUnbound: break
        default: keep()
        }
        // A ticket that left a window took its session along.
        for window in before where sessions.ticket(at: window) == nil { endSpan(of: window) }
        if case .key(let key, let window) = event, [.transfer, .abandon].contains(key) { endSpan(of: window) }
        if case .key(.suspend, let window) = event, sessions.ticket(at: window) == nil { endSpan(of: window) }
    }

    /// Whether the prompt that is showing has run out on the pad.
    private func ranOut(_ window: WindowID) -> Bool {
        sessions.handled(.padConnected(window), at: moment(now)).isEmpty
            || showing[window].map { !isNewest($0, window) } ?? true
    }

    private func isNewest(_ number: PromptNumber, _ window: WindowID) -> Bool { sessions.window(of: number) == window }

    private mutating func endSpan(of window: WindowID) {
        guard let count = spans[window]?.count, count > 0, spans[window]?[count - 1].to == nil else { return }
        spans[window]?[count - 1].to = now
    }

    private func facts(_ window: WindowID, at seconds: Double, prompt: PromptNumber?) -> PressFacts {
        PressFacts(
            device: DeviceID("pad-\(window)"), prompt: prompt, window: window, pressedAt: moment(seconds))
    }
}

extension WindowSessions {
    fileprivate func handled(_ event: SessionEvent, at now: CaptureTime) -> [SessionAction] {
        var copy = self
        return copy.handle(event, at: now)
    }
}

@Suite struct SessionSimulationTests {
    @Test(arguments: UInt64(1)...40)
    func `No press goes astray, no window has two prompts, no timeout is a rating, no member of staff leaks`(
        seed: UInt64
    ) {
        var hall = SimulatedHall(seed: seed)
        hall.run(3000)
        #expect(hall.failures.isEmpty, "seed \(seed): \(hall.failures.first ?? "")")
        #expect(hall.attributed > 100)
    }

    @Test(arguments: UInt64(101)...104)
    func `A restart at any moment knows what the gateway knew`(seed: UInt64) {
        var hall = SimulatedHall(seed: seed, restartsEachStep: true)
        hall.run(500)
        #expect(hall.failures.isEmpty, "seed \(seed): \(hall.failures.first ?? "")")
        #expect(hall.attributed > 20)
    }
}
