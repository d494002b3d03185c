// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceSupervision
import HallgateTesting
import Logging
import OperatorAPI
import RatingModel
import Synchronization

/// A receiver whose commits a test can hold up, refuse, and look at.
final class TestReceiver: PressReceiver {
    private struct State {
        var received: [PressKey] = []
        var sources: [PressSource] = []
        var greeted: [PressSource] = []
        var lost: [PressSource] = []
        var staffKeys: [(StaffKey, PressSource)] = []
        var codes: [(ScannedCode, PressSource)] = []
        var commands: [DeviceCommand] = []
        var refusal: GatewayError?
        var isHeld = false
        var isGreetingHeld = false
    }

    private let state = Mutex(State())

    func receive(_ press: CapturedPress, from source: PressSource) async -> PressDisposition {
        state.withLock { state in
            state.received.append(press.key)
            state.sources.append(source)
        }
        // Not ended by cancellation, as a commit is not.
        while state.withLock({ $0.isHeld }) {
            try? await Task.sleep(for: .milliseconds(1))
            await Task.yield()
        }
        return state.withLock { $0.refusal.map { .refused($0) } ?? .recorded }
    }

    func receive(_ key: StaffKey, from source: PressSource) async {
        state.withLock { $0.staffKeys.append((key, source)) }
    }

    func receive(_ code: ScannedCode, from source: PressSource) async {
        state.withLock { $0.codes.append((code, source)) }
    }

    func lost(_ source: PressSource) async { state.withLock { $0.lost.append(source) } }

    func greeting(for source: PressSource) async -> [DeviceCommand] {
        state.withLock { $0.greeted.append(source) }
        while state.withLock({ $0.isGreetingHeld }) { try? await Task.sleep(for: .milliseconds(1)) }
        return state.withLock { $0.commands }
    }

    var received: [PressKey] { state.withLock { $0.received } }
    var sources: [PressSource] { state.withLock { $0.sources } }
    var staffKeys: [(key: StaffKey, source: PressSource)] { state.withLock { $0.staffKeys } }
    var codes: [(code: ScannedCode, source: PressSource)] { state.withLock { $0.codes } }
    var lost: [PressSource] { state.withLock { $0.lost } }
    var greeted: [PressSource] { state.withLock { $0.greeted } }

    func greet(with commands: [DeviceCommand]) { state.withLock { $0.commands = commands } }
    func refuse(with error: GatewayError?) { state.withLock { $0.refusal = error } }
    func hold(_ isHeld: Bool) { state.withLock { $0.isHeld = isHeld } }
    func holdGreeting(_ isHeld: Bool) { state.withLock { $0.isGreetingHeld = isHeld } }
}

/// A driver that is never run: the scripted transport speaks for it.
struct NoDriver: DeviceDriver {
    static let name = "none"
    var capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: false)
    mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] { [] }
}

/// A supervision over a scripted transport and a clock that stands still.
struct Bench {
    let transport = ScriptedTransport()
    let receiver = TestReceiver()
    let clock = VirtualClock()
    let supervision: DeviceSupervision
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() {
        supervision = DeviceSupervision(
            transport: transport, receiver: receiver, clock: clock, logger: Self.silent,
            sleep: { [clock] in try await clock.sleep(for: $0) })
    }

    /// Runs the supervision of the assignments around `body`, stops it gracefully, and waits for its end.
    func run(_ assignments: [DeviceAssignment], _ body: () async throws -> Void) async throws {
        async let running: Void = supervision.run()
        await supervision.apply(assignments)
        do {
            try await body()
        } catch {
            // A test that failed half-way has to end as well.
            receiver.hold(false)
            receiver.holdGreeting(false)
            supervision.stop()
            throw error
        }
        supervision.stop()
        await running
    }

    /// The one line's status.
    func status(_ index: Int = 0) async -> GatewayStatus.Device { await supervision.statuses()[index] }
}

func assignment(_ path: String, window: String? = "A01", driver: String = "none", baud: Int = 9600) -> DeviceAssignment
{
    DeviceAssignment(
        line: DeviceLine(path: path, baud: baud), window: window.map { WindowID($0) }, driverName: driver,
        makeDriver: { NoDriver() })
}

func press(_ sequence: UInt64, device: String = "pad-1", log: UInt64 = 1) -> CapturedPress {
    CapturedPress(
        key: PressKey(device: DeviceID(device), log: log, sequence: sequence),
        outcome: .rated(.veryDissatisfied, key: 5, label: "非常不满意"), prompt: nil, age: nil, lifetimeCount: nil,
        driver: "none", rawFrame: [])
}

func identity(_ device: String = "pad-1", log: UInt64 = 1) -> DeviceIdentity {
    DeviceIdentity(device: DeviceID(device), log: log, model: "HG-5", firmware: "1.0")
}

let diskFull = GatewayError(
    "journal.disk-full", LocalText("the disk is full", "磁盘已满"), hint: LocalText("make room", "请清理磁盘"))

/// Waits, at most `limit`, until the condition holds; answers whether it does.
func eventually(_ limit: Duration = .seconds(30), _ condition: () async throws -> Bool) async rethrows -> Bool {
    let deadline = ContinuousClock.now.advanced(by: limit)
    while try await !condition() {
        if ContinuousClock.now > deadline { return false }
        try? await Task.sleep(for: .milliseconds(1))
    }
    return true
}
