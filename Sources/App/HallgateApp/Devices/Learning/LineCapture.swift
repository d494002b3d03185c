// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import FramedPad

/// What a device sent on a line at one speed, for whoever looks into what no driver understands.
public struct LineCapture: Sendable, Hashable {
    /// Most bytes kept of a line at one speed; a few hundred presses.
    public static let mostBytes = 65_536

    /// The line.
    public let path: String
    /// Its speed in bits per second; `nil` where it has none.
    public let baud: Int?
    /// What was read, read by read.
    public private(set) var reads: [[UInt8]] = []
    /// How many bytes that is.
    public private(set) var bytes = 0

    init(path: String, baud: Int?) {
        self.path = path
        self.baud = baud
    }

    mutating func add(_ read: [UInt8]) {
        guard bytes < Self.mostBytes else { return }
        let kept = Array(read.prefix(Self.mostBytes - bytes))
        bytes += kept.count
        reads.append(kept)
    }

    /// The file that `devices infer` reads: a line of hexadecimal digits for each read.
    public var text: String {
        "# Recorded by hallgate devices learn on \(path)"
            + (baud.map { " at \($0) bit/s" } ?? "") + ".\n# Write which key each line is, if you know it.\n"
            + reads.map { "< " + $0.map(hexadecimal).joined(separator: " ") + "\n" }.joined()
    }
}
