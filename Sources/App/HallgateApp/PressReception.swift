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
/// It decides nothing itself: WindowSessions matches, RatingIntake commits, PressContinuity sees what is missing.
actor PressReception: PressReceiver {
    private let journal: any RatingJournal
    private let intake: RatingIntake
    private let clock: any GatewayClock
    private let routes: [DeliveryRoute]
    private let wakeForwarders: @Sendable () -> Void
    private let logger: Logger

    private var sessions = WindowSessions()
    private var continuity: PressContinuity
    private var windows: Set<WindowID>
    private var promptTimeout: Duration
    private var conflicts: Int64 = 0

    init(
        journal: any RatingJournal, intake: RatingIntake, clock: any GatewayClock, routes: [DeliveryRoute],
        configuration: GatewayConfiguration, wakeForwarders: @escaping @Sendable () -> Void, logger: Logger
    ) async throws(GatewayError) {
        self.journal = journal
        self.intake = intake
        self.clock = clock
        self.routes = routes
        self.wakeForwarders = wakeForwarders
        self.logger = logger
        windows = Set(configuration.windows.map(\.id))
        promptTimeout = configuration.promptTimeout
        continuity = PressContinuity(from: try await journal.pressPositions())
        let now = clock.now()
        for session in try await journal.openSessions() {
            _ = sessions.handle(.restored(session, timeout: promptTimeout), at: now)
        }
    }

    /// Takes a configuration that was accepted while running.
    func apply(_ configuration: GatewayConfiguration) {
        windows = Set(configuration.windows.map(\.id))
        promptTimeout = configuration.promptTimeout
    }

    /// Presses each pad still owes, and how many came again with another body.
    var findings: (missing: [DeviceID: UInt64], conflicts: Int64) { (continuity.missing, conflicts) }

    // MARK: Presses

    func receive(_ press: CapturedPress, from source: PressSource) async -> PressDisposition {
        let now = clock.now()
        let pressedAt = press.age.map { now.earlier(by: $0) }
        do throws(GatewayError) {
            let session = try await session(of: press, at: source, pressedAt: pressedAt)
            let rating = Rating(
                press: press, pressedAt: pressedAt ?? now, window: session?.window ?? source.window,
                session: session?.number, caseReference: session?.caseReference, staff: session?.staff)
            let draft = RecordDraft(
                id: Self.mintID(at: now), body: .rating(rating), recordedAt: now,
                deliveries: Dictionary(uniqueKeysWithValues: routes.map { ($0.uplink, $0.initialDelivery(of: rating)) })
            )
            return settle(press, session, try await intake.record(draft))
        } catch {
            logger.error("a press was not recorded", metadata: ["device": "\(press.key.device)", "error": "\(error)"])
            return .refused(error)
        }
    }

    private func session(
        of press: CapturedPress, at source: PressSource, pressedAt: CaptureTime?
    ) async throws(GatewayError) -> WindowSession? {
        switch sessions.match(prompt: press.prompt, window: source.window, pressedAt: pressedAt) {
        case .session(let session): session
        case .lookUp(let number): try await journal.session(number)
        case .unbound: nil
        }
    }

    private func settle(
        _ press: CapturedPress, _ session: WindowSession?, _ outcome: RecordingOutcome
    ) -> PressDisposition {
        switch outcome {
        case .recorded:
            if let session { _ = sessions.handle(.recorded(session.number, session.window), at: clock.now()) }
            if let gap = continuity.note(press.key, lifetimeCount: press.lifetimeCount) {
                logger.warning(
                    "presses are missing before this one",
                    metadata: [
                        "press": "\(press.key)", "skipped": "\(gap.skippedSequences)",
                        "uncounted": "\(gap.uncountedPresses)",
                    ])
            }
            wakeForwarders()
            return .recorded
        case .duplicate:
            // Recorded before a restart, perhaps: then its session still seems to wait for an answer.
            if let session { _ = sessions.handle(.recorded(session.number, session.window), at: clock.now()) }
            continuity.confirm(press.key, lifetimeCount: press.lifetimeCount)
            return .recorded
        case .conflict(let original, let kept):
            conflicts += 1
            logger.warning(
                "a press came again with another content; both are kept",
                metadata: ["press": "\(press.key)", "original": "\(original)", "kept": "\(kept)"])
            return .recorded
        case .failed(let error):
            logger.error("a press was not recorded", metadata: ["press": "\(press.key)", "error": "\(error)"])
            return .refused(error)
        }
    }

    /// Keys of staff and scanned codes are taken off the line; what they mean for a window is WindowSessions' to say.
    func receive(_ key: StaffKey, from source: PressSource) async {
        logger.debug("a staff key", metadata: ["path": "\(source.path)"])
    }

    func receive(_ code: ScannedCode, from source: PressSource) async {
        logger.debug("a scanned code", metadata: ["path": "\(source.path)"])
    }

    func greeting(for source: PressSource) async -> [DeviceCommand] {
        let now = clock.now()
        var commands: [DeviceCommand] = now.isWallTrusted ? [.setTime(now.wall)] : []
        guard let window = source.window else { return commands }
        for case .prompt(let number, _, let remaining) in sessions.handle(.padConnected(window), at: now) {
            commands.append(.prompt(number, timeout: remaining))
        }
        return commands
    }

    // MARK: Sessions

    /// Opens a session: it is on disk when this returns, with what the window's pads are to be told.
    func open(_ request: CheckedSessionRequest) async throws(GatewayError) -> (WindowSession, [SessionAction]) {
        guard windows.contains(request.window) else { throw .unknownWindow(request.window) }
        let now = clock.now()
        let session = WindowSession(
            number: try await mintSessionNumber(), window: request.window, caseReference: request.caseReference,
            staff: request.staff, openedAt: now)
        let outcome = try await intake.record(
            RecordDraft(id: Self.mintID(at: now), body: .session(session), recordedAt: now))
        if case .failed(let error) = outcome { throw error }
        return (session, sessions.handle(.opened(session, timeout: request.timeout ?? promptTimeout), at: now))
    }

    /// A number no session of this journal carries; pads keep numbers in their logs for months, so none is used twice.
    private func mintSessionNumber() async throws(GatewayError) -> PromptNumber {
        while true {
            let number = PromptNumber.random(in: 1...PromptNumber.max)
            if try await journal.session(number) == nil { return number }
        }
    }

    private static func mintID(at now: CaptureTime) -> RecordID {
        RecordID(at: now.wall, random: (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)))
    }
}
