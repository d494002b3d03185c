// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI

extension KeyboardPadDriver {
    /// When something happened and of which kind it was; which key it is stands in the code, or in the value of the scan
    /// code before it. The end of a packet is shown whole.
    public func masked(_ bytes: [UInt8], _ direction: TrafficRecord.Direction) -> [UInt8?] {
        var shown = [UInt8?](repeating: nil, count: bytes.count)
        var start = 0
        while start + InputEvent.size <= bytes.count {
            guard let event = InputEvent(Array(bytes[start..<(start + InputEvent.size)])) else { break }
            let isHarmless = event.kind == InputEvent.Kind.synchronization
            for place in start..<(start + (isHarmless ? InputEvent.size : InputEvent.codeOffset)) {
                shown[place] = bytes[place]
            }
            start += InputEvent.size
        }
        return shown
    }
}
