// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceLoop
public import RatingModel
import SerialTransport
import SystemClock

/// What `hallgate devices learn` looks for.
public struct LearnRequest: Sendable {
    /// The configuration whose devices are left alone.
    public var configurationPath: String
    /// The lines to listen on; empty for every line that is not configured.
    public var paths: [String]
    /// The only driver to try; `nil` for all.
    public var driver: String?
    /// How long to wait for the press.
    public var patience: Duration
    /// How long to listen at one speed before the next.
    public var turn: Duration

    /// Takes the wishes.
    public init(
        configurationPath: String, paths: [String] = [], driver: String? = nil, patience: Duration = .seconds(60),
        turn: Duration = .seconds(2)
    ) {
        self.configurationPath = configurationPath
        self.paths = paths
        self.driver = driver
        self.patience = patience
        self.turn = turn
    }
}

/// What was learned.
public struct LearnedDevice: Sendable, Hashable {
    /// The sign by which it was found.
    public let evidence: LearnEvidence
    /// Whether it was pressed just now; else it was the only one that answered.
    public let wasPressed: Bool
    /// What to write into the configuration, without a window.
    public let stanza: DeviceStanza
}

/// What happens while learning, for the operator.
public enum LearnNotice: Sendable, Hashable {
    /// Listening begins on these lines, with these drivers.
    case listening(paths: [String], drivers: [String])
    /// A line cannot be listened on.
    case cannotOpen(path: String, GatewayError)
    /// A device said who it is.
    case answered(LearnEvidence)
}

/// Listens on lines nobody configured until a key is pressed, and says which port and driver that is.
///
/// It runs in the process of the command: the daemon holds only the lines of its configuration. Throws where there is
/// no line to listen on, and where nobody pressed or several answered within the time.
public func learnDevice(
    _ request: LearnRequest, notice: @escaping @Sendable (LearnNotice) -> Void
) async throws(GatewayError) -> LearnedDevice {
    let configured = GatewayConfiguration.read(file: request.configurationPath).configuration?.devices ?? []
    let candidates = LearnCandidates.find(
        named: request.paths, driver: request.driver, configured: configured.map(\.line))
    guard !candidates.drivers.isEmpty else { throw .nothingToTry(request.driver) }
    guard !candidates.paths.isEmpty else { throw .noUnknownLine }
    let loop = try DeviceLoop()
    notice(.listening(paths: candidates.paths, drivers: candidates.drivers.map(\.name)))
    let verdict = await listen(request, candidates, SerialTransport(loop: loop), notice)
    await loop.shutdown()
    switch verdict {
    case .pressed(let evidence): return evidence.learned(wasPressed: true)
    case .onlyOne(let evidence): return evidence.learned(wasPressed: false)
    case .waiting, .undecided([]): throw .nobodyPressed
    case .undecided(let several): throw .severalAnswered(several)
    }
}

private func listen(
    _ request: LearnRequest, _ candidates: LearnCandidates, _ transport: any DeviceTransport,
    _ notice: @escaping @Sendable (LearnNotice) -> Void
) async -> LearnMachine.Verdict {
    let clock = SystemClock()
    var machine = LearnMachine(until: clock.now().monotonic.advanced(by: request.patience))
    let (signs, sign) = AsyncStream.makeStream(of: LearnEvidence?.self, bufferingPolicy: .bufferingOldest(1024))
    return await withTaskGroup(of: Void.self) { group in
        for path in candidates.paths {
            group.addTask {
                await takeTurns(on: path, candidates, request.turn, transport, notice) { _ = sign.yield($0) }
            }
        }
        group.addTask {
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(100))
                sign.yield(nil)
            }
        }
        var told: Set<String> = []
        for await each in signs {
            let now = clock.now().monotonic
            if let each, each.kind == .identity, told.insert(each.path).inserted { notice(.answered(each)) }
            let verdict = each.map { machine.handle($0, at: now) } ?? machine.tick(at: now)
            if verdict != .waiting {
                group.cancelAll()
                return verdict
            }
        }
        return .waiting
    }
}

/// Listens on one line at each speed in turn, letting each driver that asks questions ask them, until cancelled.
private func takeTurns(
    on path: String, _ candidates: LearnCandidates, _ turn: Duration, _ transport: any DeviceTransport,
    _ notice: @Sendable (LearnNotice) -> Void, found: @escaping @Sendable (LearnEvidence) -> Void
) async {
    let speakers = candidates.drivers.filter(ListeningDriver.speaks).map(\.name)
    let turns = candidates.speeds.flatMap { speed in
        (speakers.isEmpty ? [nil] : speakers.map(Optional.some)).map { (speed: speed, speaker: $0) }
    }
    while !Task.isCancelled {
        for (speed, speaker) in turns where !Task.isCancelled {
            let driver = ListeningDriver(candidates.drivers, speaker: speaker, path: path, baud: speed, found: found)
            do {
                let connection = try await transport.open(DeviceLine(path: path, baud: speed), driver: driver)
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { for await _ in connection.outputs {} }
                    group.addTask { try? await Task.sleep(for: turn) }
                    await group.next()
                    group.cancelAll()
                }
                await connection.close()
                // A line that ends at once must not be opened in a circle.
                try? await Task.sleep(for: .milliseconds(50))
            } catch  where error.code == "device.bad-speed" {
                continue
            } catch {
                return notice(.cannotOpen(path: path, error))
            }
        }
    }
}

extension LearnEvidence {
    fileprivate func learned(wasPressed: Bool) -> LearnedDevice {
        let type = DriverCatalogue.byName[driver]
        let stanza = DeviceStanza(
            place: .path(path), driver: driver, baud: type?.usualBaud == baud ? nil : baud,
            address: type?.isAddressed == true ? address.map { Int($0) } : nil)
        return LearnedDevice(evidence: self, wasPressed: wasPressed, stanza: stanza)
    }
}
