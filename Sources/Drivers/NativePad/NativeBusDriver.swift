// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
import PadProtocol
public import RatingModel

/// The gateway's end of the native pad protocol on a half-duplex bus of several pads (firmware-protocol.md section 4.5).
///
/// The gateway has the line and lends it: every frame to a pad is that pad's turn to say one frame. Each address has a
/// pad's driver of its own, whose frames wait for its turns.
public struct NativeBusDriver: DeviceDriver {
    public static let name = NativePadDriver.name
    public let capabilities = DeviceCapabilities(
        thanks: .afterCommit, keepsLog: true, prompts: true, displays: true, showsCodes: true,
        updates: true)

    /// How the line is.
    enum State: Sendable, Hashable {
        /// Never opened, or given up.
        case closed
        /// The next turn comes when the line is free.
        case betweenTurns
        /// Nothing is to be said before the next round.
        case resting
        /// A pad has the line.
        case lent(Int)
    }

    static let missesAllowed = 3
    /// A pad that missed that many turns is asked once in so many rounds.
    static let absentRounds = 10

    let bus: BusSettings
    let pairing: PadPairing
    var pads: [BusPad]
    var state = State.closed
    var decoder = FrameDecoder()
    /// The pad whose turn in the round was last.
    var cursor = -1
    /// The pad that was last put in between.
    var urgentCursor = -1
    var wasUrgent = false
    var round = 0
    var roundStartedAt = MonotonicInstant(nanoseconds: 0)
    /// When a whole frame of any pad last came in.
    var heardAt = MonotonicInstant(nanoseconds: 0)
    var isSilent = false
    /// The wall clock as it was told, and when.
    var time: (wall: WallTime, at: MonotonicInstant)?
    var isTimeOwed = false
    var actions: [DriverAction] = []

    /// Makes a driver for one connection to the pads with the settings' addresses.
    public init(_ bus: BusSettings, pairing: PadPairing = .none) {
        self.bus = bus
        self.pairing = pairing
        pads = bus.addresses.map { BusPad(address: $0, pairing: pairing, chunkBytes: bus.chunkBytes) }
    }

    public mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened: open(event, at: now)
        case .received(let bytes): receive(bytes, at: now)
        case .timer(.poll): lineIsFree(at: now)
        case .timer(.answer), .timer(.keepAlive), .timer(.bulk), .timer(.display): break
        case .recorded(let key), .refused(let key): settle(key, event, at: now)
        case .command(.setTime(let wall), _):
            time = (wall, now)
            isTimeOwed = true
        case .command(_, let address):
            for index in pads.indices where address == nil || pads[index].address == address {
                tell(index, event, at: now)
            }
        }
        if state == .resting, isTimeOwed || pads.contains(where: \.isUrgent) { nextTurn(at: now) }
        var result: [DriverAction] = []
        swap(&result, &actions)
        return result
    }

    private mutating func open(_ event: DriverEvent, at now: MonotonicInstant) {
        self = NativeBusDriver(bus, pairing: pairing)
        heardAt = now
        for index in pads.indices { tell(index, event, at: now) }
        roundStartedAt = now
        // A pad may still be answering the gateway that had the line before.
        actions.append(.setTimer(.poll, after: bus.patience))
        state = .betweenTurns
    }

    /// The pad is found by its name and log; a key of a pad that is no longer there is nobody's to thank for.
    private mutating func settle(_ key: PressKey, _ event: DriverEvent, at now: MonotonicInstant) {
        for index in pads.indices where pads[index].driver.holds(key) { tell(index, event, at: now) }
    }

    private mutating func tell(_ index: Int, _ event: DriverEvent, at now: MonotonicInstant) {
        let told = pads[index].driver.handle(event, at: now)
        carryOut(told, of: index, at: now)
    }

    mutating func carryOut(_ told: [DriverAction], of index: Int, at now: MonotonicInstant) {
        let rest = pads[index].sort(told, at: now)
        for action in rest {
            // A pad that was just welcomed does not know the time.
            if case .identified = action, time != nil { isTimeOwed = true }
        }
        actions += rest
    }

    // MARK: Bytes

    private mutating func receive(_ bytes: [UInt8], at now: MonotonicInstant) {
        guard state != .closed, !bytes.isEmpty else { return }
        var isAnswered = false
        for byte in bytes {
            switch decoder.push(byte) {
            case .pending: break
            case .rejected(.checksum, _): actions.append(.observed(.badFrame(reason: "checksum")))
            case .rejected(_, let count): actions.append(.observed(.garbage(bytes: count)))
            case .frame: if takeFrame(at: now) { isAnswered = true }
            }
        }
        // Somebody speaks though it is nobody's turn: nothing is said before they are through.
        if state == .resting || isAnswered { state = .betweenTurns }
        let pause = isAnswered ? Duration.milliseconds(ProtocolTimers.busTurn) : bus.patience
        actions.append(.setTimer(.poll, after: pause))
    }

    /// Takes a frame, whoever's turn it is: a pad may be late. Tells whether it ends the turn.
    mutating func takeFrame(at now: MonotonicInstant) -> Bool {
        // An adapter that hears itself gives the gateway's own frames back.
        guard MessageType.isFromPad(decoder.type) else { return false }
        guard let index = pads.firstIndex(where: { $0.address == decoder.address }) else {
            actions.append(.observed(.badFrame(reason: "address \(decoder.address) is not configured")))
            return false
        }
        heardAt = now
        if isSilent {
            isSilent = false
            actions.append(.observed(.answering))
        }
        pads[index].answered()
        var frame = decoder
        pads[index].driver.take(&frame, at: now)
        carryOut(pads[index].driver.takeActions(), of: index, at: now)
        return state == .lent(index)
    }
}
