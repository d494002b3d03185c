// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// Drives pads that a ``FrameDescription`` describes, one on a line or several with addresses.
///
/// Such pads keep no log, so a press is keyed by the connection and its place in it. Memory is bounded: a frame's worth
/// of bytes, the last press of each pad, and some numbers for each address.
public struct FramedPadDriver: DeviceDriver {
    public static let name = "framed"
    public let capabilities: DeviceCapabilities

    /// The line's name, which the names of its devices begin with.
    let line: String
    /// The addresses that are known to be on the line.
    let addresses: [BusAddress]
    var finder: FrameFinder
    /// The number of this connection; 0 while it is closed.
    var log: UInt64 = 0
    /// How many presses each pad made on this connection.
    var counts: [BusAddress?: UInt64] = [:]
    var presses = SentAgain()
    var staffKeys = SentAgain()
    /// The last key of staff of each pad, for keys that are pressed in turn.
    var lastStaffValue: [BusAddress?: (value: UInt8, at: MonotonicInstant)] = [:]
    private var echoes = LineEchoes()
    /// The prompt that each pad shows.
    var prompts: [BusAddress?: RememberedPrompt] = [:]
    /// Until when each display shows a code.
    var codes: [BusAddress?: MonotonicInstant] = [:]
    /// The displays whose last code was not shown.
    var unshown: Set<BusAddress?> = []
    var isTimerSet = false
    var actions: [DriverAction] = []

    var description: FrameDescription { finder.description }

    /// Makes a driver for one connection.
    ///
    /// A command that names no address goes to each of `addresses`, or where there are none to each that was heard.
    public init(_ description: FrameDescription, line: String, addresses: [BusAddress] = []) {
        finder = FrameFinder(description)
        self.line = line
        self.addresses = addresses
        capabilities = description.capabilities
    }

    public mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened(let nonce): open(nonce)
        case .received(let bytes): receive(bytes, at: now)
        case .timer(.answer): passSilence(at: now)
        case .timer(.display): endCodes(at: now)
        case .timer: break
        case .recorded(let key): acknowledge(key, at: now)
        case .refused(let key): refuse(key, at: now)
        case .command(let command, let address): carryOut(command, for: address, at: now)
        }
        var result: [DriverAction] = []
        swap(&result, &actions)
        return result
    }

    /// A new connection knows nothing of an older one; whoever is on the line is taken to be what the file says.
    private mutating func open(_ nonce: UInt64) {
        self = FramedPadDriver(description, line: line, addresses: addresses)
        log = max(nonce, 1)
        actions.append(
            .identified(DeviceIdentity(device: device(nil), log: nil, model: description.name, firmware: "")))
    }

    /// The name that a pad's presses are recorded under.
    func device(_ address: BusAddress?) -> DeviceID {
        DeviceID(driver: FramedPadDriver.name, line: line, address: address)
    }

    // MARK: Bytes

    private mutating func receive(_ bytes: [UInt8], at now: MonotonicInstant) {
        // A display that says nothing of use is not listened to: what it says is no trouble.
        guard log != 0, description.length != nil else { return }
        for byte in bytes {
            for finding in finder.push(byte) { take(finding, at: now) }
        }
        if finder.isPending {
            isTimerSet = true
            actions.append(.setTimer(.answer, after: description.gap))
        } else if isTimerSet {
            isTimerSet = false
            actions.append(.cancelTimer(.answer))
        }
    }

    /// Nothing came for a while: a frame that was cut short must not hold up the next.
    private mutating func passSilence(at now: MonotonicInstant) {
        isTimerSet = false
        for finding in finder.noteSilence() { take(finding, at: now) }
    }

    private mutating func take(_ finding: FrameFinder.Finding, at now: MonotonicInstant) {
        switch finding {
        case .garbage(let count): actions.append(.observed(.garbage(bytes: count)))
        case .badFrame(let reason): actions.append(.observed(.badFrame(reason: reason)))
        case .frame(let frame): take(frame, at: now)
        }
    }

    private mutating func take(_ frame: [UInt8], at now: MonotonicInstant) {
        guard !echoes.takeBack(frame, at: now) else { return }
        var address: BusAddress?
        if let place = description.address {
            guard let index = place.index(in: frame.count) else { return complain("no address") }
            address = frame[index]
        }
        meet(address)
        let values = TemplateValues(frame: frame, address: address)
        if let press = description.press, press.when.allSatisfy({ $0.holds(in: frame) }) {
            take(frame, press, from: address, at: now)
        } else if let alive = description.alive, alive.when.allSatisfy({ $0.holds(in: frame) }) {
            send(alive.acknowledgement, values, at: now)
        } else if let staff = description.staff, staff.when.allSatisfy({ $0.holds(in: frame) }) {
            takeStaffKey(frame, staff, values, at: now)
        } else {
            complain("no meaning is described")
        }
    }

    /// A pad was heard for the first time on this connection.
    private mutating func meet(_ address: BusAddress?) {
        guard counts[address] == nil else { return }
        counts[address] = 0
        if let address, !addresses.isEmpty, !addresses.contains(address) {
            actions.append(.observed(.unknownAddress(address)))
        }
    }

    mutating func complain(_ reason: String) { actions.append(.observed(.badFrame(reason: reason))) }

    /// Sends a frame, where the description has one for the purpose and all it needs is there.
    mutating func send(_ template: FrameTemplate?, _ values: TemplateValues, at now: MonotonicInstant) {
        guard let bytes = template?.bytesWithRoom(values, in: description), !bytes.isEmpty else { return }
        echoes.sent(bytes, isEcho: bytes == values.frame, at: now)
        actions.append(.send(bytes))
    }
}
