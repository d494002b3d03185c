// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import Glibc
public import RatingModel

/// Writes a stanza into a file of its own beside the configuration, which the daemon reads with it.
public enum DropIn {
    /// Writes `<configuration>.d/<name>.yaml` and answers its path.
    ///
    /// Nothing is overwritten, and nothing stays that the configuration as a whole would be refused with: throws then,
    /// with the mistakes as the cause.
    public static func write(
        _ stanza: DeviceStanza, name: String, beside configuration: String
    ) throws(GatewayError) -> String {
        let before = GatewayConfiguration.read(file: configuration)
        let directory = configuration + ".d"
        let path = "\(directory)/\(fileName(name)).yaml"
        mkdir(directory, 0o755)
        try PlainFile.create(path, with: "# Written by hallgate devices.\n" + stanza.yaml, mode: 0o640)
        let after = GatewayConfiguration.read(file: configuration)
        let known = Set(before.diagnostics)
        let mistakes = after.diagnostics.filter { $0.severity == .error && !known.contains($0) }
        guard mistakes.isEmpty else {
            unlink(path)
            throw GatewayError(
                "devices.not-accepted",
                LocalText("the configuration would not be accepted with it", "加入后配置将不被接受"),
                cause: mistakes.map(\.description).joined(separator: "\n"),
                hint: LocalText("mend that first; nothing was written", "请先改正；未写入任何内容"))
        }
        return path
    }

    /// A name as part of a file's name: letters, digits and dashes.
    static func fileName(_ name: String) -> String {
        let last = name.split(separator: "/").last ?? "device"
        let kept = last.unicodeScalars.map { scalar -> Character in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? Character(scalar) : "-"
        }
        let text = String(kept.prefix(64)).drop { $0 == "-" }
        return "50-device-" + (text.isEmpty ? "unnamed" : text)
    }
}

/// Creates small files with plain system calls.
public enum PlainFile {
    /// Creates a file that is not there yet, with the mode from its first moment on, and syncs it.
    public static func create(_ path: String, with text: String, mode: UInt32) throws(GatewayError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard fchmod(descriptor, mode) == 0, Glibc.write(descriptor, bytes, bytes.count) == bytes.count,
            fsync(descriptor) == 0
        else {
            let reason = errno
            unlink(path)
            throw failure(path, reason)
        }
    }

    private static func failure(_ path: String, _ reason: Int32) -> GatewayError {
        let isThere = reason == EEXIST
        return GatewayError(
            "devices.not-written", LocalText("\(path) cannot be written", "无法写入 \(path)"),
            cause: String(cString: strerror(reason)),
            hint: isThere
                ? LocalText("look at it and remove it first; nothing is overwritten", "请查看并先删除该文件；不会覆盖任何内容")
                : LocalText("run it as a user who may write there, such as with sudo", "请以有写权限的用户运行，例如使用 sudo"))
    }
}
