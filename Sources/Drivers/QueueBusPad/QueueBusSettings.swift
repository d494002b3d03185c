// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// What a bus is configured to be.
public struct QueueBusSettings: Sendable, Hashable {
    /// The data byte by which the host asks for a rating: no rating can have this value, for its acknowledgement would
    /// be the same frame.
    public static let startRating: UInt8 = 0x0B

    /// The line's name, a part of its devices' names: the path, address or match of the configuration.
    public var line: String
    /// What the values of ratings mean.
    public var keys: KeyMap
    /// The value by which a pad says that nobody pressed in time; `nil` for pads that have none.
    public var timeoutValue: UInt8?
    /// The addresses with a window; others are driven all the same, and the operator is told of them.
    public var addresses: Set<BusAddress>
    /// Who says thanks: what the acknowledgement does to a pad is not public, so an operator who saw it says so.
    public var thanks: DeviceCapabilities.Thanks
    /// Pads send a rating again until it is acknowledged: the same value from the same address is the same press until
    /// this time has passed without one.
    public var repeatInterval: Duration

    /// States the settings; the defaults are the public frame description's.
    public init(
        line: String, keys: KeyMap = .queueBus, timeoutValue: UInt8? = 1, addresses: Set<BusAddress> = [],
        thanks: DeviceCapabilities.Thanks = .afterCommit, repeatInterval: Duration = .seconds(2)
    ) {
        self.line = line
        self.keys = keys
        self.timeoutValue = timeoutValue
        self.addresses = addresses
        self.thanks = thanks
        self.repeatInterval = repeatInterval
    }
}
