// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A code for citizens, as it is shown.
public enum ShownCode: Sendable, Hashable {
    /// What a QR code is drawn from, mostly an address.
    case text(String)
    /// A picture that its region made, shown as it is.
    case image(CodeImage)

    /// What a QR code is drawn from; `nil` for a picture.
    public var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}

/// A picture of a code as a region made it, a PNG or a JPEG.
///
/// Its frame is read and its pixels are not: that it is whole, of which form, and how large. Whoever shows it decodes it,
/// in a process that has nothing to lose.
public struct CodeImage: Sendable, Hashable {
    /// The form of a picture, by its media type.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        /// Portable Network Graphics (ISO/IEC 15948).
        case png = "image/png"
        /// JPEG (ITU-T T.81).
        case jpeg = "image/jpeg"
    }

    /// Why bytes are no picture that is shown.
    public enum Flaw: Error, Sendable, Hashable {
        /// They are no Base64 where they should be.
        case notBase64
        /// There are more than ``CodeImage/mostBytes``.
        case tooManyBytes
        /// They begin as neither a PNG nor a JPEG does.
        case otherForm
        /// The picture breaks off, is damaged, or something stands behind it.
        case notWhole
        /// A side has fewer pixels than ``CodeImage/sides`` or more.
        case otherSize
    }

    /// Most bytes of a picture: a code of 1024 pixels a side takes a tenth of it.
    public static let mostBytes = 64 * 1024
    /// Pixels that a side may have: no QR code has less than 21 modules, and none needs more to be read.
    public static let sides = 21...1024

    /// The picture as it came.
    public let bytes: [UInt8]
    /// Its form.
    public let form: Form
    /// Its width, in pixels.
    public let width: Int
    /// Its height, in pixels.
    public let height: Int

    /// Takes a picture, once it is seen to be one.
    public init(_ bytes: [UInt8]) throws(Flaw) {
        guard bytes.count <= Self.mostBytes else { throw .tooManyBytes }
        let form: Form
        let size: (width: Int, height: Int)?
        if PNGFrame.begins(bytes) {
            (form, size) = (.png, PNGFrame.size(of: bytes))
        } else if JPEGFrame.begins(bytes) {
            (form, size) = (.jpeg, JPEGFrame.size(of: bytes))
        } else {
            throw .otherForm
        }
        guard let size else { throw .notWhole }
        guard Self.sides.contains(size.width), Self.sides.contains(size.height) else { throw .otherSize }
        (self.bytes, self.form, width, height) = (bytes, form, size.width, size.height)
    }

    /// Takes a picture in Base64, as JSON carries it: broken into lines or not, with `data:image/…;base64,` before it or
    /// not.
    public init(base64 text: String) throws(Flaw) {
        // As much more as line breaks after every 60 characters make, and the words before it.
        guard text.utf8.count <= Self.mostBytes / 3 * 4 / 60 * 62 + 64 else { throw .tooManyBytes }
        var letters = Array(text.utf8.filter { $0 > 0x20 })[...]
        if letters.starts(with: "data:image/".utf8), let comma = letters.firstIndex(of: UInt8(ascii: ",")) {
            letters = letters[(comma + 1)...]
        }
        guard let bytes = Base64.decode(letters) else { throw .notBase64 }
        try self.init(bytes)
    }

    /// The picture in Base64.
    public var base64: String { Base64.encode(bytes) }
}

extension CodeImage: Codable {
    /// Reads Base64.
    public init(from decoder: any Decoder) throws {
        try self.init(base64: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes Base64.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(base64)
    }
}
