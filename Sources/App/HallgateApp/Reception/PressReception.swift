// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import JournalAPI
import Logging
import RatingIntake
import RatingModel
import WindowSessions

/// Where a press meets its session and becomes a record: the wiring between supervision, sessions, intake and delivery.
///
/// It decides nothing itself: WindowSessions matches, RatingIntake commits, PressContinuity sees what is missing,
/// IntegrityWatch what an auditor may want to look at.
actor PressReception: PressReceiver {
    /// Gives a command to the pads of a window; answers how many there were.
    typealias SendCommand = @Sendable (DeviceCommand, WindowID) async -> Int

    let journal: any RatingJournal
    let intake: RatingIntake
    let clock: any GatewayClock
    let logger: Logger
    let gate: SharedCorrectionGate
    let keeper: (any SessionKeeper)?
    let routes: [DeliveryRoute]
    let wakeForwarders: @Sendable () -> Void

    var sessions: WindowSessions
    var watch: IntegrityWatch
    var settings: SessionSettings
    /// When each window's timer runs out.
    var deadlines: [WindowID: MonotonicInstant] = [:]
    /// What each window's newest session is about, for pads that show it; it is in no record.
    var subjects: [WindowID: (session: PromptNumber, subject: PromptSubject)] = [:]
    /// What was flagged and is not on disk yet.
    var flags = FlagBacklog()
    /// The flags operators see.
    var flagLog = FlagLog()
    /// Up to which record the windows know what happened.
    var known = KnownRecords()
    /// How far what is kept for a restart has come.
    var keeping = KeepingState()
    /// The sessions of late, as far as somebody looked for them.
    var recentSessions = RecentSessions()
    /// What kiosk screens are told.
    var screens = ScreenFeed()
    /// The last position that might leave at the last tick; 0 where the gate was closed since.
    var lastReleased: JournalSequence = .max
    private(set) var hall: GatewayConfiguration.Hall
    /// What scanned codes mean, by the lines of the devices that have rules of their own.
    private(set) var codes: [String: ScanRules] = [:]
    private var continuity: PressContinuity
    private(set) var windows: Set<WindowID>
    var conflicts: Int64 = 0
    private(set) var promptTimeout: Duration
    private(set) var send: SendCommand = { _, _ in 0 }

    init(
        journal: any RatingJournal, intake: RatingIntake, clock: any GatewayClock, routes: [DeliveryRoute],
        configuration: GatewayConfiguration, gate: SharedCorrectionGate = SharedCorrectionGate(),
        keeper: (any SessionKeeper)? = nil, wakeForwarders: @escaping @Sendable () -> Void, logger: Logger
    ) async throws(GatewayError) {
        self.journal = journal
        self.intake = intake
        self.clock = clock
        self.routes = routes
        self.gate = gate
        self.keeper = keeper
        self.wakeForwarders = wakeForwarders
        self.logger = logger
        settings = configuration.session
        hall = configuration.hall
        codes = configuration.codesByLine
        windows = Set(configuration.windows.map(\.id))
        promptTimeout = configuration.promptTimeout
        sessions = WindowSessions(policy: configuration.session.policy)
        watch = IntegrityWatch(policy: configuration.session.integrity)
        continuity = PressContinuity(from: try await journal.pressPositions())
        try await restore(from: journal)
    }

    /// Names who gives commands to the pads, once there is somebody.
    func connect(_ send: @escaping SendCommand) { self.send = send }

    /// Takes a configuration that was accepted while running.
    func apply(_ configuration: GatewayConfiguration) {
        windows = Set(configuration.windows.map(\.id))
        promptTimeout = configuration.promptTimeout
        settings = configuration.session
        hall = configuration.hall
        codes = configuration.codesByLine
        sessions.policy = settings.policy
        sessions.keep(windows)
        watch.policy = settings.integrity
        watch.keep(windows)
        deadlines = deadlines.filter { windows.contains($0.key) }
        subjects = subjects.filter { windows.contains($0.key) }
        gate.setWindow(settings.holdWindow)
    }

    /// Presses each pad still owes, and how many came again with another body.
    var findings: (missing: [DeviceID: UInt64], conflicts: Int64) { (continuity.missing, conflicts) }

    /// Throws where the configuration does not name a window.
    func check(_ window: WindowID) throws(GatewayError) {
        guard windows.contains(window) else { throw .unknownWindow(window) }
    }

    // MARK: Presses

    func receive(_ press: CapturedPress, from source: PressSource) async -> PressDisposition {
        await receive(press, from: source, channel: .terminal, personal: nil).disposition
    }

    /// Records a press that came with more than a key: by a channel of its own, or with what the citizen wrote, which is
    /// encrypted apart. It returns after the commit (G1).
    ///
    /// `caseReference` is what its source says it is about, where no session does. Where only the day is known on which it
    /// was given, it is held against no opening hours. `reportedAt` is what the press's age counts from; `nil` for now.
    func receive(
        _ press: CapturedPress, from source: PressSource, channel: RatingChannel, personal: PersonalFields?,
        caseReference: CaseReference? = nil, isTimeOfDayKnown: Bool = true, reportedAt: CaptureTime? = nil
    ) async -> Reception {
        let now = reportedAt ?? clock.now()
        let pressedAt = press.age.map { now.earlier(by: $0) }
        let facts = PressFacts(press, window: source.window, pressedAt: pressedAt)
        let minute = isTimeOfDayKnown ? pressedAt.flatMap { hall.minuteOfWeek(at: $0) } : nil
        do throws(GatewayError) {
            let (session, supersedes) = try await session(of: facts)
            let rating = Rating(
                press: press, pressedAt: pressedAt ?? now, window: session?.window ?? source.window,
                session: session?.number, caseReference: session?.caseReference ?? caseReference, staff: session?.staff,
                isRepeat: session == nil && sessions.isRepeat(facts), isOutsideHours: settings.isOutside(minute),
                channel: channel)
            let draft = draft(of: rating, personal, supersedes: supersedes, at: now)
            // Only a press of a session can be corrected; where the site wants it, it waits behind the gate before
            // anybody can see it.
            let isHeld =
                session != nil && rating.level != nil && !facts.isOneTime && settings.holdWindow > .zero
            let closing = isHeld ? gate.close() : nil
            // A gate that is open again by the next tick has been closed all the same: forwarders are to be woken.
            if closing != nil { lastReleased = 0 }
            let commit = known.begin()
            do throws(GatewayError) {
                let (outcome, others) = try await intake.record(draft, with: following(rating, session, at: now))
                for case .failed(let error) in others { logInvitation(error) }
                closing.map { gate.settle($0, recordedAs: outcome.sequence, at: clock.now().monotonic) }
                defer { known.end(commit, at: outcome.sequence) }
                if case .recorded = outcome, draft.deliveries.values.contains(.pending) { wakeForwarders() }
                return await settle(press, facts, session, outcome, minute)
            } catch {
                known.end(commit, at: nil)
                closing.map { gate.settle($0, recordedAs: nil, at: clock.now().monotonic) }
                throw error
            }
        } catch {
            logger.error("a press was not recorded", metadata: ["device": "\(press.key.device)", "error": "\(error)"])
            return .refused(error)
        }
    }

    private func draft(
        of rating: Rating, _ personal: PersonalFields?, supersedes: JournalSequence?, at now: CaptureTime
    ) -> RecordDraft {
        let hasReason = personal?.hasReason ?? false
        return RecordDraft(
            id: Self.mintID(at: now), body: .rating(rating), recordedAt: now, personal: personal,
            deliveries: Dictionary(
                uniqueKeysWithValues: routes.map {
                    ($0.uplink, $0.initialDelivery(of: rating, hasReason: hasReason))
                }),
            supersedes: supersedes)
    }

    private func session(
        of press: PressFacts
    ) async throws(GatewayError) -> (WindowSession?, supersedes: JournalSequence?) {
        switch sessions.match(press) {
        case .session(let session, let supersedes): (session, supersedes)
        case .lookUp(let number): (try await journal.session(number), nil)
        case .unbound: (nil, nil)
        }
    }

    private func settle(
        _ press: CapturedPress, _ facts: PressFacts, _ session: WindowSession?, _ outcome: RecordingOutcome,
        _ minuteOfWeek: Int?
    ) async -> Reception {
        switch outcome {
        case .recorded(let sequence, let id):
            let answered = note(facts, session, sequence)
            if case .rated(_, let key, _) = press.outcome {
                observe(.pressed(facts, session: session?.number, key: key, minuteOfWeek: minuteOfWeek))
            }
            tellScreens(press, of: session)
            if let gap = continuity.note(press.key, lifetimeCount: press.lifetimeCount) {
                logger.warning(
                    "presses are missing before this one",
                    metadata: [
                        "press": "\(press.key)", "skipped": "\(gap.skippedSequences)",
                        "uncounted": "\(gap.uncountedPresses)",
                    ])
            }
            await takeBack(answered)
            return .recorded(id)
        case .duplicate(let original):
            // Recorded before a restart, perhaps: then its session still seems to wait for an answer.
            let answered = note(facts, session, nil)
            continuity.confirm(press.key, lifetimeCount: press.lifetimeCount)
            await takeBack(answered)
            return .duplicate(of: original)
        case .conflict(let original, let kept):
            conflicts += 1
            logger.warning(
                "a press came again with another content; both are kept",
                metadata: ["press": "\(press.key)", "original": "\(original)", "kept": "\(kept)"])
            return .conflict(with: original, keptAs: kept)
        case .failed(let error):
            logger.error("a press was not recorded", metadata: ["press": "\(press.key)", "error": "\(error)"])
            return .refused(error)
        }
    }

    /// Tells the windows of a press that is on disk; answers what that has done.
    private func note(
        _ facts: PressFacts, _ session: WindowSession?, _ sequence: JournalSequence?
    ) -> [SessionAction] {
        let event = session.map { SessionEvent.recorded(facts, $0.number, sequence) } ?? .recordedUnbound(facts)
        let now = clock.now()
        let actions = sessions.handle(event, at: now)
        for action in actions { note(action, at: now) }
        return actions
    }

    /// Has pads stop asking what was answered on a page.
    private func takeBack(_ actions: [SessionAction]) async {
        for case .cancelPrompt(let number, let window, _) in actions { _ = await send(.cancelPrompt(number), window) }
    }

    static func mintID(at now: CaptureTime) -> RecordID {
        RecordID(at: now.wall, random: (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)))
    }
}

extension RecordingOutcome {
    /// The position of a record that was added.
    var sequence: JournalSequence? { if case .recorded(let sequence, _) = self { sequence } else { nil } }
}
