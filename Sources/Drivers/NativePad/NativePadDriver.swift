// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
import PadProtocol
public import RatingModel

/// The gateway's end of the native pad protocol on a line of one pad (firmware-protocol.md).
///
/// Memory is bounded: a frame's worth of bytes, one prompt, and the last presses of this connection. It may be lost at
/// any time: the pad keeps each press until it is acknowledged, and the journal knows what it has.
public struct NativePadDriver: DeviceDriver {
    public static let name = "native"
    /// A pad that is well answers a sign of life every five seconds; the driver itself sees the silence much earlier.
    public let capabilities = DeviceCapabilities(
        thanks: .afterCommit, keepsLog: true, prompts: true, displays: true, showsCodes: true, updates: true,
        longestSilence: .seconds(30))

    /// How the gateway stands with the pad.
    enum Phase: Sendable {
        /// The line was never opened.
        case closed
        /// The pad was asked who it is.
        case asking
        /// The pad said hello and has to prove its key before it is welcomed.
        case proving
        /// The pad was welcomed.
        case open
        /// The pad speaks no version this driver knows.
        case incompatible
    }

    /// Where the pad is: 0 on a line of its own, else on a bus, where `NativeBusDriver` gives it its turns.
    let address: BusAddress
    /// The keys of pads, and whether they must prove them.
    let pairing: PadPairing
    /// How much of a firmware goes at once.
    let chunkBytes: Int
    var decoder = FrameDecoder()
    var phase = Phase.closed
    var nonce: UInt64 = 0
    var pad: KnownPad?
    var standing = PadStanding.unknown
    /// Who was welcomed last on this connection.
    var welcomedIdentity: DeviceIdentity?
    /// How many challenges this connection has made.
    var challenges: UInt64 = 0
    var presses = PressMemory()
    /// Presses whose proof is wrong, apart from the pad's own.
    var forgeries = PressMemory()
    var scan = ScanAssembly()
    var requests = Requests()
    var update: UpdateInHand?
    /// Whether the engine is to hear of the next welcome, though it knows the pad.
    var mustIdentify = false
    /// When a whole frame last came in.
    var heardAt = MonotonicInstant(nanoseconds: 0)
    /// When `ask` was last sent, and the time until it is sent again.
    var askedAt = MonotonicInstant(nanoseconds: 0)
    var askInterval = ProtocolTimers.requestRetry
    /// Questions sent in a row since the pad last said anything.
    var unanswered = 0
    var isSilent = false
    var isAwaitingAnswer = false
    var lastHealth: PadHealth?
    /// Whether the last code could not be shown.
    var isCodeUnshown = false
    var actions: [DriverAction] = []

    /// Makes a driver for one connection. On a slow line a firmware goes in small parts, so that an acknowledgement
    /// waits for none longer than a citizen notices.
    public init(pairing: PadPairing = .none, baud: Int = 115_200) {
        self.init(
            address: ProtocolLimits.directAddress, pairing: pairing,
            chunkBytes: BusSettings.chunkBytes(in: .milliseconds(25), baud: baud))
    }

    init(address: BusAddress, pairing: PadPairing, chunkBytes: Int) {
        self.address = address
        self.pairing = pairing
        self.chunkBytes = chunkBytes
    }

    var isOnBus: Bool { address != ProtocolLimits.directAddress }

    public mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened(let nonce): open(nonce, at: now)
        case .received(let bytes): receive(bytes, at: now)
        case .timer(.answer): answerTimedOut(at: now)
        case .timer(.keepAlive): askForSign()
        case .timer(.bulk): partTimedOut()
        case .timer(.poll), .timer(.display): break
        case .recorded(let key): acknowledge(key)
        case .refused(let key): refuse(key)
        case .command(let command, _): request(command, at: now)
        }
        return takeActions()
    }

    /// What is to be done by now, in order.
    mutating func takeActions() -> [DriverAction] {
        var result: [DriverAction] = []
        swap(&result, &actions)
        return result
    }

    mutating func send(_ message: HostMessage) { send(message.encoded(to: address)) }

    mutating func send(_ frame: [UInt8]) { actions.append(.send(frame)) }

    /// Sets the timer after which whatever is unanswered is sent again, unless it runs already.
    mutating func awaitAnswer(milliseconds: UInt64 = ProtocolTimers.requestRetry) {
        guard !isAwaitingAnswer else { return }
        isAwaitingAnswer = true
        actions.append(.setTimer(.answer, after: .milliseconds(milliseconds)))
    }

    // MARK: Bytes

    private mutating func receive(_ bytes: [UInt8], at now: MonotonicInstant) {
        guard phase != .closed else { return }
        var heard = false
        for byte in bytes {
            switch decoder.push(byte) {
            case .pending:
                break
            case .rejected(.checksum, _):
                actions.append(.observed(.badFrame(reason: "checksum")))
            case .rejected(_, let count):
                actions.append(.observed(.garbage(bytes: count)))
            case .frame:
                // Another pad's or host's frame on a line for one pad is an echo or a mistake in wiring.
                guard decoder.address == ProtocolLimits.directAddress, MessageType.isFromPad(decoder.type) else {
                    actions.append(.observed(.badFrame(reason: "address or direction")))
                    continue
                }
                heard = true
                var frame = decoder
                take(&frame, at: now)
            }
        }
        if heard, phase == .open {
            actions.append(.setTimer(.keepAlive, after: .milliseconds(ProtocolTimers.keepAlive)))
        }
    }

    /// Takes a whole frame of the pad.
    mutating func take(_ frame: inout FrameDecoder, at now: MonotonicInstant) {
        hear(at: now)
        do throws(MessageError) {
            switch try PadMessage(&frame) {
            case .hello(let hello): meet(hello, at: now)
            case .press(let press): take(press, .unproven, frame: frame.completedBody, at: now)
            case .provenPress(let press, let code): take(press, code: code, frame: frame.completedBody, at: now)
            case .proof(let result, let code): take(result, code, at: now)
            case .prompting(let number, let isShowing): promptAnswered(number, isShowing: isShowing)
            case .health(let health): take(health)
            case .shown(let number, let state): shown(number, state)
            case .scanned(let part): take(part)
            case .progress(let number, let state, let offset): heard(number, state, offset: offset)
            case .idle: break
            }
        } catch {
            switch error {
            case .unknownType(let type): actions.append(.observed(.badFrame(reason: "unknown type \(type)")))
            case .badFields(let type): actions.append(.observed(.badFrame(reason: "bad fields in type \(type)")))
            }
        }
    }
}
