// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import Logging
import OperatorAPI
import RatingModel

/// What is known of one configured line: its state, its counters since the start, and what it last complained of.
struct LineState: Sendable {
    /// What happened on the line.
    enum Event: Sendable {
        case notOpened(GatewayError)
        case opened
        case identified(DeviceIdentity)
        /// The device calls itself what those on other lines call themselves.
        case sharesIdentity(others: [String])
        case observed(DeviceObservation)
        case pressed(CapturedPress)
        case settled(PressDisposition)
        case staffKey(StaffKey)
        case scanned(ScannedCode)
        /// Somebody signed in, or nobody is signed in any more.
        case signedIn(isKnown: Bool)
        case closed(reason: String)
    }

    private(set) var state = GatewayStatus.Device.State.absent
    /// Who is on the line now; `nil` while nobody has said so.
    private(set) var identity: DeviceIdentity?
    /// Who was on the line last, for the operator.
    private(set) var lastIdentity: DeviceIdentity?
    /// Who is at each address of a shared line, as far as they said so.
    private(set) var pads: [BusAddress: DeviceIdentity] = [:]
    private(set) var counters = LineCounters()
    private(set) var detail: LocalText?
    /// The addresses at which nobody answers, while the line is open.
    private(set) var absentAddresses: Set<BusAddress> = []
    /// Whether who is there has not proved it, which stays true however well it records.
    private var isUnproven = false
    /// When a whole message of the device last came in; the line's traffic may have heard more.
    private(set) var heardAt: MonotonicInstant?
    /// When the line was opened; `nil` while it is not.
    private(set) var openedAt: MonotonicInstant?
    private(set) var waiting: Int?
    private(set) var lifetimeCount: UInt64?
    private(set) var isLogFull = false
    private(set) var supplyMillivolts: Int?
    /// Why the last code was not shown, by the address it was for.
    private(set) var unshownCodes: [BusAddress?: RefusedContent] = [:]
    private(set) var stuckKey = StuckKeyWatch()
    private(set) var happenings = LineHappenings()
    private var limiter = NoticeLimiter()

    /// Takes an event in and answers what is worth a line in the log, which never names a level or raw bytes (G9).
    mutating func handle(_ event: Event, at now: MonotonicInstant) -> LineNotice? {
        happenings.note(event, at: now)
        switch event {
        case .notOpened(let error):
            (state, detail) = (.absent, Self.words(of: error))
            return limiter.notice(.notOpened(error.code), .warning, "cannot open the line: \(error)", at: now)
        case .opened:
            (state, identity, detail, pads) = (.greeting, nil, nil, [:])
            (isUnproven, absentAddresses, unshownCodes) = (false, [], [:])
            (openedAt, stuckKey, waiting, isLogFull) = (now, StuckKeyWatch(), nil, false)
            counters.connections = LineCounters.sum(counters.connections, 1)
            return limiter.notice(.opened, .info, "line open, waiting for the device", at: now)
        case .identified(let identity):
            let isNew = lastIdentity?.device != identity.device
            (state, detail) = (.ready, nil)
            isUnproven = false
            (self.identity, lastIdentity, heardAt) = (identity, identity, now)
            if let address = identity.address { pads[address] = identity }
            limiter.forgive(.notOpened(""))
            if isNew { limiter.forgive(.identified) }
            return limiter.notice(.identified, .notice, "device \(identity.device) is ready", at: now)
        case .sharesIdentity(let others):
            let text = "a device of the same identity is on \(others.joined(separator: ", "))"
            return limiter.notice(.sharesIdentity, .error, text, at: now)
        case .observed(let observation):
            return observe(observation, at: now)
        case .pressed(let press):
            heardAt = now
            stuckKey.pressed(prompt: press.prompt, age: press.age, at: now)
            lifetimeCount = press.lifetimeCount ?? lifetimeCount
            return nil
        case .staffKey, .scanned, .signedIn:
            heardAt = now
            return nil
        case .settled(.recorded):
            counters.recorded = LineCounters.sum(counters.recorded, 1)
            isLogFull = false
            if identity != nil, state == .ready, !isUnproven { detail = nil }
            return nil
        case .settled(.refused(let error)):
            counters.refused = LineCounters.sum(counters.refused, 1)
            detail = Self.words(of: error)
            return limiter.notice(.refused, .error, "a press was not recorded: \(error)", at: now)
        case .closed(let reason):
            (state, identity, openedAt, absentAddresses) = (.absent, nil, nil, [])
            detail = LocalText(reason, "线路已断开：\(reason)")
            return limiter.notice(.closed, .warning, "line closed: \(reason)", at: now)
        }
    }

    /// What happened and what lies beneath; the hint is the trouble's to give.
    private static func words(of error: GatewayError) -> LocalText {
        LocalText(
            error.message.english + (error.cause.map { ": " + $0 } ?? ""),
            error.message.chinese + (error.cause.map { "：" + $0 } ?? ""))
    }

    private mutating func observe(_ observation: DeviceObservation, at now: MonotonicInstant) -> LineNotice? {
        counters.count(observation)
        if observation != .silent { heardAt = now }
        switch observation {
        case .garbage:
            return limiter.notice(.garbage, .info, "bytes that belong to no frame", at: now)
        case .badFrame(let reason):
            return limiter.notice(.badFrame, .info, "a frame was wrong: \(reason)", at: now)
        case .silent:
            // A device that never said who it is stays in `greeting`: it cannot fall silent.
            if identity != nil { state = .silent }
            detail = LocalText("the device does not answer", "设备没有应答")
            return limiter.notice(.silent, .warning, "the device does not answer", at: now)
        case .answering:
            state = identity == nil ? .greeting : .ready
            detail = nil
            return limiter.notice(.answering, .notice, "the device answers again", at: now)
        case .absent(let address):
            absentAddresses.insert(address)
            return limiter.notice(.silent, .warning, "the device at address \(address) does not answer", at: now)
        case .present(let address):
            absentAddresses.remove(address)
            return limiter.notice(.answering, .notice, "the device at address \(address) answers again", at: now)
        case .unproven(let reason):
            isUnproven = true
            detail = LocalText("the device does not prove who it is: \(reason)", "设备未能证明身份：\(reason)")
            return limiter.notice(.unproven, .error, "the device does not prove who it is: \(reason)", at: now)
        case .logFull:
            isLogFull = true
            detail = LocalText("the press log is full, the device refuses presses", "设备的按键日志已满，不再接受按键")
            return limiter.notice(.logFull, .error, "the press log is full, the device refuses presses", at: now)
        case .incompatible(let version):
            detail = LocalText(
                "the device speaks protocol version \(version), which this driver does not know",
                "设备使用协议版本 \(version)，本驱动无法识别")
            return limiter.notice(.incompatible, .error, "unknown protocol version \(version)", at: now)
        case .stuckKey:
            // What the operator is told of it is a trouble of its own.
            stuckKey.said(true)
            let text = "a key is held down, and has been for longer than anybody presses"
            return limiter.notice(.stuckKey, .warning, text, at: now)
        case .keyReleased:
            stuckKey.said(false)
            return limiter.notice(.keyReleased, .notice, "the key that was stuck was let go", at: now)
        case .unknownAddress(let address):
            let text = "a device answers at address \(address), which the configuration does not name"
            return limiter.notice(.unknownAddress, .warning, text, at: now)
        case .notShown(let content, let address):
            let text = LineHappenings.words(for: content).english
            guard content.isUnshownCode else { return limiter.notice(.notShown, .warning, text, at: now) }
            // It is the status that goes on saying so: a code comes with every citizen.
            return unshownCodes.updateValue(content, forKey: address) == nil
                ? limiter.notice(.codeNotShown, .warning, text, at: now) : nil
        case .shownAgain(_, let address):
            unshownCodes[address] = nil
            return limiter.notice(.shownAgain, .notice, "the code is shown again", at: now)
        case .firmware(let progress, _):
            guard let text = LineHappenings.words(for: progress)?.english else { return nil }
            limiter.forgive(.firmware)
            return limiter.notice(.firmware, .notice, text, at: now)
        case .health(let waiting, let count):
            (self.waiting, lifetimeCount) = (waiting, count)
            return nil
        case .supply(let millivolts):
            supplyMillivolts = millivolts
            return nil
        case .prompting, .repeated:
            return nil
        }
    }

    /// Whether the line is open and nobody answers at the address.
    func isAbsent(_ address: BusAddress?) -> Bool { address.map(absentAddresses.contains) ?? false }

    /// Carries the counters over to a line that takes this one's place at a reload.
    func successor() -> LineState {
        var next = LineState()
        (next.counters, next.lastIdentity) = (counters, lastIdentity)
        return next
    }
}

extension RefusedContent {
    /// Whether it is a code that the device should have shown; one without a display was not to.
    fileprivate var isUnshownCode: Bool { kind == .qrCode && reason != .noDisplay }
}
