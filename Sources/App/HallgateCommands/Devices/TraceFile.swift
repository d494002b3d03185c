// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

/// A trace on disk that only its owner reads, of whole lines at every moment, whatever ends the recording.
final class TraceFile {
    /// Whether the limit was reached; nothing was written beyond it.
    private(set) var isFull = false
    private let path: String
    private let limit: Int
    private let descriptor: Int32
    private var size = 0

    /// Creates the file, which must not be there.
    convenience init(_ path: String, atMost limit: Int) throws(GatewayError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        self.init(descriptor, path, atMost: limit)
    }

    /// Takes over a descriptor.
    init(_ descriptor: Int32, _ path: String, atMost limit: Int) {
        self.descriptor = descriptor
        self.path = path
        self.limit = limit
    }

    deinit { close(descriptor) }

    /// Appends whole lines; answers whether there is room for more.
    ///
    /// Throws where they cannot be written, such as on a full disk; what was written of them is taken back.
    @discardableResult
    func append(_ lines: String) throws(GatewayError) -> Bool {
        var kept = lines.utf8[...]
        if size + kept.count > limit {
            isFull = true
            kept = kept.prefix(limit - size)
            while let last = kept.last, last != 0x0A { kept = kept.dropLast() }
        }
        var rest = Array(kept)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let reason = errno
                ftruncate(descriptor, off_t(size))
                throw Self.failure(path, reason)
            }
            rest = rest.dropFirst(count)
        }
        size += kept.count
        return !isFull
    }

    private static func failure(_ path: String, _ reason: Int32) -> GatewayError {
        let hint =
            switch reason {
            case EEXIST: LocalText("choose another name; nothing is overwritten", "请换一个文件名；不会覆盖任何内容")
            case ENOSPC, EDQUOT:
                LocalText("make room; what was recorded before is whole in the file", "请腾出空间；此前录制的内容在文件中完整")
            default: LocalText("name a file in a directory that you may write to", "请指定您有写权限的目录中的文件")
            }
        return GatewayError(
            "record.not-written", LocalText("\(path) cannot be written", "无法写入 \(path)"),
            cause: String(cString: strerror(reason)), hint: hint)
    }
}
