// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI
import RatingModel

/// Firmware files on their way from operators, piece by piece; two at most, and none for longer than it is of use.
struct FirmwareUploads: Sendable {
    /// Most files kept.
    static let most = 2
    /// How long a file is kept after its last piece or use.
    static let life = Duration.seconds(600)

    private struct Upload: Sendable {
        let name: String
        let size: Int
        var bytes: [UInt8] = []
        var usedAt: MonotonicInstant
    }

    private var uploads: [Upload] = []

    /// Takes a piece; answers how many bytes are there. A piece that begins at 0 begins the file anew, one that was
    /// taken before changes nothing.
    mutating func take(
        _ piece: [UInt8], of name: String, size: Int, at offset: Int, now: MonotonicInstant
    ) throws(GatewayError) -> Int {
        forgetOld(at: now)
        guard !piece.isEmpty, piece.count <= UploadRequest.mostBytes, (1...FirmwareFile.mostBytes).contains(size) else {
            throw .notFirmware("a file has at most \(FirmwareFile.mostBytes) bytes")
        }
        if offset == 0 {
            uploads.removeAll { $0.name == name }
            if uploads.count == Self.most { uploads.removeFirst() }
            uploads.append(Upload(name: name, size: size, usedAt: now))
        }
        guard let index = uploads.firstIndex(where: { $0.name == name && $0.size == size }) else {
            throw .uploadBroken("nothing of the file is there")
        }
        guard offset == uploads[index].bytes.count, piece.count <= size - offset else {
            throw .uploadBroken("\(uploads[index].bytes.count) bytes of \(size) are there")
        }
        uploads[index].bytes += piece
        uploads[index].usedAt = now
        return uploads[index].bytes.count
    }

    /// The file, once it is whole; it stays for the next device.
    mutating func file(_ name: String, now: MonotonicInstant) throws(GatewayError) -> FirmwareFile {
        forgetOld(at: now)
        guard let index = uploads.firstIndex(where: { $0.name == name }) else {
            throw .uploadBroken("nothing of the file is there")
        }
        let (bytes, size) = (uploads[index].bytes, uploads[index].size)
        guard bytes.count == size else { throw .uploadBroken("\(bytes.count) bytes of \(size) are there") }
        guard try FirmwareFile.name(of: bytes) == name else { throw .uploadBroken("it was altered on the way") }
        uploads[index].usedAt = now
        return try FirmwareFile(bytes)
    }

    private mutating func forgetOld(at now: MonotonicInstant) {
        uploads.removeAll { $0.usedAt.duration(to: now) > Self.life }
    }
}
