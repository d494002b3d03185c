// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import PadParts
public import PadProtocol

/// What the boot code of virtual pads knows: which firmware they came with, and whose images they take.
public struct PadBoot: Sendable {
    /// The count of the release they came with.
    public var release: UInt32
    /// The version they came with.
    public var version: String
    /// How large an image can be, in bytes.
    public var capacity: UInt32
    /// Whether hash and signature of an image hold.
    public var isGenuine: @Sendable (UpdateOffer, [UInt8]) -> Bool

    /// Takes the statements.
    public init(
        release: UInt32 = 1, version: String = "1.0.0", capacity: UInt32 = 1 << 20,
        isGenuine: @escaping @Sendable (UpdateOffer, [UInt8]) -> Bool
    ) {
        self.release = release
        self.version = version
        self.capacity = capacity
        self.isGenuine = isGenuine
    }
}

/// The memory of a virtual pad for a new firmware: files beside its log, which outlive a power cut.
struct PadFirmware: FirmwareMemory {
    private let boot: PadBoot
    private let path: String
    private var image: [UInt8] = []
    private var offer: UpdateOffer?
    private(set) var runningRelease: UInt32
    private(set) var version: String
    /// Whether the boot code is to start a new image.
    private(set) var isRestartDue = false

    var capacity: UInt32 { boot.capacity }
    var kept: (offer: UpdateOffer, bytes: UInt32)? { offer.map { ($0, UInt32(clamping: image.count)) } }

    /// Reads what is there, or starts with what the pad came with.
    init(_ boot: PadBoot, path: String) {
        self.boot = boot
        self.path = path
        let running = Self.read(path + ".running").map { String(decoding: $0, as: UTF8.self) } ?? ""
        let words = running.split(separator: " ", maxSplits: 1)
        runningRelease = words.first.flatMap { UInt32($0) } ?? boot.release
        version = words.count == 2 ? String(words[1]) : boot.version
        var decoder = FrameDecoder()
        for byte in Self.read(path + ".offer") ?? [] where decoder.push(byte) == .frame {
            guard case .offer(let offer)? = try? UpdateMessage(&decoder) else { continue }
            self.offer = offer
            image = Self.read(path + ".image") ?? []
        }
    }

    mutating func begin(_ offer: UpdateOffer) -> Bool {
        forget()
        guard Self.write(UpdateMessage.offer(offer).encoded(), to: path + ".offer", O_TRUNC) else { return false }
        self.offer = offer
        return true
    }

    mutating func append(_ bytes: [UInt8]) -> Bool {
        guard Self.write(bytes, to: path + ".image", O_APPEND) else { return false }
        image += bytes
        return true
    }

    func isGenuine() -> Bool { offer.map { boot.isGenuine($0, image) } ?? false }

    mutating func forget() {
        unlink(path + ".offer")
        unlink(path + ".image")
        offer = nil
        image = []
    }

    mutating func install() {
        // The boot code looks once more before it switches.
        guard let offer, isGenuine() else { return }
        version = String(decoding: offer.version, as: UTF8.self)
        runningRelease = offer.release
        _ = Self.write(Array("\(runningRelease) \(version)".utf8), to: path + ".running", O_TRUNC)
        forget()
        isRestartDue = true
    }

    mutating func restarted() { isRestartDue = false }

    private static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while case let count = Glibc.read(descriptor, &buffer, buffer.count), count > 0 {
            bytes += buffer.prefix(count)
        }
        return bytes
    }

    private static func write(_ bytes: [UInt8], to path: String, _ flags: Int32) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return Glibc.write(descriptor, bytes, bytes.count) == bytes.count
    }
}
