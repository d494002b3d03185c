// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import JournalAPI
import Logging
import OperatorAPI
import RatingIntake
import RatingModel
import SystemClock
import Testing
import WindowSessions

@testable import HallgateApp

private let region = UplinkName("region")
private let window = WindowID("A01")
private let source = PressSource(path: "/dev/ttyUSB0", window: window)

private func press(
    _ sequence: UInt64, prompt: PromptNumber? = nil, age: Duration? = .zero, level: SatisfactionLevel = .satisfied
) -> CapturedPress {
    CapturedPress(
        key: PressKey(device: DeviceID("native-1"), log: 9, sequence: sequence),
        outcome: .rated(level, key: 1, label: "满意"), prompt: prompt, age: age, lifetimeCount: nil, driver: "native",
        rawFrame: [])
}

private func reception(_ journal: MemoryJournal) async throws -> PressReception {
    var configuration = GatewayConfiguration.builtIn
    configuration.windows = [.init(id: window, name: "综合窗口"), .init(id: WindowID("A02"), name: "社保窗口")]
    return try await PressReception(
        journal: journal, intake: RatingIntake(journal: journal), clock: SystemClock(),
        routes: [DeliveryRoute(uplink: region, takesUnmatched: false, takesUnrated: false)],
        configuration: configuration, wakeForwarders: {}, logger: Logger(label: "test"))
}

private func request(case number: String, window: String = "A01") throws -> CheckedSessionRequest {
    try CheckedSessionRequest(SessionRequest(window: window, projectNumber: number, serviceNumber: "1"))
}

private func ratings(in journal: MemoryJournal) async throws -> [Rating] {
    try await journal.entries(after: 0, atMost: 1000).compactMap { entry in
        if case .rating(let rating) = entry.body { rating } else { nil }
    }
}

@Suite struct PressReceptionTests {
    @Test func aPressFindsTheCaseOfItsPrompt() async throws {
        let journal = MemoryJournal(uplinks: [region])
        let reception = try await reception(journal)
        let (session, prompted) = try await reception.open(request(case: "P1"))
        #expect(prompted == 0)
        #expect(await reception.receive(press(1, prompt: session.number), from: source) == .recorded)
        #expect(try await ratings(in: journal).first?.caseReference?.projectNumber == "P1")
        #expect(try await journal.conservation(for: region).pending == 1)
    }

    @Test func aPressThatComesLateNeverLandsOnTheNextCase() async throws {
        let journal = MemoryJournal(uplinks: [region])
        let reception = try await reception(journal)
        let (first, _) = try await reception.open(request(case: "P1"))
        _ = try await reception.open(request(case: "P2"))
        _ = await reception.receive(press(1, prompt: first.number, age: nil), from: source)
        #expect(try await ratings(in: journal).first?.caseReference?.projectNumber == "P1")
    }

    @Test func aPressFindsItsCaseAfterARestart() async throws {
        let journal = MemoryJournal(uplinks: [region])
        let before = try await reception(journal)
        let (first, _) = try await before.open(request(case: "P1"))
        let (second, _) = try await before.open(request(case: "P2"))
        let after = try await reception(journal)
        _ = await after.receive(press(1, prompt: first.number, age: nil), from: source)
        _ = await after.receive(press(2, prompt: second.number, age: nil), from: source)
        #expect(try await ratings(in: journal).map { $0.caseReference?.projectNumber } == ["P1", "P2"])
    }

    @Test func aPressWithoutASessionIsHeldUnmatched() async throws {
        let journal = MemoryJournal(uplinks: [region])
        let reception = try await reception(journal)
        #expect(await reception.receive(press(1), from: source) == .recorded)
        #expect(await reception.receive(press(2, prompt: 77), from: source) == .recorded)
        let counts = try await journal.conservation(for: region)
        #expect(counts.held[.unmatched] == 2 && counts.holds)
    }

    @Test func theSamePressTwiceIsThankedTwiceAndKeptOnce() async throws {
        let journal = MemoryJournal(uplinks: [region])
        let reception = try await reception(journal)
        #expect(await reception.receive(press(1), from: source) == .recorded)
        #expect(await reception.receive(press(1, age: .seconds(9)), from: source) == .recorded)
        #expect(try await ratings(in: journal).count == 1)
    }

    @Test func anotherBodyUnderTheSameKeyIsCounted() async throws {
        let journal = MemoryJournal(uplinks: [region])
        let reception = try await reception(journal)
        _ = await reception.receive(press(1, level: .dissatisfied), from: source)
        #expect(await reception.receive(press(1, level: .verySatisfied), from: source) == .recorded)
        #expect(await reception.findings.conflicts == 1)
        #expect(try await ratings(in: journal).map(\.level) == [.dissatisfied])
    }

    @Test func aJournalThatFailsRefusesThePress() async throws {
        let journal = MemoryJournal(uplinks: [region])
        let reception = try await reception(journal)
        let full = GatewayError("journal.disk-full", LocalText("full", "满"), hint: LocalText("free", "清理"))
        await journal.fail(with: full)
        #expect(await reception.receive(press(1), from: source) == .refused(full))
        await journal.fail(with: nil)
        #expect(await reception.receive(press(1), from: source) == .recorded)
    }

    @Test func aPadThatComesBackIsPromptedAgainUntilAnswered() async throws {
        let reception = try await reception(MemoryJournal(uplinks: [region]))
        let (session, _) = try await reception.open(request(case: "P1"))
        #expect(prompts(await reception.greeting(for: source)) == [session.number])
        _ = await reception.receive(press(1, prompt: session.number), from: source)
        #expect(prompts(await reception.greeting(for: source)).isEmpty)
    }

    private func prompts(_ commands: [DeviceCommand]) -> [PromptNumber] {
        commands.compactMap { if case .prompt(let number, _, _) = $0 { number } else { nil } }
    }
}

@Suite struct SessionRequestTests {
    @Test func anUnknownWindowIsNamed() async throws {
        let reception = try await reception(MemoryJournal())
        await #expect {
            _ = try await reception.open(request(case: "P1", window: "Z9"))
        } throws: { ($0 as? GatewayError)?.code == "session.unknown-window" }
    }

    @Test(arguments: [
        SessionRequest(window: ""), SessionRequest(window: "A01", projectNumber: "P1"),
        SessionRequest(window: "A01", timeoutSeconds: 4), SessionRequest(window: "A01", timeoutSeconds: .max),
        SessionRequest(window: String(repeating: "x", count: 129)),
    ])
    func fieldsOutOfRangeAreRefused(_ request: SessionRequest) {
        #expect { try CheckedSessionRequest(request) } throws: { ($0 as? GatewayError)?.code == "session.bad-request" }
    }
}
