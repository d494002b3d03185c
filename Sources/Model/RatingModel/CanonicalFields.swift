// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

// Each kind of value is written by the upper half of this file and read, field by field in the same order, by the
// lower half. A new field is never put in here under the same version: a press with a field of version 2 raises the
// version of what it stands in, every other is written as version 1 for ever.

extension CanonicalWriter {
    mutating func time(_ time: CaptureTime) {
        signed(time.wall.millisecondsSinceEpoch)
        signed(time.monotonic.nanoseconds)
        text(time.boot.value)
        byte(time.isWallTrusted ? 1 : 0)
    }

    mutating func pressKey(_ key: PressKey) {
        text(key.device.value)
        number(key.log)
        number(key.sequence)
    }

    mutating func outcome(_ outcome: PressOutcome) {
        switch outcome {
        case .rated(let level, let key, let label):
            byte(1)
            byte(level.rawValue)
            byte(key)
            text(label)
        case .timedOut: byte(2)
        case .cancelled: byte(3)
        }
    }

    mutating func press(_ press: CapturedPress) {
        pressKey(press.key)
        outcome(press.outcome)
        optional(press.prompt) { $0.number(UInt64($1)) }
        optional(press.age) { writer, age in
            writer.signed(age.components.seconds)
            writer.signed(age.components.attoseconds)
        }
        optional(press.lifetimeCount) { $0.number($1) }
        text(press.driver)
        blob(press.rawFrame)
        if version >= 2 { byte(press.authenticity.rawValue) }
    }

    mutating func reference(_ reference: CaseReference) {
        text(reference.projectNumber)
        text(reference.serviceNumber)
    }

    mutating func rating(_ rating: Rating) {
        press(rating.press)
        time(rating.pressedAt)
        optional(rating.window) { $0.text($1.value) }
        optional(rating.session) { $0.number(UInt64($1)) }
        optional(rating.caseReference) { $0.reference($1) }
        optional(rating.staff) { $0.text($1) }
    }

    mutating func body(_ body: RecordBody) {
        byte(body.canonicalKind)
        switch body {
        case .rating(let value):
            rating(value)
            // Another channel makes the record one of another kind, in which the marks are bits.
            if value.channel != .terminal {
                byte((value.isRepeat ? 1 : 0) | (value.isOutsideHours ? 2 : 0))
                byte(value.channel.canonicalNumber)
            }
        case .session(let session):
            number(UInt64(session.number))
            text(session.window.value)
            optional(session.caseReference) { $0.reference($1) }
            optional(session.staff) { $0.text($1) }
            time(session.openedAt)
            // A ticket makes the record one of another kind, so that records without one stay as they were.
            if let ticket = session.ticket { text(ticket) }
        case .conflict(let conflict):
            id(conflict.original)
            rating(conflict.rating)
            if conflict.rating.channel != .terminal { byte(conflict.rating.channel.canonicalNumber) }
        case .imported(let past):
            text(past.setAsideAs)
            signed(past.lastGoodSequence)
            blob(past.lastGoodHead)
            signed(past.importedRecords)
            signed(past.unreadableRows)
        case .noAnswer(let end):
            number(UInt64(end.session))
            text(end.window.value)
        case .integrity(let event):
            byte(event.cause.rawValue)
            optional(event.window) { $0.text($1.value) }
            optional(event.device) { $0.text($1.value) }
            optional(event.session) { $0.number(UInt64($1)) }
            number(event.count)
        case .decision(let decision): self.decision(decision)
        case .verdict(let verdict): self.verdict(verdict)
        case .invitation(let invitation): self.invitation(invitation)
        case .questionnaire(let response): self.response(response)
        }
    }

    private mutating func decision(_ decision: OperatorDecision) {
        byte(decision.kind.rawValue)
        byte(decision.origin.rawValue)
        optional(decision.user) { $0.text($1) }
        optional(decision.line) { $0.text($1) }
        optional(decision.former) { $0.text($1) }
        optional(decision.window) { $0.text($1.value) }
        optional(decision.device) { $0.text($1.value) }
        optional(decision.reason) { $0.text($1) }
        number(decision.count)
        guard let subject = decision.subject else { return }
        optional(subject.rating) { $0.id($1) }
        optional(subject.uplink) { $0.text($1.value) }
    }

    private mutating func verdict(_ verdict: RatingVerdict) {
        id(verdict.rating)
        text(verdict.uplink.value)
        text(verdict.number)
        text(verdict.outcome)
        text(verdict.text)
        time(verdict.receivedAt)
    }
}

extension CanonicalReader {
    mutating func version(upTo known: UInt8 = 1) throws(GatewayError) {
        version = try byte()
        guard version >= 1, version <= known else {
            throw .unreadable("version \(version), where this program knows \(known)")
        }
    }

    /// Throws where the version is higher than what was read needs: everything is written in one way.
    func end(of body: RecordBody) throws(GatewayError) {
        guard version == body.canonicalVersion else { throw .unreadable("version \(version) without its fields") }
        try end()
    }

    mutating func time() throws(GatewayError) -> CaptureTime {
        let wall = WallTime(millisecondsSinceEpoch: try signed())
        let monotonic = MonotonicInstant(nanoseconds: try signed())
        let boot = BootID(try text())
        return CaptureTime(wall: wall, monotonic: monotonic, boot: boot, isWallTrusted: try flag())
    }

    mutating func pressKey() throws(GatewayError) -> PressKey {
        let device = DeviceID(try text())
        let log = try number()
        return PressKey(device: device, log: log, sequence: try number())
    }

    mutating func outcome() throws(GatewayError) -> PressOutcome {
        switch try byte() {
        case 1:
            let value = try byte()
            guard let level = SatisfactionLevel(rawValue: value) else { throw .unreadable("level \(value)") }
            let key = try byte()
            return .rated(level, key: key, label: try text())
        case 2: return .timedOut
        case 3: return .cancelled
        case let other: throw .unreadable("an outcome of kind \(other), which this program does not know")
        }
    }

    mutating func duration() throws(GatewayError) -> Duration {
        let (seconds, attoseconds) = (try signed(), try signed())
        // Only the split that `components` makes is canonical; another pair can stand for the same duration, or for one
        // whose seconds have no room in 64 bits, at which `components` traps.
        let isSplit = attoseconds.magnitude < 1_000_000_000_000_000_000
        guard isSplit, seconds == 0 || attoseconds == 0 || (seconds < 0) == (attoseconds < 0) else {
            throw .unreadable("a duration in two pieces that do not fit")
        }
        return Duration(secondsComponent: seconds, attosecondsComponent: attoseconds)
    }

    mutating func press() throws(GatewayError) -> CapturedPress {
        let key = try pressKey()
        let outcome = try self.outcome()
        let prompt = try optional { reader throws(GatewayError) in try reader.number(as: PromptNumber.self) }
        let age = try optional { reader throws(GatewayError) in try reader.duration() }
        let lifetime = try optional { reader throws(GatewayError) in try reader.number() }
        let driver = try text()
        let frame = try blob()
        return CapturedPress(
            key: key, outcome: outcome, prompt: prompt, age: age, lifetimeCount: lifetime, driver: driver,
            rawFrame: frame, authenticity: version >= 2 ? try authenticity() : .unproven)
    }

    /// Version 2 says something of it, or version 1 would have done.
    private mutating func authenticity() throws(GatewayError) -> PressAuthenticity {
        let value = try byte()
        guard let authenticity = PressAuthenticity(rawValue: value), authenticity != .unproven else {
            throw .unreadable("an authenticity of \(value)")
        }
        return authenticity
    }

    mutating func reference() throws(GatewayError) -> CaseReference {
        let project = try text()
        return CaseReference(projectNumber: project, serviceNumber: try text())
    }

    mutating func rating() throws(GatewayError) -> Rating {
        let press = try self.press()
        let pressedAt = try time()
        let window = try optional { reader throws(GatewayError) in WindowID(try reader.text()) }
        let session = try optional { reader throws(GatewayError) in try reader.number(as: PromptNumber.self) }
        let reference = try optional { reader throws(GatewayError) in try reader.reference() }
        let staff = try optional { reader throws(GatewayError) in try reader.text() }
        return Rating(
            press: press, pressedAt: pressedAt, window: window, session: session, caseReference: reference, staff: staff
        )
    }

    mutating func body() throws(GatewayError) -> RecordBody {
        switch try byte() {
        case 1: return .rating(try rating())
        case 2: return .session(try session())
        case 3:
            let original = try id()
            return .conflict(PressConflict(original: original, rating: try rating()))
        case 4: return .imported(try imported())
        case 5: return .session(try session(hasTicket: true))
        case 6: return .rating(try rating().marked(asRepeat: true))
        case 7:
            let number = try self.number(as: PromptNumber.self)
            return .noAnswer(NoAnswer(session: number, window: WindowID(try text())))
        case RecordBody.integrityKind: return .integrity(try integrity())
        case 9: return .rating(try rating().marked(asRepeat: false, outsideHours: true))
        case 10: return .rating(try rating().marked(asRepeat: true, outsideHours: true))
        case RecordBody.decisionKind: return .decision(try decision())
        case RecordBody.verdictKind: return .verdict(try verdict())
        case RecordBody.queueDecisionKind:
            let decision = try self.decision()
            let rating = try optional { reader throws(GatewayError) in try reader.id() }
            let uplink = try optional { reader throws(GatewayError) in UplinkName(try reader.text()) }
            return .decision(decision.about(OperatorDecision.Subject(rating: rating, uplink: uplink)))
        case RecordBody.channelRatingKind:
            let (rating, marks) = (try self.rating(), try byte())
            guard marks < 4 else { throw .unreadable("marks of \(marks), which this program does not know") }
            let marked = rating.marked(asRepeat: marks & 1 != 0, outsideHours: marks & 2 != 0)
            return .rating(marked.by(try channel()))
        case RecordBody.channelConflictKind:
            let (original, rating) = (try id(), try self.rating())
            return .conflict(PressConflict(original: original, rating: rating.by(try channel())))
        case RecordBody.questionnaireKind: return .questionnaire(try response())
        case RecordBody.invitationKind: return .invitation(try invitation())
        case let other: throw .unreadable("a record of kind \(other), which this program does not know")
        }
    }

    /// In a rating the terminal is never written: a record of it is of an older kind.
    private mutating func channel() throws(GatewayError) -> RatingChannel {
        let number = try byte()
        guard let channel = RatingChannel(canonicalNumber: number), channel != .terminal else {
            throw .unreadable("a channel of number \(number), which this program does not know")
        }
        return channel
    }

    private mutating func session(hasTicket: Bool = false) throws(GatewayError) -> WindowSession {
        let number = try self.number(as: PromptNumber.self)
        let window = WindowID(try text())
        let reference = try optional { reader throws(GatewayError) in try reader.reference() }
        let staff = try optional { reader throws(GatewayError) in try reader.text() }
        let openedAt = try time()
        return WindowSession(
            number: number, window: window, caseReference: reference, staff: staff, openedAt: openedAt,
            ticket: hasTicket ? try text() : nil)
    }

    private mutating func integrity() throws(GatewayError) -> IntegrityEvent {
        let number = try byte()
        guard let cause = IntegrityEvent.Cause(rawValue: number) else {
            throw .unreadable("an integrity event of cause \(number), which this program does not know")
        }
        let window = try optional { reader throws(GatewayError) in WindowID(try reader.text()) }
        let device = try optional { reader throws(GatewayError) in DeviceID(try reader.text()) }
        let session = try optional { reader throws(GatewayError) in try reader.number(as: PromptNumber.self) }
        return IntegrityEvent(cause, window: window, device: device, session: session, count: try self.number())
    }

    private mutating func decision() throws(GatewayError) -> OperatorDecision {
        let (kindNumber, originNumber) = (try byte(), try byte())
        guard let kind = OperatorDecision.Kind(rawValue: kindNumber),
            let origin = OperatorDecision.Origin(rawValue: originNumber)
        else {
            throw .unreadable(
                "a decision of kind \(kindNumber) by way \(originNumber), which this program does not know")
        }
        let user = try optional { reader throws(GatewayError) in try reader.text() }
        let line = try optional { reader throws(GatewayError) in try reader.text() }
        let former = try optional { reader throws(GatewayError) in try reader.text() }
        let window = try optional { reader throws(GatewayError) in WindowID(try reader.text()) }
        let device = try optional { reader throws(GatewayError) in DeviceID(try reader.text()) }
        let reason = try optional { reader throws(GatewayError) in try reader.text() }
        return OperatorDecision(
            kind, origin: origin, user: user, line: line, former: former, window: window, device: device,
            reason: reason, count: try number())
    }

    private mutating func verdict() throws(GatewayError) -> RatingVerdict {
        let rating = try id()
        let uplink = UplinkName(try text())
        let number = try text()
        let outcome = try text()
        let words = try text()
        return RatingVerdict(
            rating: rating, uplink: uplink, number: number, outcome: outcome, text: words, receivedAt: try time())
    }

    private mutating func imported() throws(GatewayError) -> JournalImport {
        let name = try text()
        let sequence = try signed()
        let head = try blob()
        let imported = try signed()
        return JournalImport(
            setAsideAs: name, lastGoodSequence: sequence, lastGoodHead: head, importedRecords: imported,
            unreadableRows: try signed())
    }
}
