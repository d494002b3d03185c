// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// The host of a queue bus: rating pads and call panels with addresses on one line, 9600 8N1.
///
/// Nobody on the bus can be asked who it is, so the driver says at once that the bus is there: ready means that the
/// line is open, not that a pad is. A rating is acknowledged when it is recorded. A refused one is not, and its pad
/// beeps: the only other signal the public description has. The pads keep no log: a press that no gateway heard is
/// lost, and the same key pressed twice within the repeat interval counts once, for it looks like a pad's repeat.
/// Memory is bounded by the number of addresses.
public struct QueueBusPadDriver: DeviceDriver {
    public static let name = "queue-bus"
    public let capabilities: DeviceCapabilities

    let settings: QueueBusSettings
    var nonce: UInt64?
    var pads: [BusAddress: BusPad] = [:]
    var strangers: Set<BusAddress> = []
    var echoes = LineEchoes()
    var actions: [DriverAction] = []
    private var decoder = QueueBusDecoder()

    /// How long a frame may pause: a serial server's packets included, and far longer than a frame's 16 ms.
    private static let patience = Duration.milliseconds(250)

    /// Makes a driver for one connection.
    public init(_ settings: QueueBusSettings) {
        self.settings = settings
        capabilities = DeviceCapabilities(
            thanks: settings.thanks, keepsLog: false, prompts: true, levels: settings.keys.levels)
    }

    public mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened(let nonce): open(nonce)
        case .received(let bytes): receive(bytes, at: now)
        case .timer(.answer): pause(at: now)
        case .timer: break
        case .recorded(let key): settle(key, .recorded, at: now)
        case .refused(let key): settle(key, .refused, at: now)
        case .command(let command, let address): carryOut(command, at: address, now)
        }
        var result: [DriverAction] = []
        swap(&result, &actions)
        return result
    }

    private mutating func open(_ nonce: UInt64) {
        self = QueueBusPadDriver(settings)
        self.nonce = nonce
        let device = DeviceID(driver: Self.name, line: settings.line)
        actions.append(.identified(DeviceIdentity(device: device, log: nil, model: "queue bus", firmware: "")))
    }

    // MARK: Bytes

    private mutating func receive(_ bytes: [UInt8], at now: MonotonicInstant) {
        guard nonce != nil else { return }
        var findings: [QueueBusDecoder.Finding] = []
        let wasPending = decoder.isPending
        for byte in bytes { decoder.push(byte, into: &findings) }
        take(findings, at: now)
        if decoder.isPending {
            actions.append(.setTimer(.answer, after: Self.patience))
        } else if wasPending {
            actions.append(.cancelTimer(.answer))
        }
    }

    private mutating func pause(at now: MonotonicInstant) {
        var findings: [QueueBusDecoder.Finding] = []
        decoder.flush(into: &findings)
        take(findings, at: now)
    }

    private mutating func take(_ findings: [QueueBusDecoder.Finding], at now: MonotonicInstant) {
        for finding in findings {
            switch finding {
            case .garbage(let bytes): actions.append(.observed(.garbage(bytes: bytes)))
            case .bad(let reason): actions.append(.observed(.badFrame(reason: reason)))
            case .frame(let frame): take(frame, at: now)
            }
        }
    }

    mutating func send(_ frame: QueueBusFrame, isKey: Bool = false, at now: MonotonicInstant) {
        echoes.sent(frame, isKey: isKey, at: now)
        actions.append(.send(frame.encoded()))
    }

    /// The pad at an address, known from now on.
    func pad(at address: BusAddress) -> BusPad {
        let device = DeviceID(driver: Self.name, line: settings.line, address: address)
        return pads[address] ?? BusPad(log: ConnectionLog(device: device, nonce: nonce ?? 1))
    }
}
