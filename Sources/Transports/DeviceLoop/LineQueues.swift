// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI

/// Bytes a device has not taken yet, in order.
struct SendQueue {
    /// Most bytes kept, in bytes: more than any driver sends before it waits for an answer, and 17 s at 9600 baud.
    static let limit = 16 * 1024

    private var bytes: [UInt8] = []
    private var head = 0

    var isEmpty: Bool { head == bytes.count }
    var count: Int { bytes.count - head }
    var waiting: ArraySlice<UInt8> { bytes[head...] }

    /// Adds bytes; answers `false`, and keeps none of them, where the device is too far behind.
    mutating func append(_ more: some Collection<UInt8>) -> Bool {
        guard more.count <= Self.limit - count else { return false }
        bytes.append(contentsOf: more)
        return true
    }

    /// Takes away what was written.
    mutating func consume(_ written: Int) {
        head += min(max(0, written), count)
        if isEmpty {
            bytes.removeAll(keepingCapacity: bytes.capacity <= 512)
            head = 0
        } else if head >= 4096 {
            bytes.removeFirst(head)
            head = 0
        }
    }
}

/// Outputs the engine has not taken yet, in order; it says when the line should not be read for a while.
///
/// It is bounded by not reading: from ``most`` outputs on the line is left alone until half of them are taken, so the
/// queue holds at most those plus what one read of ``DeviceLoop/readBytes`` bytes can yield. Nothing in it is dropped.
struct OutputQueue {
    /// From how many outputs on the line is not read.
    static let most = 64

    private var items: [DeviceOutput] = []
    private var head = 0
    private var isFull = false
    /// Whether nothing more will come, because the line is gone or is not read any more.
    var isFinished = false

    var count: Int { items.count - head }
    /// Whether the line should be read.
    var wantsMore: Bool { !isFull && !isFinished }

    /// Adds an output; garbage that follows garbage is counted together.
    mutating func append(_ output: DeviceOutput) {
        if case .observed(.garbage(let more)) = output, count > 0,
            case .observed(.garbage(let before)) = items[items.count - 1]
        {
            let (sum, overflow) = before.addingReportingOverflow(more)
            items[items.count - 1] = .observed(.garbage(bytes: overflow ? .max : sum))
            return
        }
        items.append(output)
        if count >= Self.most { isFull = true }
    }

    /// Takes the oldest output.
    mutating func popFirst() -> DeviceOutput? {
        guard head < items.count else { return nil }
        defer {
            head += 1
            if head == items.count {
                items.removeAll(keepingCapacity: items.capacity <= Self.most)
                head = 0
            } else if head >= Self.most {
                items.removeFirst(head)
                head = 0
            }
            if count <= Self.most / 2 { isFull = false }
        }
        return items[head]
    }
}
