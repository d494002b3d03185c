// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CLinux
import DeviceAPI
import DeviceLoop
import Glibc
import RatingModel

/// Opens and sets a terminal device; nothing of its earlier settings is kept or restored.
enum SerialPort {
    /// Line speeds taken, in bits per second: what UARTs and USB adapters can be asked for.
    static let speeds = 50...4_000_000

    static func open(_ line: DeviceLine) throws(GatewayError) -> OwnedDescriptor {
        guard speeds.contains(line.baud) else { throw .badSpeed(line, actual: nil) }
        let descriptor = try DeviceNode.open(line, O_RDWR, wrongKind: .notATerminal(line))
        guard isatty(descriptor.number) == 1 else { throw .notATerminal(line) }
        try claim(line, descriptor.number)
        try set(line, descriptor.number)
        tcflush(descriptor.number, TCIOFLUSH)
        return descriptor
    }

    /// Keeps others out twice: TIOCEXCL turns away every later open except root's, the lock everyone who asks for it,
    /// root included, which is the case that matters when two gateways run by mistake.
    private static func claim(_ line: DeviceLine, _ descriptor: Int32) throws(GatewayError) {
        try DeviceNode.lock(line, descriptor)
        guard ioctl(descriptor, UInt(TIOCEXCL)) == 0 else { throw failure(line, errno) }
    }

    private static func set(_ line: DeviceLine, _ descriptor: Int32) throws(GatewayError) {
        guard let baud = UInt32(exactly: line.baud) else { throw .badSpeed(line, actual: nil) }
        var actual: UInt32 = 0
        let result = hallgate_make_raw(descriptor, baud, &actual)
        guard result == 0 else { throw -result == EINVAL ? .badSpeed(line, actual: nil) : failure(line, -result) }
        // An asynchronous receiver tolerates about 3 % between the two ends over a character of ten bits.
        let difference = Int(actual) - line.baud
        guard abs(difference) * 100 <= line.baud * 3 else { throw .badSpeed(line, actual: Int(actual)) }
    }

    static func failure(_ line: DeviceLine, _ errno: Int32) -> GatewayError {
        errno == ENOTTY ? .notATerminal(line) : DeviceNode.failure(line, errno)
    }
}
