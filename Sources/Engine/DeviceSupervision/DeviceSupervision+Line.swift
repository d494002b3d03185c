// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import Logging
import RatingModel

extension DeviceSupervision {
    /// Serves one line until it is retired or the task is cancelled.
    func supervise(_ number: Int) async {
        guard let line = lines[number] else { return }
        await line.predecessor?.wait()
        while !line.stop.isRaised, !Task.isCancelled {
            let ending = await openAndServe(line)
            if line.stop.isRaised || Task.isCancelled { break }
            await pause(line.backoff.delay(after: ending, random: .random(in: 0...(.max))), of: line)
        }
        lines[number] = configured.contains(number) ? line : nil
        line.finished.raise()
    }

    /// Asks a line to end: its task stops waiting, and what was read of the line is still recorded and acknowledged.
    func retire(_ line: SupervisedLine) async {
        line.stop.raise()
        await line.connection?.finish()
    }

    private func openAndServe(_ line: SupervisedLine) async -> ReopenBackoff.Ending {
        // A device that appears from here on is another reason to try.
        line.again = Latch()
        do {
            let opened = try placement.opened(line.assignment.line)
            line.openedPath = opened.path
            defer { line.openedPath = nil }
            let connection = try await transport.open(opened, driver: line.assignment.makeDriver())
            line.connection = connection
            note(.opened, on: line)
            // The line may have been retired, or its device pulled out, while it was being opened.
            if line.stop.isRaised { await connection.finish() }
            if line.openedPath == nil { await connection.close() }
            let ending = await serve(connection, of: line)
            await connection.close()
            return ending
        } catch {
            note(.notOpened(error), on: line)
            return .notOpened(code: error.code)
        }
    }

    private func serve(_ connection: any DeviceConnection, of line: SupervisedLine) async -> ReopenBackoff.Ending {
        var reason = "the gateway stops"
        for await output in connection.outputs {
            line.inHandSince = clock.now().monotonic
            switch output {
            case .identified(let identity):
                note(.identified(identity), on: line)
                noteIdentity(identity.device, on: line)
                await place(.identified(identity.device, on: line.path))
                await greet(line)
                await follow(.identified(identity), on: line)
            case .press(let press):
                await record(press, from: line, over: connection)
            case .observed(let observation):
                note(.observed(observation), on: line)
                if case .firmware(let progress, _) = observation { await follow(.progressed(progress), on: line) }
                await meet(observation, on: line)
            case .staffKey(let key, let address):
                note(.staffKey(key), on: line)
                await receiver.receive(key, from: source(of: line, at: address))
            case .scanned(let code, let address):
                note(.scanned(code), on: line)
                await receiver.receive(code, from: source(of: line, at: address))
            case .signedIn(let code, let address):
                note(.signedIn(isKnown: code != nil), on: line)
                await receiver.receive(staff: code, from: source(of: line, at: address))
            case .closed(let why):
                reason = why
            }
            line.inHandSince = nil
            outputsTaken &+= 1
        }
        let wasIdentified = line.state.identity != nil
        line.connection = nil
        line.afterGreeting = nil
        await follow(.lost, on: line)
        identities.release(line.path)
        await place(.released(line.path))
        note(.closed(reason: reason), on: line)
        if wasIdentified, !line.stop.isRaised, !Task.isCancelled {
            for (address, _) in line.assignment.places { await receiver.lost(line.assignment.source(at: address)) }
        }
        return .closed(identified: wasIdentified)
    }

    /// A device of a shared line that went or came back by itself is one that was unplugged or plugged in.
    private func meet(_ observation: DeviceObservation, on line: SupervisedLine) async {
        switch observation {
        case .absent(let address): await receiver.lost(source(of: line, at: address))
        case .present(let address): await greet(line, only: address)
        default: break
        }
    }

    /// Hands a press on, waits for its commit, and lets the driver tell the device.
    private func record(
        _ press: CapturedPress, from line: SupervisedLine, over connection: any DeviceConnection
    ) async {
        note(.pressed(press), on: line)
        let disposition = await receiver.receive(press, from: source(of: line, at: press.address))
        note(.settled(disposition), on: line)
        switch disposition {
        case .recorded: await connection.handle(.recorded(press.key))
        case .refused: await connection.handle(.refused(press.key))
        }
    }

    /// Tells devices that just said who they are what their windows want of them.
    func greet(_ line: SupervisedLine, only one: BusAddress? = nil) async {
        guard let connection = line.connection, line.afterGreeting == nil else { return }
        line.afterGreeting = []
        for (address, _) in line.assignment.places where one == nil || address == one {
            for command in await receiver.greeting(for: source(of: line, at: address))
            where !command.shows || !placement.isStranger(line.path) {
                await connection.handle(.command(command, at: address))
            }
        }
        while let waiting = line.afterGreeting, !waiting.isEmpty {
            line.afterGreeting = []
            for (command, address) in waiting { await connection.handle(.command(command, at: address)) }
        }
        line.afterGreeting = nil
    }

    private func noteIdentity(_ device: DeviceID, on line: SupervisedLine) {
        identities.claim(device, path: line.path)
        let others = identities.others(than: line.path)
        if !others.isEmpty { note(.sharesIdentity(others: others), on: line) }
    }

    private func note(_ event: LineState.Event, on line: SupervisedLine) {
        guard let notice = line.state.handle(event, at: clock.now().monotonic) else { return }
        var metadata: Logger.Metadata = ["path": "\(line.path)"]
        if let window = line.assignment.window { metadata["window"] = "\(window)" }
        if notice.leftOut > 0 { metadata["leftOut"] = "\(notice.leftOut)" }
        logger.log(level: notice.level, "\(notice.text)", metadata: metadata)
    }

    private func pause(_ delay: Duration, of line: SupervisedLine) async {
        let (sleep, stop, again) = (sleep, line.stop, line.again)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await sleep(delay) }
            group.addTask { await stop.wait() }
            group.addTask { await again.wait() }
            await group.next()
            group.cancelAll()
        }
    }
}

extension DeviceCommand {
    /// Whether it brings something before citizens, which hardware that is not where it belongs is not trusted with.
    fileprivate var shows: Bool {
        switch self {
        case .show, .openPage, .closePage: true
        default: false
        }
    }
}
