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
        case settled(PressDisposition)
        case closed(reason: String)
    }

    private(set) var state = GatewayStatus.Device.State.absent
    /// Who is on the line now; `nil` while nobody has said so.
    private(set) var identity: DeviceIdentity?
    /// Who was on the line last, for the operator.
    private(set) var lastIdentity: DeviceIdentity?
    private(set) var recorded: Int64 = 0
    private(set) var refused: Int64 = 0
    private(set) var badFrames: Int64 = 0
    private(set) var connections: Int64 = 0
    private(set) var detail: String?
    private var isKeyStuck = false
    private var limiter = NoticeLimiter()

    /// Takes an event in and answers what is worth a line in the log, which never names a level or raw bytes (G9).
    mutating func handle(_ event: Event, at now: MonotonicInstant) -> LineNotice? {
        switch event {
        case .notOpened(let error):
            (state, detail) = (.absent, Self.words(of: error))
            return limiter.notice(.notOpened(error.code), .warning, "cannot open the line: \(error)", at: now)
        case .opened:
            (state, identity, detail, isKeyStuck) = (.greeting, nil, nil, false)
            connections += 1
            return limiter.notice(.opened, .info, "line open, waiting for the device", at: now)
        case .identified(let identity):
            let isNew = lastIdentity?.device != identity.device
            (state, detail) = (.ready, nil)
            (self.identity, lastIdentity) = (identity, identity)
            limiter.forgive(.notOpened(""))
            if isNew { limiter.forgive(.identified) }
            return limiter.notice(.identified, .notice, "device \(identity.device) is ready", at: now)
        case .sharesIdentity(let others):
            let text = "a device of the same identity is on \(others.joined(separator: ", "))"
            return limiter.notice(.sharesIdentity, .error, text, at: now)
        case .observed(let observation):
            return observe(observation, at: now)
        case .settled(.recorded):
            recorded += 1
            if identity != nil, state == .ready { detail = isKeyStuck ? Self.stuckKey : nil }
            return nil
        case .settled(.refused(let error)):
            refused += 1
            detail = Self.words(of: error)
            return limiter.notice(.refused, .error, "a press was not recorded: \(error)", at: now)
        case .closed(let reason):
            (state, identity, detail) = (.absent, nil, reason)
            return limiter.notice(.closed, .warning, "line closed: \(reason)", at: now)
        }
    }

    /// What happened and what lies beneath; the hint is the trouble's to give.
    private static func words(of error: GatewayError) -> String {
        error.message.english + (error.cause.map { ": " + $0 } ?? "")
    }

    private static let stuckKey = "a key is held down, and has been for longer than anybody presses"

    private mutating func observe(_ observation: DeviceObservation, at now: MonotonicInstant) -> LineNotice? {
        switch observation {
        case .garbage(let bytes):
            countBad(bytes)
            return limiter.notice(.garbage, .info, "bytes that belong to no frame", at: now)
        case .badFrame(let reason):
            countBad(1)
            return limiter.notice(.badFrame, .info, "a frame was wrong: \(reason)", at: now)
        case .silent:
            // A device that never said who it is stays in `greeting`: it cannot fall silent.
            if identity != nil { state = .silent }
            detail = "the device does not answer"
            return limiter.notice(.silent, .warning, "the device does not answer", at: now)
        case .answering:
            state = identity == nil ? .greeting : .ready
            detail = nil
            return limiter.notice(.answering, .notice, "the device answers again", at: now)
        case .logFull:
            detail = "the press log is full, the device refuses presses"
            return limiter.notice(.logFull, .error, "the press log is full, the device refuses presses", at: now)
        case .incompatible(let version):
            detail = "the device speaks protocol version \(version), which this driver does not know"
            return limiter.notice(.incompatible, .error, "unknown protocol version \(version)", at: now)
        case .stuckKey:
            (isKeyStuck, detail) = (true, Self.stuckKey)
            return limiter.notice(.stuckKey, .warning, Self.stuckKey, at: now)
        case .keyReleased:
            (isKeyStuck, detail) = (false, nil)
            return limiter.notice(.keyReleased, .notice, "the key that was stuck was let go", at: now)
        case .unknownAddress(let address):
            let text = "a device answers at address \(address), which the configuration does not name"
            return limiter.notice(.unknownAddress, .warning, text, at: now)
        case .health, .prompting:
            return nil
        }
    }

    /// Counts up to the end of the numbers: what comes off a line is not to be trusted with an overflow.
    private mutating func countBad(_ more: Int) {
        let (sum, overflow) = badFrames.addingReportingOverflow(max(0, Int64(clamping: more)))
        badFrames = overflow ? .max : sum
    }

    /// Carries the counters over to a line that takes this one's place at a reload.
    func successor() -> LineState {
        var next = LineState()
        (next.recorded, next.refused) = (recorded, refused)
        (next.badFrames, next.connections) = (badFrames, connections)
        next.lastIdentity = lastIdentity
        return next
    }
}
