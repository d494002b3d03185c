// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

/// The small files and the one line of complaint that a region's command needs.
enum SmallFile {
    /// Writes a file so that whoever waits for it never sees half of it.
    static func replace(_ path: String, with text: String) throws(GatewayError) {
        let draft = path + ".new"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        defer { if file >= 0 { close(file) } }
        let bytes = Array(text.utf8)
        guard file >= 0, write(file, bytes, bytes.count) == bytes.count, rename(draft, path) == 0 else {
            throw failure("region.port-file", "written", "写入", path)
        }
    }

    /// The first line of a token file, without blanks around it.
    static func token(in path: String) throws(GatewayError) -> String {
        let line = try bytes(of: path).prefix { $0 != UInt8(ascii: "\n") }
        let token = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined()
        guard !token.isEmpty else {
            throw GatewayError(
                "region.token-file", LocalText("The token file \(path) is empty", "令牌文件 \(path) 为空"),
                hint: LocalText("write the token into its first line", "请将令牌写入文件第一行"))
        }
        return token
    }

    /// The first 4 KiB of a file with a token or a key.
    static func bytes(of path: String) throws(GatewayError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure("region.token-file", "read", "读取", path) }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        return Array(buffer.prefix(max(0, read(file, &buffer, buffer.count))))
    }

    /// Puts an error on standard error, in the operator's language.
    static func complain(_ error: GatewayError) {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        let locale = names.compactMap { name in getenv(name).map { String(cString: $0) } }.first { !$0.isEmpty } ?? "C"
        let cause = error.cause.map { ": \($0)" } ?? ""
        let line = "\(error.code): \(error.message.text(for: locale))\(cause) (\(error.hint.text(for: locale)))\n"
        _ = write(STDERR_FILENO, line, line.utf8.count)
    }

    private static func failure(_ code: String, _ verb: String, _ chinese: String, _ path: String) -> GatewayError {
        GatewayError(
            code, LocalText("The file \(path) could not be \(verb)", "无法\(chinese)文件 \(path)"),
            cause: String(cString: strerror(errno)),
            hint: LocalText("check the path and its permissions", "请检查路径及其权限"))
    }
}
