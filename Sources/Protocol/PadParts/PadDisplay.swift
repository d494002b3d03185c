// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import PadProtocol

/// What a display wants done; the owner draws.
public enum DisplayAction: Sendable, Hashable {
    /// Show this in place of what showed before, waiting figures in their own place.
    case show(DisplayMessage)
    /// The QR code's time is up: take it off.
    case removeQRCode
    /// Switch the scanner.
    case scan(isOn: Bool)
}

/// Display and scanner of a pad at L3 (firmware-protocol.md sections 2.10 and 2.11): which content shows, which number is
/// answered how, when a QR code ends, and which part of a scanned code is sent.
public struct PadDisplay: Sendable {
    private let hasScanner: Bool
    /// The contents' numbers that came last, in the two places; 0 for none.
    private var content: UInt32 = 0
    private var waiting: UInt32 = 0
    private var scanner: UInt32 = 0
    /// Whether the content shows: a QR code may have ended, or the pad could not show it.
    private var contentState = ShownState.ended
    /// When the QR code that shows ends; 0 while none does.
    private var qrCodeEndsAt: UInt64 = 0
    private var nonce: UInt64 = 0
    private var owed: [[UInt8]] = []
    private var scan: [UInt8] = []
    private var scanNumber: UInt32 = 0
    private var scanOffset = 0
    private var symbology: [UInt8] = []
    private var scanAttempts = 0
    private var scanDue: UInt64 = .max
    private let address: UInt8

    /// Starts with a dark display and the scanner off.
    public init(address: UInt8 = ProtocolLimits.directAddress, hasScanner: Bool) {
        self.address = address
        self.hasScanner = hasScanner
    }

    /// A gateway asked who is there; one that started anew counts its contents anew.
    public mutating func asked(nonce: UInt64) -> [DisplayAction] {
        guard nonce != self.nonce else { return [] }
        self.nonce = nonce
        content = 0
        waiting = 0
        scanner = 0
        return hasScanner ? [.scan(isOn: false)] : []
    }

    /// Takes what the gateway said. `canShow` tells whether the pad has the clip, the glyphs, the photograph.
    public mutating func handle(
        _ message: DisplayMessage, at now: UInt64, canShow: (DisplayMessage) -> Bool
    ) -> [DisplayAction] {
        var actions = passTime(at: now)
        let number = message.number
        switch message {
        case .scanTaken(_, let next):
            if number == scanNumber { scanTaken(next, at: now) }
        case .scanner(_, let isOn):
            if number != scanner, hasScanner { actions.append(.scan(isOn: isOn)) }
            scanner = number
            owe(number, hasScanner ? .showing : .impossible)
        case .waiting:
            let isPossible = canShow(message)
            if number != waiting, isPossible { actions.append(.show(message)) }
            waiting = number
            owe(number, isPossible ? .showing : .impossible)
        case .text, .clip, .qrCode, .staffCard:
            if number != content { actions += show(message, at: now, canShow: canShow) }
            owe(number, contentState)
        }
        return actions
    }

    private mutating func show(
        _ message: DisplayMessage, at now: UInt64, canShow: (DisplayMessage) -> Bool
    ) -> [DisplayAction] {
        content = message.number
        guard canShow(message) else {
            contentState = .impossible
            return []
        }
        contentState = .showing
        qrCodeEndsAt = 0
        if case .qrCode(_, let milliseconds, _) = message { qrCodeEndsAt = now &+ UInt64(milliseconds) }
        return [.show(message)]
    }

    /// Ends what is over; the owner calls it at ``nextDue`` at the latest.
    public mutating func passTime(at now: UInt64) -> [DisplayAction] {
        guard qrCodeEndsAt != 0, qrCodeEndsAt <= now else { return [] }
        qrCodeEndsAt = 0
        contentState = .ended
        return [.removeQRCode]
    }

    /// When there is something to do; `UInt64.max` for never.
    public var nextDue: UInt64 { min(qrCodeEndsAt == 0 ? .max : qrCodeEndsAt, owed.isEmpty ? scanDue : 0) }

    private mutating func owe(_ number: UInt32, _ state: ShownState) {
        // One answer for each place is as much as can be owed; a gateway that asks faster asks again.
        if owed.count >= 4 { owed.removeFirst() }
        owed.append(PadMessage.shownFrame(number, state, from: address))
    }

    // MARK: Scanning

    /// The scanner read a code; it takes the place of one still on its way. Codes too long are not taken.
    public mutating func scanned(_ bytes: [UInt8], symbology: [UInt8], at now: UInt64) -> Bool {
        guard !bytes.isEmpty, bytes.count <= ProtocolLimits.scanBytes else { return false }
        scanNumber = scanNumber == .max ? 1 : scanNumber &+ 1
        scan = bytes
        self.symbology = symbology
        scanOffset = 0
        scanAttempts = 0
        scanDue = now
        return true
    }

    private mutating func scanTaken(_ next: UInt16, at now: UInt64) {
        guard !scan.isEmpty, Int(next) <= scan.count else { return }
        if Int(next) == scan.count {
            scan = []
            scanDue = .max
        } else {
            scanOffset = Int(next)
            scanAttempts = 0
            scanDue = now
        }
    }

    /// The frame to be said first: an answer, then the part of a code that is due. Only while the session is open.
    public mutating func nextFrame(at now: UInt64) -> [UInt8]? {
        if !owed.isEmpty { return owed.removeFirst() }
        guard scanDue <= now else { return nil }
        guard scanAttempts < ProtocolLimits.scanAttempts else {
            scan = []
            scanDue = .max
            return nil
        }
        scanAttempts &+= 1
        scanDue = now &+ ProtocolTimers.requestRetry
        let end = min(scanOffset &+ ProtocolLimits.displayBytes, scan.count)
        var part: [UInt8] = []
        var index = scanOffset
        while index < end {
            part.append(scan[index])
            index &+= 1
        }
        return ScannedPart(
            number: scanNumber, symbology: symbology, total: UInt16(truncatingIfNeeded: scan.count),
            offset: UInt16(truncatingIfNeeded: scanOffset), bytes: part
        ).encoded(from: address)
    }
}
