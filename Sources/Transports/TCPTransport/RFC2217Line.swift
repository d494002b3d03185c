// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// A driver behind a serial server that takes the line's settings by Telnet (RFC 2217): pure, around any other driver.
///
/// The line is set to its speed, 8N1, without flow control, before the driver hears of it; a server that does not
/// confirm all of them is left with the reason. From then on the driver's bytes pass with every 0xFF doubled.
/// What the line said before it was set is thrown away, as an opened serial port's input is.
public struct RFC2217Line: DeviceDriver {
    public static let name = "rfc2217"
    /// How long the server may take to agree and to confirm the settings.
    public static let patience = Duration.seconds(3)
    /// Most bytes held back while the server asks for silence.
    static let mostHeld = 4096

    enum Phase: Sendable, Hashable {
        /// Nothing is heard yet whether the server takes settings.
        case agreeing
        /// Settings are sent; these are not confirmed.
        case setting(missing: Set<ComPort.Command>)
        /// The driver has the line.
        case open
        /// The line is given up.
        case closed
    }

    private var inner: any DeviceDriver
    private let baud: UInt32
    private var nonce: UInt64 = 0
    private(set) var phase = Phase.closed
    private var decoder = TelnetDecoder()
    private var options = TelnetOptions()
    /// What the driver sent while the server asked for silence; `nil` while it does not.
    private var held: [UInt8]?

    /// What the device behind the server can do.
    public var capabilities: DeviceCapabilities { inner.capabilities }

    /// Puts a driver behind the server's port at a speed in bits per second.
    public init(_ inner: any DeviceDriver, baud: Int) {
        self.inner = inner
        self.baud = UInt32(clamping: baud)
    }

    public mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened(let nonce):
            self.nonce = nonce
            phase = .agreeing
            return [.send(TelnetOptions.opening), .setTimer(.answer, after: Self.patience)]
        case .received(let bytes): return decoder.decode(bytes).flatMap { take($0, at: now) }
        case .timer where phase != .open: return giveUp()
        case .timer, .recorded, .refused, .command: return tell(event, at: now)
        }
    }

    private mutating func take(_ event: TelnetEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case _ where phase == .closed: return []
        case .data(let bytes): return tell(.received(bytes), at: now)
        case .negotiation(let verb, let option):
            let answer = options.take(verb, option)
            return (answer.isEmpty ? [] : [.send(answer)]) + proceed()
        case .subnegotiation(let bytes): return ComPort.word(bytes).map { take($0, at: now) } ?? []
        }
    }

    /// Sends the settings once the server takes them.
    private mutating func proceed() -> [DriverAction] {
        guard phase == .agreeing else { return [] }
        if options.isComPortOn {
            let settings = ComPort.required(baud: baud)
            phase = .setting(missing: Set(settings.map(\.command)))
            return [.send((settings + ComPort.wished).flatMap { ComPort.encoded($0.command, $0.value) })]
        }
        return options.isComPortRefused ? close("the server does not take settings (RFC 2217): use line: tcp") : []
    }

    private mutating func take(_ word: ComPort.Word, at now: MonotonicInstant) -> [DriverAction] {
        switch word {
        case .answer(let command, let value): return confirm(command, value, at: now)
        case .modemState: return []
        case .suspend:
            held = held ?? []
            return []
        case .resume:
            let bytes = held ?? []
            held = nil
            return bytes.isEmpty ? [] : [.send(bytes)]
        }
    }

    private mutating func confirm(
        _ command: ComPort.Command, _ value: UInt32, at now: MonotonicInstant
    ) -> [DriverAction] {
        guard case .setting(var missing) = phase, missing.contains(command) else { return [] }
        let wanted = ComPort.required(baud: baud).first { $0.command == command }?.value ?? value
        // As on a port of this computer: two ends that differ by up to 3 % understand each other.
        let tolerated = command == .setBaudRate ? UInt64(wanted) * 3 : 0
        guard (UInt64(max(value, wanted)) - UInt64(min(value, wanted))) * 100 <= tolerated else {
            return close("the server's port has \(Self.words(command)) \(value) instead of \(wanted)")
        }
        missing.remove(command)
        phase = missing.isEmpty ? .open : .setting(missing: missing)
        return missing.isEmpty ? [.cancelTimer(.answer)] + tell(.opened(nonce: nonce), at: now) : []
    }

    private mutating func giveUp() -> [DriverAction] {
        switch phase {
        case .agreeing: close("the server does not answer as a Telnet server (RFC 2217): use line: tcp")
        case .setting(let missing):
            close(
                "the server does not confirm "
                    + missing.map(Self.words).sorted().joined(separator: ", "))
        case .open, .closed: []
        }
    }

    private mutating func close(_ reason: String) -> [DriverAction] {
        phase = .closed
        return [.cancelTimer(.answer), .close(reason: reason)]
    }

    /// Gives the driver an event, and its bytes the form of the wire.
    private mutating func tell(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        guard phase == .open else { return [] }
        return inner.handle(event, at: now).compactMap { action in
            guard case .send(let bytes) = action else { return action }
            let escaped = telnetEscaped(bytes)
            guard let waiting = held else { return .send(escaped) }
            guard escaped.count <= Self.mostHeld - waiting.count else {
                phase = .closed
                return .close(reason: "the server has taken no bytes for too long")
            }
            held = waiting + escaped
            return nil
        }
    }

    private static func words(_ command: ComPort.Command) -> String {
        switch command {
        case .setBaudRate: "speed"
        case .setDataSize: "data size"
        case .setParity: "parity"
        case .setStopSize: "stop size"
        case .setControl, .setLineStateMask, .setModemStateMask, .purgeData: "setting \(command.rawValue)"
        }
    }
}
