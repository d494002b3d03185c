// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

/// A record of a pad's memory file.
///
/// On disk: one byte of kind, one byte of payload length, the payload (integers little-endian), and the CRC-32
/// (ISO-HDLC, the one of zlib) of all that came before in this record. Records only ever follow one another; a record
/// that is cut short or fails its CRC ends the file, because the power was cut while it was written.
enum PadMemoryRecord: Hashable {
    /// The log was created: the pad's name and its random number.
    case created(device: String, log: UInt64)
    /// A press was made. It is in the file before its first byte is on the wire.
    case pressed(StoredPress)
    /// The gateway acknowledged a press of a log.
    case acknowledged(log: UInt64, sequence: UInt32)

    /// Bytes besides the payload.
    static let overhead = 6

    var bytes: [UInt8] {
        var payload: [UInt8] = []
        let kind: UInt8
        switch self {
        case .created(let device, let log):
            kind = 1
            payload.append(littleEndian: log)
            payload += device.utf8.prefix(128)
        case .pressed(let press):
            kind = 2
            payload.append(littleEndian: press.log)
            payload.append(littleEndian: press.sequence)
            payload.append(littleEndian: press.lifetimeCount)
            payload += [press.result.rawValue, press.level, press.key]
            payload.append(littleEndian: press.prompt)
            payload.append(littleEndian: press.wallMilliseconds)
        case .acknowledged(let log, let sequence):
            kind = 3
            payload.append(littleEndian: log)
            payload.append(littleEndian: sequence)
        }
        var record = [kind, UInt8(truncatingIfNeeded: payload.count)] + payload
        record.append(littleEndian: CRC32.of(record))
        return record
    }

    /// Reads one record from the front; `nil` where it is torn, damaged or of no known kind.
    static func read(_ bytes: ArraySlice<UInt8>) -> (record: PadMemoryRecord, length: Int)? {
        var reader = LittleEndianReader(bytes)
        guard let kind = reader.byte(), let length = reader.byte() else { return nil }
        let total = Int(length) + overhead
        guard bytes.count >= total else { return nil }
        var check = LittleEndianReader(bytes.dropFirst(total - 4))
        guard check.integer(UInt32.self) == CRC32.of(bytes.prefix(total - 4)) else { return nil }
        guard let record = decode(kind, payload: bytes.dropFirst(2).prefix(Int(length))) else { return nil }
        return (record, total)
    }

    private static func decode(_ kind: UInt8, payload: ArraySlice<UInt8>) -> PadMemoryRecord? {
        var reader = LittleEndianReader(payload)
        guard let log = reader.integer(UInt64.self) else { return nil }
        switch kind {
        case 1:
            return .created(device: String(decoding: reader.rest, as: UTF8.self), log: log)
        case 2:
            guard let sequence = reader.integer(UInt32.self), let lifetime = reader.integer(UInt32.self),
                let result = reader.byte().flatMap(PressResult.init(rawValue:)), let level = reader.byte(),
                let key = reader.byte(), let prompt = reader.integer(UInt32.self),
                let wall = reader.integer(Int64.self)
            else { return nil }
            return .pressed(
                StoredPress(
                    log: log, sequence: sequence, lifetimeCount: lifetime, result: result, level: level, key: key,
                    prompt: prompt, wallMilliseconds: wall))
        case 3:
            guard let sequence = reader.integer(UInt32.self) else { return nil }
            return .acknowledged(log: log, sequence: sequence)
        default:
            return nil
        }
    }
}
