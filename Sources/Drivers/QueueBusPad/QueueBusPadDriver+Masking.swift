// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI

extension QueueBusPadDriver {
    /// The keys of a call panel whose code is no level: those that have a meaning.
    private static let harmlessKeys: Set<UInt8> = [0x0B, 0x0C, 0x0D, 0x0F, 0x12, 0x13]

    /// Of a rating, and of what starts or acknowledges one, everything but the value and the sum it is part of; of a key
    /// that is not known likewise, for the echo of an acknowledgement looks like one. What is no whole frame is masked.
    public func masked(_ bytes: [UInt8], _ direction: TrafficRecord.Direction) -> [UInt8?] {
        var shown = [UInt8?](repeating: nil, count: bytes.count)
        var start = 0
        while start < bytes.count {
            guard let size = Self.frameSize(bytes[start...]) else {
                start += 1
                continue
            }
            let (function, data) = (bytes[start + 6], (start + 7)..<(start + size - 2))
            for place in start..<data.lowerBound { shown[place] = bytes[place] }
            shown[start + size - 1] = bytes[start + size - 1]
            if Self.isHarmless(function, Array(bytes[data]), direction) {
                for place in data.lowerBound..<(start + size - 1) { shown[place] = bytes[place] }
            }
            start += size
        }
        return shown
    }

    private static func isHarmless(
        _ function: UInt8, _ data: [UInt8], _ direction: TrafficRecord.Direction
    ) -> Bool {
        switch function {
        case QueueBusFrame.Function.rating, QueueBusFrame.Function.start: false
        case QueueBusFrame.Function.figures,
            QueueBusFrame.Function.beep where direction == .sent:
            true
        default: data.count == 1 && data.allSatisfy(harmlessKeys.contains)
        }
    }

    /// The bytes of the whole frame that these begin with; `nil` where they begin with none.
    private static func frameSize(_ bytes: ArraySlice<UInt8>) -> Int? {
        let bytes = Array(bytes.prefix(Int(QueueBusFrame.lengths.upperBound) + QueueBusFrame.overhead))
        guard bytes.count > QueueBusFrame.overhead, bytes[0] == QueueBusFrame.prefix, bytes[1] == QueueBusFrame.head,
            QueueBusFrame.lengths.contains(bytes[2]), bytes[3] == bytes[2], bytes[4] == QueueBusFrame.head
        else { return nil }
        let size = Int(bytes[2]) + QueueBusFrame.overhead
        guard bytes.count >= size, bytes[size - 1] == QueueBusFrame.end,
            QueueBusFrame.checksum(bytes[5..<(size - 2)]) == bytes[size - 2]
        else { return nil }
        return size
    }
}
