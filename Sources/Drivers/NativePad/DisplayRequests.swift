// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import PadProtocol
import RatingModel

/// What a pad's display and scanner were asked for, kept until the pad answers, and told again to one that lost it.
struct DisplayRequests: Sendable {
    /// What a request replaces.
    enum Place: Sendable, Hashable {
        case content, waiting, scanner
    }

    /// What is to be shown, in the pad's terms.
    enum Wish: Sendable, Hashable {
        case content(DisplayContent)
        case waiting(count: Int, ticket: Int?)
        case scanner(isOn: Bool)

        var place: Place {
            switch self {
            case .content: .content
            case .waiting: .waiting
            case .scanner: .scanner
            }
        }
    }

    struct Request: Sendable {
        let number: UInt32
        let wish: Wish
        let told: MonotonicInstant
        var isAnswered = false
    }

    private(set) var requests: [Request] = []
    private var lastNumber: UInt32 = 0

    var isAnythingOwed: Bool { requests.contains { !$0.isAnswered } }

    /// Whether a code was the last content.
    var holdsCode: Bool { requests.contains(where: \.wish.isCode) }

    mutating func ask(_ wish: Wish, at now: MonotonicInstant) {
        lastNumber = lastNumber == .max ? 1 : lastNumber + 1
        requests.removeAll { $0.wish.place == wish.place }
        requests.append(Request(number: lastNumber, wish: wish, told: now))
    }

    /// The pad answered; gives the wish back where it did so for the first time.
    mutating func answered(_ number: UInt32) -> Wish? {
        guard let index = requests.firstIndex(where: { $0.number == number && !$0.isAnswered }) else { return nil }
        requests[index].isAnswered = true
        return requests[index].wish
    }

    /// The pad has no display: nothing is owed to it. Answers what it was to show.
    mutating func giveUp() -> [Wish] {
        defer { for index in requests.indices { requests[index].isAnswered = true } }
        return requests.filter { !$0.isAnswered }.map(\.wish)
    }

    mutating func forgetAnswers() {
        for index in requests.indices { requests[index].isAnswered = false }
    }

    /// What the pad has not answered; a QR code whose time is as good as up is given up.
    mutating func owed(at now: MonotonicInstant) -> [DisplayMessage] {
        requests.removeAll { !$0.isAnswered && $0.message(at: now) == nil }
        return requests.filter { !$0.isAnswered }.compactMap { $0.message(at: now) }
    }
}

extension DisplayRequests.Request {
    /// The message for it; `nil` where it can no longer be shown.
    func message(at now: MonotonicInstant) -> DisplayMessage? {
        switch wish {
        case .scanner(let isOn):
            return .scanner(number: number, isOn: isOn)
        case .waiting(let count, let ticket):
            return .waiting(
                number: number, count: UInt16(clamping: count), ticket: ticket.map { UInt32(clamping: $0) } ?? 0)
        case .content(.standby):
            return .text(number: number, language: [], text: [])
        case .content(.text(let text, let language)):
            return .text(
                number: number, language: Array(language.utf8.prefix(ProtocolLimits.languageBytes)),
                text: text.cut(to: ProtocolLimits.displayBytes))
        case .content(.clip(let clip)):
            return .clip(number: number, clip: clip)
        case .content(.qrCode(let content, let lifetime)):
            let passed = told.duration(to: now)
            let left = min(lifetime, .milliseconds(ProtocolLimits.qrCodeMilliseconds.upperBound)) - passed
            let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
            guard milliseconds >= Int64(ProtocolLimits.qrCodeMilliseconds.lowerBound) else { return nil }
            return .qrCode(number: number, milliseconds: UInt32(clamping: milliseconds), content: Array(content.utf8))
        case .content(.staffCard(let card)):
            return .staffCard(
                number: number, badge: card.number.cut(to: ProtocolLimits.badgeBytes),
                name: card.name.cut(to: ProtocolLimits.nameBytes),
                photograph: card.photograph ?? ProtocolLimits.noPhotograph)
        }
    }
}

extension DisplayRequests.Wish {
    /// What it is, for an operator.
    fileprivate var kind: RefusedContent.Kind {
        switch self {
        case .content(.standby), .content(.text): .text
        case .content(.clip): .clip
        case .content(.qrCode): .qrCode
        case .content(.staffCard): .staffCard
        case .waiting: .waiting
        case .scanner: .scanner
        }
    }

    fileprivate var isCode: Bool { if case .content(.qrCode) = self { true } else { false } }

    /// Whether somebody wanted it seen.
    fileprivate var isMissed: Bool {
        switch self {
        case .content(.standby), .waiting, .scanner(isOn: false): false
        case .content, .scanner: true
        }
    }

    /// Why no pad can show it; `nil` where one can.
    fileprivate var mistake: RefusedContent.Reason? {
        // A QR code cannot be cut: half of it is another one.
        guard case .content(.qrCode(let content, _)) = self else { return nil }
        if content.isEmpty { return .empty }
        let (bytes, most) = (content.utf8.count, ProtocolLimits.displayBytes)
        return bytes > most ? .tooLong(bytes: bytes, most: most) : nil
    }
}

extension String {
    /// As many whole characters as fit into so many bytes of UTF-8.
    func cut(to room: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for character in self {
            let more = Array(String(character).utf8)
            guard bytes.count + more.count <= room else { break }
            bytes += more
        }
        return bytes
    }
}

extension NativePadDriver {
    mutating func show(_ wish: DisplayRequests.Wish, at now: MonotonicInstant) {
        if let mistake = wish.mistake {
            refuse(wish, mistake)
            // Nor is the code of whoever was there before left to this citizen.
            if requests.display.holdsCode { show(.content(.standby), at: now) }
            return
        }
        requests.display.ask(wish, at: now)
        sendDisplay(at: now)
    }

    /// The pad says what became of a content; one that it cannot show is not kept from whoever wanted it shown.
    mutating func shown(_ number: UInt32, _ state: ShownState) {
        guard let wish = requests.display.answered(number) else { return }
        switch state {
        case .impossible: refuse(wish, .unable)
        case .showing where isCodeUnshown && wish.isCode:
            isCodeUnshown = false
            actions.append(.observed(.shownAgain(.qrCode, at: isOnBus ? address : nil)))
        case .showing, .ended: break
        }
    }

    private mutating func refuse(_ wish: DisplayRequests.Wish, _ reason: RefusedContent.Reason) {
        if wish.isCode, reason != .noDisplay { isCodeUnshown = true }
        actions.append(.observed(.notShown(RefusedContent(wish.kind, reason), at: isOnBus ? address : nil)))
    }

    /// Sends what a display has not answered, to a pad that has one.
    mutating func sendDisplay(at now: MonotonicInstant) {
        guard phase == .open, let pad else { return }
        guard pad.conformance >= KnownPad.displayLevel else {
            // Figures and an empty display are told to every pad of a window, and missed on none.
            for wish in requests.display.giveUp() where wish.isMissed { refuse(wish, .noDisplay) }
            return
        }
        for message in requests.display.owed(at: now) { send(message.encoded(to: address)) }
    }
}
