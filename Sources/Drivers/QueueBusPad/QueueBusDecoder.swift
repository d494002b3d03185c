// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Finds frames in bytes that may hold anything.
///
/// What turns out to be no frame gives up its first byte only and is looked at again, so that a frame behind noise that
/// looks like a head is not lost. It never keeps more than a frame's bytes.
struct QueueBusDecoder: Sendable {
    /// What was found.
    enum Finding: Sendable, Hashable {
        case frame(QueueBusFrame)
        /// A frame's head, and then another checksum or end than belongs to it.
        case bad(String)
        /// Bytes that belong to no frame.
        case garbage(bytes: Int)
    }

    /// Garbage is told at the next frame, when the line pauses, or after so many bytes.
    private static let mostGarbage = 64

    private var buffer: [UInt8] = []
    private var garbage = 0
    /// Bytes of a bad frame that are still in the buffer: they were told of already.
    private var told = 0

    /// Whether something was begun that only more bytes, or their absence, decide.
    var isPending: Bool { !buffer.isEmpty || garbage > 0 }

    mutating func push(_ byte: UInt8, into findings: inout [Finding]) {
        buffer.append(byte)
        scan(into: &findings)
    }

    /// The line was silent for longer than a frame pauses: what is in the buffer is no frame's beginning.
    mutating func flush(into findings: inout [Finding]) {
        while !buffer.isEmpty {
            passOver()
            scan(into: &findings)
        }
        tellGarbage(into: &findings)
    }

    private mutating func scan(into findings: inout [Finding]) {
        while let first = buffer.first {
            guard first == QueueBusFrame.prefix, isHead else {
                passOver()
                if garbage >= Self.mostGarbage { tellGarbage(into: &findings) }
                continue
            }
            guard buffer.count > 2, case let size = Int(buffer[2]) + QueueBusFrame.overhead, buffer.count >= size
            else { return }
            let body = buffer[5..<(size - 2)]
            if QueueBusFrame.checksum(body) != buffer[size - 2] {
                rejectFrame(of: size, "checksum", into: &findings)
            } else if buffer[size - 1] != QueueBusFrame.end {
                rejectFrame(of: size, "end byte", into: &findings)
            } else {
                tellGarbage(into: &findings)
                told = 0
                findings.append(.frame(QueueBusFrame(address: body[5], function: body[6], data: Array(body[7...]))))
                buffer.removeFirst(size)
            }
        }
    }

    /// Whether the buffer, as far as it goes, can be the beginning of a frame.
    private var isHead: Bool {
        for (place, byte) in buffer.prefix(5).enumerated() {
            switch place {
            case 1, 4: if byte != QueueBusFrame.head { return false }
            case 2: if !QueueBusFrame.lengths.contains(byte) { return false }
            case 3: if byte != buffer[2] { return false }
            default: break
            }
        }
        return true
    }

    private mutating func rejectFrame(of size: Int, _ reason: String, into findings: inout [Finding]) {
        tellGarbage(into: &findings)
        findings.append(.bad(reason))
        told = size
        passOver()
    }

    private mutating func passOver() {
        buffer.removeFirst()
        if told > 0 { told -= 1 } else { garbage += 1 }
    }

    private mutating func tellGarbage(into findings: inout [Finding]) {
        guard garbage > 0 else { return }
        findings.append(.garbage(bytes: garbage))
        garbage = 0
    }
}
