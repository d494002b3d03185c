// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
public import RatingModel

/// What a bus driver must know of its line.
public struct BusSettings: Sendable, Hashable {
    /// The addresses of the pads, each from 1 to 126 and once; others are left out.
    public let addresses: [BusAddress]
    /// Line speed in bits per second, from which the time on the line is reckoned.
    public let baud: Int
    /// How long the adapter on the gateway's side may hold bytes back: a USB chip's timer, or a network.
    public let adapterLatency: Duration

    /// Takes the settings.
    public init(addresses: [BusAddress], baud: Int = 9600, adapterLatency: Duration = .milliseconds(16)) {
        self.addresses = Set(addresses).filter { $0 >= 1 && $0 < ProtocolLimits.broadcastAddress }.sorted()
        self.baud = max(baud, 300)
        self.adapterLatency = max(adapterLatency, .zero)
    }

    /// How long a frame is on the line: ten bits for each byte.
    func time(of frame: [UInt8]) -> Duration { .microseconds(Int64(frame.count) * 10_000_000 / Int64(baud)) }

    /// How much of a firmware goes in one turn: a tenth of a second of the line, which is all that a round is longer by.
    var chunkBytes: Int { Self.chunkBytes(in: .milliseconds(100), baud: baud) }

    /// How much of a firmware fits into so much time on the line, in a frame with 20 bytes around it.
    static func chunkBytes(in time: Duration, baud: Int) -> Int {
        let milliseconds = Int(time / .milliseconds(1))
        return min(max(min(max(baud, 0), 10_000_000) * milliseconds / 10_000 - 20, 16), ProtocolLimits.chunkBytes)
    }

    /// How long to wait for the first byte, or the next.
    var patience: Duration { .milliseconds(ProtocolTimers.busAnswer) + adapterLatency }
}
