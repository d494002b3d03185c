// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The memory as lines of text, in an order that depends on nothing but what is in it.
extension SessionMemory {
    var lines: [FieldLine] {
        let windows = windows.sorted { $0.key < $1.key }.flatMap { Self.lines(of: $0.key, $0.value) }
        return windows
            + lastUnbound.sorted { $0.key < $1.key }.map { device, time in
                var line = FieldLine("unbound")
                line.put("device", device.value)
                line.put("at", time)
                return line
            }
    }

    private static func lines(of window: WindowID, _ state: WindowState) -> [FieldLine] {
        var line = FieldLine("window")
        line.put("id", window.value)
        line.mark("paused", state.isPaused)
        line.mark("serving", state.isServing)
        line.put("ticket", state.ticket)
        line.put("case", state.scannedCase?.projectNumber)
        line.put("service", state.scannedCase?.serviceNumber)
        line.put("staff", state.staff?.name)
        line.put("since", state.staff?.since)
        var lines = [line]
        for ticket in state.suspended {
            var line = FieldLine("suspended")
            line.put("window", window.value)
            line.put("ticket", ticket)
            lines.append(line)
        }
        for finished in state.finished {
            var line = FieldLine("finished")
            line.put("window", window.value)
            line.put("number", finished.number)
            line.put("answer", finished.answer.rawValue)
            lines.append(line)
        }
        return lines + [state.session.map(self.line(of:))].compactMap { $0 }
    }

    private static func line(of open: OpenSession) -> FieldLine {
        var line = FieldLine("session")
        let session = open.session
        line.put("window", session.window.value)
        line.put("number", session.number)
        line.put("case", session.caseReference?.projectNumber)
        line.put("service", session.caseReference?.serviceNumber)
        line.put("staff", session.staff)
        line.put("opened", session.openedAt)
        line.put("ticket", session.ticket)
        line.put("timeout", open.timeout)
        line.put("asked", open.askedAt)
        line.put("answer", open.answer.rawValue)
        line.put("closed", open.closedAt)
        line.mark("certain", open.isCertain)
        line.mark("recorded", open.isEndRecorded)
        line.mark("elsewhere", open.isOpenAtPad)
        line.put("device", open.lastPress?.device.value)
        line.put("pressed", open.lastPress?.at)
        line.put("sequence", open.lastPress?.sequence)
        return line
    }

    /// Takes a line in; `false` where it is none of these, or does not say what it should.
    mutating func take(_ line: FieldLine) -> Bool {
        switch line.kind {
        case "unbound":
            guard let device = line.text("device"), let time = line.time("at"),
                lastUnbound.count < SessionPolicy.unboundDevices
            else { return false }
            lastUnbound[DeviceID(device)] = time
            return true
        case "window": return takeWindow(line)
        case "suspended":
            guard let window = known(line), let ticket = line.text("ticket") else { return false }
            return windows[window]?.suspend(ticket) ?? false
        case "finished":
            guard let window = known(line), let number = line.number("number", as: PromptNumber.self),
                let answer = line.text("answer").flatMap(SessionAnswer.init(rawValue:)),
                windows[window].map({ $0.finished.count < SessionPolicy.finishedSessions }) ?? false
            else { return false }
            windows[window]?.finished.append(.init(number: number, answer: answer))
            return true
        case "session":
            guard let window = known(line), let open = Self.open(line, at: window) else { return false }
            windows[window]?.session = open
            return true
        default: return false
        }
    }

    private func known(_ line: FieldLine) -> WindowID? {
        line.text("window").map { WindowID($0) }.flatMap { windows[$0] == nil ? nil : $0 }
    }

    private mutating func takeWindow(_ line: FieldLine) -> Bool {
        guard let id = line.text("id") else { return false }
        var state = WindowState()
        state.isPaused = line.isMarked("paused")
        state.isServing = line.isMarked("serving")
        state.ticket = line.text("ticket")
        state.scannedCase = Self.reference(line)
        if let name = line.text("staff") {
            guard let since = line.time("since") else { return false }
            state.staff = .init(name: name, since: since)
        }
        return windows.updateValue(state, forKey: WindowID(id)) == nil
    }

    private static func reference(_ line: FieldLine) -> CaseReference? {
        guard let project = line.text("case"), let service = line.text("service") else { return nil }
        return CaseReference(projectNumber: project, serviceNumber: service)
    }

    private static func open(_ line: FieldLine, at window: WindowID) -> OpenSession? {
        guard let number = line.number("number", as: PromptNumber.self), let openedAt = line.time("opened"),
            let timeout = line.duration("timeout"), let askedAt = line.instant("asked"),
            let answer = line.text("answer").flatMap(SessionAnswer.init(rawValue:))
        else { return nil }
        let session = WindowSession(
            number: number, window: window, caseReference: reference(line), staff: line.text("staff"),
            openedAt: openedAt, ticket: line.text("ticket"))
        var open = OpenSession(session: session, timeout: timeout)
        (open.askedAt, open.answer, open.closedAt) = (askedAt, answer, line.instant("closed"))
        (open.isCertain, open.isEndRecorded) = (line.isMarked("certain"), line.isMarked("recorded"))
        open.isOpenAtPad = line.isMarked("elsewhere")
        if let device = line.text("device") {
            guard let at = line.instant("pressed"), let sequence = line.number("sequence", as: JournalSequence.self)
            else { return nil }
            open.lastPress = .init(device: DeviceID(device), at: at, sequence: sequence)
        }
        return open
    }
}
