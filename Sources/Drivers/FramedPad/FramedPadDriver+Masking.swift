// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI

extension FramedPadDriver {
    /// What the description says every frame has: start, length, end, and what tells a press. The rest may be the level
    /// or follow from it, for little is known of such a pad; so may every answer. Only frames with a start and a checksum show
    /// anything, since without one a stretch that begins inside a frame could be read with a shift.
    public func masked(_ bytes: [UInt8], _ direction: TrafficRecord.Direction) -> [UInt8?] {
        var shown = [UInt8?](repeating: nil, count: bytes.count)
        guard direction == .received, description.checksum != nil, description.start.contains(where: { $0 != nil })
        else {
            return shown
        }
        var start = 0
        while start < bytes.count {
            let rest = Array(bytes[start...].prefix(FrameDescription.mostBytes))
            guard case .frame(let count) = description.verdict(on: rest) else {
                start += 1
                continue
            }
            for place in description.constants(in: count) where start + place < bytes.count {
                shown[start + place] = bytes[start + place]
            }
            start += count
        }
        return shown
    }
}

extension FrameDescription {
    /// The places of a frame of so many bytes that every frame fills alike, or that say how long it is or whose.
    fileprivate func constants(in count: Int) -> Set<Int> {
        var places = Set(start.indices.filter { start[$0] != nil }).union((count - end.count)..<count)
        if case .byte(let rule) = length { places.formUnion([rule.at] + (rule.repeatedAt.map { [$0] } ?? [])) }
        if let index = address?.index(in: count) { places.insert(index) }
        // Every press fulfils these, whatever its level.
        for condition in press?.when ?? [] where condition.isEqual {
            if let index = condition.place.index(in: count) { places.insert(index) }
        }
        if let value = press?.value.index(in: count) { places.remove(value) }
        if let checksum, let place = checksum.place.index(in: count) {
            places.subtract(place..<(place + checksum.kind.width))
        }
        return places
    }
}
