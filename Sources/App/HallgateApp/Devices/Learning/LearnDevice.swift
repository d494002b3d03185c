// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceLoop
public import RatingModel
import SystemClock
import UdevDiscovery

/// Listens on lines nobody configured until a key is pressed, and says which port and driver that is.
///
/// It runs in the process of the command: the daemon holds only the lines of its configuration. What is plugged in
/// meanwhile is listened on as well. Throws where there is no line to listen on, where nobody pressed or several
/// answered within the time, and where the driver needs to be told more.
public func learnDevice(
    _ request: LearnRequest, notice: @escaping @Sendable (LearnNotice) -> Void
) async throws(GatewayError) -> LearnOutcome {
    let discovery: UdevDiscovery? = UdevDiscovery.isServed ? try? UdevDiscovery() : nil
    let loop = try DeviceLoop()
    let session = LearnSession(
        request, grabbing: LineTransports(loop: loop), sharing: LineTransports(loop: loop, grabsInputs: false), notice)
    let outcome: Result<LearnOutcome, GatewayError>
    do throws(GatewayError) {
        outcome = .success(try await session.run(discovery?.events))
    } catch {
        outcome = .failure(error)
    }
    discovery?.stop()
    await loop.shutdown()
    return try outcome.get()
}

/// One go of learning.
struct LearnSession: Sendable {
    /// What the session waits for.
    private enum Sign: Sendable {
        case evidence(LearnEvidence)
        case devices(DiscoveryEvent)
        case tick
    }

    private let request: LearnRequest
    /// Opens lines for this process alone.
    private let grabbing: any DeviceTransport
    /// Opens input devices on which an operator may be typing.
    private let sharing: any DeviceTransport
    private let notice: @Sendable (LearnNotice) -> Void

    init(
        _ request: LearnRequest, grabbing: any DeviceTransport, sharing: any DeviceTransport,
        _ notice: @escaping @Sendable (LearnNotice) -> Void
    ) {
        self.request = request
        self.grabbing = grabbing
        self.sharing = sharing
        self.notice = notice
    }

    /// Learns, with what udev says of the devices, where there is udev; it begins with a list of everything.
    func run(_ discovery: AsyncStream<DiscoveryEvent>?) async throws(GatewayError) -> LearnOutcome {
        let configured = GatewayConfiguration.read(file: request.configurationPath).configuration?.devices ?? []
        var lines = LearnLines(configured: configured.map(\.line))
        lines.includesKeyboards = request.includesKeyboards
        var events = discovery?.makeAsyncIterator()
        let isNamed = !request.paths.isEmpty || !request.addresses.isEmpty
        var found: [LearnLine] = []
        if let first = await events?.next() { found = lines.take(first, isFirst: true) }
        if isNamed {
            found = lines.named(request.paths, addresses: request.addresses, isRFC2217: request.isRFC2217)
        } else if discovery == nil {
            found = lines.linked()
            guard !found.isEmpty else { throw .noUnknownLine }
        }
        let names = DriverCatalogue.drivers.map { $0.name }
        if let driver = request.driver, !names.contains(driver) || trials(on: found).isEmpty && !found.isEmpty {
            guard driver == HIDPadEntry.name else { throw .nothingToTry(driver) }
        }
        notice(.listening(paths: found.map(\.path), drivers: drivers(on: found)))
        return try await listen(&lines, found, isNamed ? nil : discovery)
    }

    private func trials(on lines: [LearnLine]) -> [LearnTrial] {
        Set(lines.map(\.kind)).sorted { $0.rawValue < $1.rawValue }.flatMap {
            LearnTrial.all($0, only: request.driver, description: request.frames)
        }
    }

    private func drivers(on lines: [LearnLine]) -> [String] {
        var names: [String] = []
        for name in trials(on: lines).map(\.driver.name) where !names.contains(name) { names.append(name) }
        if lines.contains(where: { $0.kind == .hidraw }), request.driver ?? "hid" == "hid" { names.append("hid") }
        return names
    }

    private func listen(
        _ lines: inout LearnLines, _ first: [LearnLine], _ discovery: AsyncStream<DiscoveryEvent>?
    ) async throws(GatewayError) -> LearnOutcome {
        let clock = SystemClock()
        var machine = LearnMachine(
            until: clock.now().monotonic.advanced(by: request.patience), pads: max(1, request.windows.count),
            keys: request.keys.isEmpty ? nil : request.keys.count)
        let (signs, sign) = AsyncStream.makeStream(of: Sign.self, bufferingPolicy: .bufferingOldest(1024))
        let desk = LearnDesk(learnsReports: request.driver.map { $0 == HIDPadEntry.name } ?? true) {
            _ = sign.yield(.evidence($0))
        }
        var known = first
        let result: Result<LearnOutcome, GatewayError> = await withTaskGroup(of: Void.self) { group in
            func start(_ line: LearnLine) { group.addTask { await takeTurns(on: line, desk) } }
            for line in first { start(line) }
            if let discovery {
                group.addTask { for await event in discovery { _ = sign.yield(.devices(event)) } }
            }
            group.addTask {
                while !Task.isCancelled {
                    try? await Task.sleep(for: .milliseconds(100))
                    sign.yield(.tick)
                }
            }
            defer { group.cancelAll() }
            var told: Set<String> = []
            for await each in signs {
                let now = clock.now().monotonic
                let verdict: LearnMachine.Verdict
                switch each {
                case .tick: verdict = machine.tick(at: now)
                case .devices(let event):
                    for line in lines.take(event, isFirst: false) {
                        known = known.filter { $0.path != line.path } + [line]
                        notice(.pluggedIn(path: line.path))
                        start(line)
                    }
                    continue
                case .evidence(let evidence):
                    if evidence.kind == .identity, told.insert(evidence.path).inserted { notice(.answered(evidence)) }
                    verdict = machine.handle(evidence, at: now)
                    if let left = machine.left, told.insert(evidence.path + evidence.distinction).inserted {
                        notice(.pressed(evidence, left: left))
                    }
                }
                if verdict == .waiting { continue }
                do throws(GatewayError) {
                    return .success(try outcome(of: verdict, machine, known, desk))
                } catch {
                    return .failure(error)
                }
            }
            return .failure(.nobodyPressed)
        }
        return try result.get()
    }

    private func outcome(
        of verdict: LearnMachine.Verdict, _ machine: LearnMachine, _ lines: [LearnLine], _ desk: LearnDesk
    ) throws(GatewayError) -> LearnOutcome {
        switch verdict {
        case .pressed(let evidence): return .learned(try learned(evidence, wasPressed: true, machine, lines))
        case .onlyOne(let evidence): return .learned(try learned([evidence], wasPressed: false, machine, lines))
        case .waiting, .undecided([]):
            let captures = desk.captures
            guard !captures.isEmpty else { throw .nobodyPressed }
            return .notUnderstood(captures)
        case .undecided(let several): throw .severalAnswered(several)
        }
    }

    private func learned(
        _ evidence: [LearnEvidence], wasPressed: Bool, _ machine: LearnMachine, _ lines: [LearnLine]
    ) throws(GatewayError) -> LearnedDevice {
        guard let first = evidence.first, let line = lines.first(where: { $0.path == first.path }) else {
            throw .nobodyPressed
        }
        return LearnedDevice(
            evidence: first, wasPressed: wasPressed,
            stanza: try LearnedStanza(
                evidence, on: line, request, endsWithEnter: machine.endsWithEnter.contains(first.path)
            ).stanza())
    }

    // MARK: A line

    /// Listens on one line at each speed in turn, letting each driver that asks questions ask them, until cancelled.
    private func takeTurns(on line: LearnLine, _ desk: LearnDesk) async {
        let trials = LearnTrial.all(
            line.kind, only: request.driver, description: request.frames
        ).filter {
            // On an operator's own keyboard nothing but digits is looked at.
            line.kind != .evdev || line.isGrabbed || $0.driver.name == KeyboardPadEntry.name
        }
        let turns = turns(on: line, trials)
        while !Task.isCancelled {
            for (speed, speaker) in turns where !Task.isCancelled {
                do throws(GatewayError) {
                    try await takeTurn(on: line, trials, speed, speaker, mayEndEarly: turns.count > 1, desk)
                } catch {
                    if error.code == "device.bad-speed" { continue }
                    return notice(.cannotOpen(path: line.path, error))
                }
            }
        }
    }

    /// Speeds and speakers by turns; a HID device is spoken to only where its hardware looks like a native pad's.
    private func turns(on line: LearnLine, _ trials: [LearnTrial]) -> [(speed: Int?, speaker: Int?)] {
        let hasSpeed = line.kind == .serial || line.kind == .rfc2217
        var speeds: [Int?] = hasSpeed ? [] : [nil]
        if hasSpeed, let baud = request.baud { speeds = [baud] }
        if hasSpeed, speeds.isEmpty {
            let usual = trials.compactMap(\.speeds.first)
            for speed in usual + trials.flatMap(\.speeds) where !speeds.contains(speed) { speeds.append(speed) }
            if speeds.isEmpty { speeds = [9600] }
        }
        let isKnown = line.kind != .hidraw || request.driver != nil || line.scores[NativePadEntry.name] ?? 0 >= 8
        let speakers = isKnown ? trials.indices.filter { ListeningDriver.speaks(trials[$0].driver) } : []
        return speeds.flatMap { speed in
            (speakers.isEmpty ? [nil] : speakers.map(Optional.some)).map { (speed: speed, speaker: $0) }
        }
    }

    private func takeTurn(
        on line: LearnLine, _ trials: [LearnTrial], _ speed: Int?, _ speaker: Int?, mayEndEarly: Bool, _ desk: LearnDesk
    ) async throws(GatewayError) {
        let driver = ListeningDriver(trials, speaker: speaker, on: line, baud: speed, desk: desk)
        let transport = line.isGrabbed || line.kind != .evdev ? grabbing : sharing
        desk.opened(line.path)
        let connection = try await transport.open(
            DeviceLine(path: line.path, baud: speed ?? 9600, kind: line.kind), driver: driver)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in connection.outputs {} }
            group.addTask {
                let end = ContinuousClock.now + request.turn
                while ContinuousClock.now < end || !mayEndEarly, !Task.isCancelled {
                    try? await Task.sleep(for: .milliseconds(100))
                    if mayEndEarly, desk.isMisunderstood(line.path) { return }
                }
            }
            await group.next()
            group.cancelAll()
        }
        await connection.close()
        // A line that ends at once must not be opened in a circle.
        try? await Task.sleep(for: .milliseconds(50))
    }
}
