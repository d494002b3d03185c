// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
import PadProtocol

extension NativePadDriver {
    /// Where the level stands in the body of a press: behind address, type, log, sequence, lifetime count, age, prompt
    /// and result (firmware-protocol.md section 2.3).
    private static let levelOffset = 2 + 8 + 4 + 4 + 4 + 4 + 1

    /// The gateway's own messages name a press by its place in the log, so all of them may be seen. Of a pad's, whole
    /// frames of the types that hold no level may, and a press up to its level; what follows it, the key, the
    /// checksum and whatever a newer version adds, would give the level away.
    public func masked(_ bytes: [UInt8], _ direction: TrafficRecord.Direction) -> [UInt8?] {
        Self.masked(bytes, direction)
    }

    fileprivate static func masked(_ bytes: [UInt8], _ direction: TrafficRecord.Direction) -> [UInt8?] {
        guard direction == .received else { return bytes }
        var shown = [UInt8?](repeating: nil, count: bytes.count)
        var start = bytes.startIndex
        for (index, byte) in bytes.enumerated() where byte == 0 {
            shown[index] = 0
            for (offset, byte) in Self.masked(frame: bytes[start..<index]).enumerated() { shown[start + offset] = byte }
            start = index + 1
        }
        return shown
    }

    /// A frame without its delimiters, masked; wholly so where it is cut, wrong, or of a type not known to be harmless.
    private static func masked(frame: ArraySlice<UInt8>) -> [UInt8?] {
        var decoder = FrameDecoder()
        for byte in frame { _ = decoder.push(byte) }
        guard frame.count <= ProtocolLimits.frameBytes, decoder.push(0) == .frame,
            let message = try? PadMessage(&decoder)
        else { return frame.map { _ in nil } }
        switch message {
        case .hello, .prompting, .health, .idle, .shown, .proof, .progress: return Array(frame)
        case .press, .provenPress: return maskedPress(Array(frame))
        // What was scanned can name a citizen's case.
        case .scanned: return frame.map { _ in nil }
        }
    }

    /// Stuffing puts one byte before the body and lets each code point to the next one, so byte n of the body is byte
    /// n + 1 here. A code that points to or past the level is masked with it: how far it reaches depends on the
    /// checksum.
    private static func maskedPress(_ frame: [UInt8]) -> [UInt8?] {
        let level = levelOffset + 1
        var shown: [UInt8?] = frame.enumerated().map { $0.offset < level ? $0.element : nil }
        var code = 0
        while code < min(level, frame.count) {
            let next = code + max(1, Int(frame[code]))
            if next >= level { shown[code] = nil }
            code = next
        }
        return shown
    }
}

extension NativeBusDriver {
    /// The frames of a bus are those of a line, with an address each.
    public func masked(_ bytes: [UInt8], _ direction: TrafficRecord.Direction) -> [UInt8?] {
        NativePadDriver.masked(bytes, direction)
    }
}

extension NativeReportDriver {
    /// Reports carry the stream of a line; their filling is what stands between frames there.
    public func masked(_ bytes: [UInt8], _ direction: TrafficRecord.Direction) -> [UInt8?] {
        NativePadDriver.masked(bytes, direction)
    }
}
