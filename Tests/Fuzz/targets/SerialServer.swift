// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI
// files: Sources/Transports/TCPTransport/TelnetDecoder.swift Sources/Transports/TCPTransport/TelnetOptions.swift
// files: Sources/Transports/TCPTransport/ComPort.swift Sources/Transports/TCPTransport/RFC2217Line.swift

import DeviceAPI
import RatingModel

/// A serial server's Telnet stream (RFC 2217), and what passes through it to a driver; an instruction 1 makes a word of
/// the server on a setting.
func fuzz(_ input: [UInt8]) {
    let variant = input.first ?? 0
    DriverProgram.run(input, dress: dressed) { _ in
        RFC2217Line(EchoDriver(), baud: variant & 1 == 0 ? 9600 : Int(UInt32.max))
    }
    checkSplit(Array(input.dropFirst()), at: Int(variant))
}

/// However a stream is split, the decoder finds the same in it.
private func checkSplit(_ stream: [UInt8], at place: Int) {
    var (whole, split) = (TelnetDecoder(), TelnetDecoder())
    let first = split.decode(Array(stream.prefix(place)))
    let second = split.decode(Array(stream.dropFirst(place)))
    precondition(joined(whole.decode(stream)) == joined(first + second), "a stream that depends on its reads")
    var again = TelnetDecoder()
    precondition(joined(again.decode(telnetEscaped(stream))) == (stream.isEmpty ? [] : [.data(stream)]), "an escape")
}

/// The events with neighbouring data put together.
private func joined(_ events: [TelnetEvent]) -> [TelnetEvent] {
    events.reduce(into: []) { list, event in
        if case .data(let more) = event, case .data(let bytes)? = list.last {
            list[list.count - 1] = .data(bytes + more)
        } else {
            list.append(event)
        }
    }
}

/// The first byte says whether negotiations are told or a setting confirmed; there are few words that get any further.
private func dressed(_ bytes: [UInt8]) -> [UInt8] {
    switch bytes.first ?? 0 {
    case 0: [0xFF, 0xFD, 44, 0xFF, 0xFB, 3]
    case 1:
        [(ComPort.Command.setBaudRate, 9600), (.setDataSize, 8), (.setParity, 1), (.setStopSize, 1), (.setControl, 1)]
            .flatMap { answer($0.0, $0.1) }
    case let number: [0xFF, 0xFA, 44, number] + telnetEscaped(Array(bytes.dropFirst())) + [0xFF, 0xF0]
    }
}

private func answer(_ command: ComPort.Command, _ value: UInt32) -> [UInt8] {
    var bytes = ComPort.encoded(command, value)
    bytes[3] += 100
    return bytes
}

/// A driver that sends back what it hears, so that the stream is escaped as well.
private struct EchoDriver: DeviceDriver {
    static let name = "echo"
    let capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: false, levels: [])

    mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        guard case .received(let bytes) = event else { return [] }
        return [.send(bytes)]
    }
}
