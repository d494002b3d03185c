// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// The keys of presses of a device that keeps no log of its own: a log that lasts as long as the connection.
///
/// A repeat that crosses a new connection cannot be told from a second press, which `keepsLog: false` says of the device.
public struct ConnectionLog: Sendable, Hashable {
    /// The name the presses are recorded under.
    public let device: DeviceID
    /// The log's number: the connection's, never 0.
    public let log: UInt64
    private var sequence: UInt64 = 0

    /// Begins a log for a connection.
    public init(device: DeviceID, nonce: UInt64) {
        self.device = device
        log = nonce == 0 ? 1 : nonce
    }

    /// The key of the next press.
    public mutating func nextKey() -> PressKey {
        sequence &+= 1
        return PressKey(device: device, log: log, sequence: sequence)
    }
}

extension DeviceID {
    /// The name of a device that does not name itself: the driver, where the line is, and the address on it.
    ///
    /// It stays the same as long as the line is configured in the same words. A line too long for a name keeps its end,
    /// where paths differ, behind a hash of the whole (FNV-1a, 64 bits).
    public init(driver: String, line: String, address: BusAddress? = nil) {
        let suffix = address.map { "-\($0)" } ?? ""
        let room = Limits.identifierBytes - driver.utf8.count - 1 - suffix.utf8.count
        guard line.utf8.count > room else {
            self.init(driver + "-" + line + suffix)
            return
        }
        let hash = line.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        var end = line[...]
        while end.utf8.count > room - 17, !end.isEmpty { end.removeFirst() }
        self.init("\(driver)-\(String(repeating: "0", count: 16 - digits.utf8.count))\(digits)-\(end)\(suffix)")
    }
}
