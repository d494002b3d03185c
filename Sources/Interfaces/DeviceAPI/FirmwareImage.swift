// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A firmware for devices of one maker, as the maker signed it; the gateway only carries it.
public struct FirmwareImage: Sendable, Hashable {
    /// Most bytes of an image: what the native protocol can carry.
    public static let mostBytes = 16 * 1024 * 1024

    /// A count that only rises from one release to the next.
    public let release: UInt32
    /// The version in the maker's words, at most 32 bytes.
    public let version: String
    /// The model it is for, in the words of the device; empty for any. Nothing but the device's own check is a proof.
    public let model: String
    /// SHA-256 of ``bytes``, 32 bytes.
    public let hash: [UInt8]
    /// The maker's signature, 64 bytes.
    public let signature: [UInt8]
    /// The image.
    public let bytes: [UInt8]

    /// Takes what the maker says; nothing is checked here.
    public init(
        release: UInt32, version: String, model: String, hash: [UInt8], signature: [UInt8], bytes: [UInt8]
    ) {
        self.release = release
        self.version = version
        self.model = model
        self.hash = hash
        self.signature = signature
        self.bytes = bytes
    }
}

/// How a firmware update goes on, as the device says.
public enum FirmwareProgress: Sendable, Hashable {
    /// So many bytes from the beginning are in the device's memory.
    case received(bytes: Int)
    /// All is there, and the device holds it for true.
    case verified
    /// The device restarts with it.
    case installing
    /// The operator took it back.
    case cancelled
    /// It came to nothing; the device goes on with the firmware it has.
    case refused(FirmwareRefusal)
}

/// Why a device was not updated.
public enum FirmwareRefusal: String, Sendable, Hashable, CaseIterable {
    /// The image has no room in the device.
    case tooLarge
    /// Its release is below the running one.
    case tooOld
    /// Hash or signature do not hold.
    case forged
    /// The device's memory could not be written.
    case memoryFailed
    /// The image is for another model than the device says it is.
    case otherModel
    /// The device is there and answers nothing to it: it knows no update.
    case unanswered
}
