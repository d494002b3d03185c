// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// A native pad behind HID reports of a fixed size: the same stream of bytes, cut and filled with 00
/// (firmware-protocol.md section 4.4).
///
/// What comes in needs nothing: the filling is what the decoder takes for the pause between two frames. What goes out
/// begins with the report's number, 0 for a device whose reports have none, as Linux wants it (hidraw.rst).
public struct NativeReportDriver: DeviceDriver {
    public static let name = NativePadDriver.name
    /// Bytes of a report, its number not counted.
    public static let reportSizes = 8...64

    private let reportBytes: Int
    private var pad: NativePadDriver

    public var capabilities: DeviceCapabilities { pad.capabilities }

    /// Puts reports of that size under a pad's driver; sizes out of range are brought into it.
    public init(_ pad: NativePadDriver = NativePadDriver(), reportBytes: Int = 64) {
        self.pad = pad
        self.reportBytes = min(max(reportBytes, Self.reportSizes.lowerBound), Self.reportSizes.upperBound)
    }

    public mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        var actions: [DriverAction] = []
        for action in pad.handle(event, at: now) {
            if case .send(let frame) = action { actions += reports(of: frame) } else { actions.append(action) }
        }
        return actions
    }

    private func reports(of frame: [UInt8]) -> [DriverAction] {
        stride(from: 0, to: frame.count, by: reportBytes).map { start in
            let part = frame[start..<min(start + reportBytes, frame.count)]
            return .send([0] + part + [UInt8](repeating: 0, count: reportBytes - part.count))
        }
    }
}
