// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import JournalAPI
import Logging
import OperatorAPI
import RatingIntake
import RatingModel
import Synchronization
import WindowSessions

@testable import HallgateApp

/// A driver that is never run.
struct NoDriver: DeviceDriver {
    static let name = "none"
    let capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: false)
    mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] { [] }
}

/// Keeps sessions as their file would, and shows what was asked of it.
actor MemoryKeeper: SessionKeeper {
    private(set) var text: String?
    private(set) var mark: AliveMark?
    private(set) var lastingSaves = 0
    private(set) var saves = 0
    private var isFailing = false

    func fail(_ isFailing: Bool) { self.isFailing = isFailing }

    func load() -> (kept: KeptSessions, aliveAt: CaptureTime)? {
        guard let kept = text.flatMap(KeptSessions.init(text:)) else { return nil }
        return (kept, AliveMark.last(keptAt: kept.keptAt, mark: mark))
    }

    func save(_ kept: KeptSessions, version: UInt64, lasting: Bool) -> Bool {
        guard !isFailing else { return false }
        text = kept.text
        saves += 1
        if lasting { lastingSaves += 1 }
        return true
    }

    func note(_ alive: AliveMark) { mark = alive }
}

/// A clock that tests move.
final class HandClock: GatewayClock {
    private let seconds = Mutex(1000.0)
    private let tick = Mutex(0.0)
    private let power = Mutex((boot: "boot", isWallTrusted: true))

    func now() -> CaptureTime {
        let tick = tick.withLock { $0 }
        let seconds = seconds.withLock { seconds in
            defer { seconds += tick }
            return seconds
        }
        let (boot, isTrusted) = power.withLock { $0 }
        // 2026-06-01 was a Monday; the hall's clock shows 10:00 at second 0.
        return CaptureTime(
            wall: WallTime(millisecondsSinceEpoch: 1_780_279_200_000 + Int64(seconds * 1000)),
            monotonic: MonotonicInstant(nanoseconds: Int64(seconds * 1_000_000_000)), boot: BootID(boot),
            isWallTrusted: isTrusted)
    }

    /// The power was cut, and the computer starts anew.
    func cutPower(isWallTrusted: Bool) { power.withLock { $0 = ($0.boot + "+", isWallTrusted) } }

    /// From now on it goes on by so much whenever it is read.
    func tick(by seconds: Double) { tick.withLock { $0 = seconds } }

    func advance(by seconds: Double) { self.seconds.withLock { $0 += seconds } }
}

/// A reception over a journal in memory, with a clock moved by hand and pads that only write down what they are told.
struct ReceptionFixture {
    static let region = UplinkName("region")
    static let window = WindowID("A01")
    static let source = PressSource(path: "/dev/ttyUSB0", window: window)

    let journal: MemoryJournal
    let clock: HandClock
    let gate: SharedCorrectionGate
    let reception: PressReception
    let keeper: MemoryKeeper
    let told = ToldCommands()
    let wakes = WakeCount()
    /// Whether the region takes invitations.
    let invites: Bool

    /// Starts a reception; one that takes the journal, keeper and clock of another is the daemon started anew.
    init(
        _ journal: MemoryJournal? = nil, _ settings: SessionSettings = SessionSettings(),
        keeper: MemoryKeeper = MemoryKeeper(), clock: HandClock = HandClock(),
        codes: [ScanRules.Rule]? = nil, invites: Bool = false
    ) async throws {
        self.invites = invites
        self.keeper = keeper
        self.clock = clock
        self.journal = journal ?? MemoryJournal(uplinks: [Self.region])
        var configuration = GatewayConfiguration.builtIn
        configuration.windows = [.init(id: Self.window, name: "综合窗口"), .init(id: WindowID("A02"), name: "社保窗口")]
        configuration.session = settings
        configuration.devices = [
            .init(
                line: DeviceLine(path: Self.source.path, baud: 9600), window: Self.window, addresses: [:],
                staleAfter: nil, driver: ConfiguredDriver("scanner") { NoDriver() }, codes: codes)
        ]
        gate = SharedCorrectionGate(
            window: settings.holdWindow, newest: await self.journal.status().lastSequence, clock: clock)
        reception = try await PressReception(
            journal: self.journal, intake: RatingIntake(journal: self.journal), clock: clock,
            routes: [
                DeliveryRoute(
                    uplink: Self.region, takesUnmatched: true, takesUnrated: false, takesInvitations: invites)
            ],
            configuration: configuration, gate: gate, keeper: keeper, wakeForwarders: { [wakes] in wakes.add() },
            logger: Logger(label: "test"))
        await reception.connect { [told] command, window in
            told.add(command, window)
            return 1
        }
    }

    func open(_ number: String = "P1", window: String = "A01") async throws -> WindowSession {
        let request = SessionRequest(window: window, projectNumber: number, serviceNumber: "1")
        return try await reception.open(CheckedSessionRequest(request)).0
    }

    @discardableResult func press(
        _ sequence: UInt64, prompt: PromptNumber? = nil,
        outcome: PressOutcome = .rated(.satisfied, key: 2, label: "满意"),
        from source: PressSource = source
    ) async -> PressDisposition {
        let press = CapturedPress(
            key: PressKey(device: DeviceID("native-1"), log: 9, sequence: sequence), outcome: outcome, prompt: prompt,
            age: .zero, lifetimeCount: nil, driver: "native", rawFrame: [])
        return await reception.receive(press, from: source)
    }

    /// The same hall after the daemon was killed and started again.
    func restarted(_ settings: SessionSettings = SessionSettings()) async throws -> ReceptionFixture {
        try await ReceptionFixture(journal, settings, keeper: keeper, clock: clock, invites: invites)
    }

    /// Every body in the journal.
    func bodies() async throws -> [RecordBody] {
        try await journal.entries(after: 0, atMost: 1000).map(\.body)
    }

    func ratings() async throws -> [Rating] {
        try await bodies().compactMap { if case .rating(let rating) = $0 { rating } else { nil } }
    }

    func flags() async throws -> [IntegrityEvent.Cause] {
        try await bodies().compactMap { if case .integrity(let event) = $0 { event.cause } else { nil } }
    }
}

/// What the pads were told.
final class ToldCommands: Sendable {
    private let commands = Mutex<[DeviceCommand]>([])

    func add(_ command: DeviceCommand, _ window: WindowID) { commands.withLock { $0.append(command) } }
    var all: [DeviceCommand] { commands.withLock { $0 } }
}

/// How often the forwarders were woken.
final class WakeCount: Sendable {
    private let wakes = Mutex(0)

    func add() { wakes.withLock { $0 += 1 } }
    var count: Int { wakes.withLock { $0 } }
}
