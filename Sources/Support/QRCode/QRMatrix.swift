// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CQRencode
import Glibc
public import RatingModel

/// A QR code (ISO/IEC 18004) as dark and light modules, without the quiet zone around it.
public struct QRMatrix: Sendable, Hashable {
    /// How much of a symbol may be dirty or covered before it cannot be read.
    public enum Correction: String, Sendable, Hashable, CaseIterable {
        /// About 7 %.
        case low
        /// About 15 %: for screens.
        case medium
        /// About 25 %: for paper that hangs for years.
        case quartile
        /// About 30 %.
        case high

        fileprivate var level: QRecLevel {
            switch self {
            case .low: QR_ECLEVEL_L
            case .medium: QR_ECLEVEL_M
            case .quartile: QR_ECLEVEL_Q
            case .high: QR_ECLEVEL_H
            }
        }
    }

    /// Longest text, in bytes of UTF-8: what still fits the largest symbol at the highest correction.
    public static let mostBytes = 1273

    /// Modules a side: 21 to 177, by fours.
    public let size: Int
    /// Row by row, true where dark.
    private let modules: [Bool]

    /// Encodes a text in the smallest symbol that takes it.
    ///
    /// Throws `qr.empty`, `qr.too-long` beyond ``mostBytes``, `qr.unwritable` for a text with a NUL and where the library
    /// fails.
    public init(text: String, correction: Correction = .medium) throws(GatewayError) {
        guard !text.isEmpty else { throw .qrEmpty }
        guard text.utf8.count <= Self.mostBytes else { throw .qrTooLong(text.utf8.count) }
        guard !text.utf8.contains(0) else { throw .qrUnwritable("NUL") }
        guard let code = QRcode_encodeString(text, 0, correction.level, QR_MODE_8, 1) else {
            throw .qrUnwritable(String(cString: strerror(errno)))
        }
        defer { QRcode_free(code) }
        let size = Int(code.pointee.width)
        guard let data = code.pointee.data, size > 0 else { throw .qrUnwritable("no symbol") }
        self.size = size
        // Only the lowest bit is the module; the others say what it is part of.
        modules = UnsafeBufferPointer(start: data, count: size * size).map { $0 & 1 == 1 }
    }

    /// Whether a module is dark; what lies outside is light.
    public subscript(column: Int, row: Int) -> Bool {
        guard (0..<size).contains(column), (0..<size).contains(row) else { return false }
        return modules[row * size + column]
    }

    /// The version of the symbol (1 to 40), which says how fine it is.
    public var version: Int { (size - 17) / 4 }
}

extension GatewayError {
    fileprivate static let qrEmpty = GatewayError(
        "qr.empty", LocalText("there is nothing to encode as a QR code", "没有可编码为二维码的内容"),
        hint: LocalText("give a text or an address", "请提供文本或网址"))

    fileprivate static func qrTooLong(_ count: Int) -> GatewayError {
        GatewayError(
            "qr.too-long", LocalText("a text of \(count) bytes is too long for a QR code", "内容共 \(count) 字节，超出二维码容量"),
            hint: LocalText(
                "\(QRMatrix.mostBytes) bytes fit; a shorter address also makes a code that is read from further away",
                "最多 \(QRMatrix.mostBytes) 字节；网址越短，可识读的距离越远"))
    }

    fileprivate static func qrUnwritable(_ cause: String) -> GatewayError {
        GatewayError(
            "qr.unwritable", LocalText("the text cannot be made a QR code", "无法生成二维码"), cause: cause,
            hint: LocalText("look for unusual characters in the address", "请检查网址中是否有异常字符"))
    }
}
