// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import PadProtocol
import RatingModel

/// One pad of a bus: the driver of a pad, with what it has to say kept until the pad has a turn.
struct BusPad: Sendable {
    /// More than a pad can have on its way and be told at once; the oldest goes, since whatever matters comes again.
    private static let mostWaiting = 16

    let address: BusAddress
    var driver: NativePadDriver
    /// What the driver said since the pad's last turn, oldest first.
    private var waiting: [[UInt8]] = []
    /// When the driver repeats what is unanswered; `nil` while nothing is.
    private var repeatAt: MonotonicInstant?
    /// When it repeats a part of a firmware; `nil` while none is on its way.
    private var partRepeatAt: MonotonicInstant?
    /// Turns in a row that it did not take.
    private(set) var missed = 0

    init(address: BusAddress, pairing: PadPairing, chunkBytes: Int) {
        self.address = address
        driver = NativePadDriver(address: address, pairing: pairing, chunkBytes: chunkBytes)
    }

    /// Whether the gateway has something to say to a pad that listens.
    var isUrgent: Bool { !waiting.isEmpty && !isAbsent }

    /// Whether it is asked in some rounds only.
    var isAbsent: Bool { missed >= NativeBusDriver.missesAllowed }

    mutating func answered() { missed = 0 }

    mutating func miss() {
        missed = min(missed + 1, NativeBusDriver.missesAllowed)
        guard missed == NativeBusDriver.missesAllowed else { return }
        waiting = []
        repeatAt = nil
        partRepeatAt = nil
        driver.fellSilent()
    }

    /// Keeps what the driver wants said and when it wants to say it again; the rest of its actions is the line's.
    mutating func sort(_ actions: [DriverAction], at now: MonotonicInstant) -> [DriverAction] {
        var rest: [DriverAction] = []
        for action in actions {
            switch action {
            case .send(let frame):
                guard !waiting.contains(frame) else { continue }
                if waiting.count == BusPad.mostWaiting { waiting.removeFirst() }
                waiting.append(frame)
            case .setTimer(.answer, let after):
                repeatAt = now.advanced(by: after)
            case .setTimer(.bulk, let after):
                partRepeatAt = now.advanced(by: after)
            case .cancelTimer(.bulk):
                partRepeatAt = nil
            case .setTimer, .cancelTimer, .close:
                // The turns are the sign of life, and one pad must not close the line of all.
                break
            case .scanned(let code, _):
                rest.append(.scanned(code, at: address))
            case .signedIn(let code, _):
                rest.append(.signedIn(code, at: address))
            case .observed(.silent):
                rest.append(.observed(.absent(address)))
            case .observed(.answering):
                rest.append(.observed(.present(address)))
            case .press, .identified, .observed, .staffKey:
                rest.append(action)
            }
        }
        return rest
    }

    /// The frame of the pad's turn, and what the line is to do besides.
    mutating func turn(at now: MonotonicInstant) -> (frame: [UInt8], rest: [DriverAction]) {
        var rest: [DriverAction] = []
        if let moment = repeatAt, moment <= now {
            repeatAt = nil
            rest = sort(driver.handle(.timer(.answer), at: now), at: now)
        }
        if let moment = partRepeatAt, moment <= now {
            partRepeatAt = nil
            rest += sort(driver.handle(.timer(.bulk), at: now), at: now)
        }
        if !waiting.isEmpty { return (waiting.removeFirst(), rest) }
        // A part of a firmware takes a turn that would be spent on nothing, and no other.
        if let part = driver.takePart() {
            rest += sort(driver.takeActions(), at: now)
            return (part, rest)
        }
        return (driver.filler.encoded(to: address), rest)
    }
}

extension NativePadDriver {
    /// What a turn is given with when there is nothing to say.
    fileprivate var filler: HostMessage {
        phase == .asking ? .ask(versions: .spoken, nonce: nonce) : .keepAlive
    }
}
