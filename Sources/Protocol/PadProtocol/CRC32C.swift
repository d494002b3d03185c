// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The checksum of a frame: CRC-32C, "CRC-32/ISCSI" in Cook's catalogue (firmware-protocol.md section 4.3).
///
/// Reflected polynomial 0x82F63B78, initial value and final exclusive-or 0xFFFFFFFF; of "123456789" it is 0xE3069283.
/// Two look-ups of four bits for each byte keep the table at 64 bytes of flash.
public struct CRC32C: Sendable {
    private var register: UInt32 = 0xFFFF_FFFF

    private static let table: InlineArray<16, UInt32> = [
        0x0000_0000, 0x105E_C76F, 0x20BD_8EDE, 0x30E3_49B1, 0x417B_1DBC, 0x5125_DAD3, 0x61C6_9362, 0x7198_540D,
        0x82F6_3B78, 0x92A8_FC17, 0xA24B_B5A6, 0xB215_72C9, 0xC38D_26C4, 0xD3D3_E1AB, 0xE330_A81A, 0xF36E_6F75,
    ]

    /// Starts a checksum.
    public init() {}

    /// Takes the next byte.
    public mutating func update(_ byte: UInt8) {
        register ^= UInt32(byte)
        register = register &>> 4 ^ CRC32C.table[Int(register & 0xF)]
        register = register &>> 4 ^ CRC32C.table[Int(register & 0xF)]
    }

    /// The checksum of the bytes so far.
    public var value: UInt32 { ~register }
}
