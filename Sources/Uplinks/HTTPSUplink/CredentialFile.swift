// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

/// A small file that is read whole: a certificate, a key, a token.
enum CredentialFile {
    /// Larger files are none of these.
    static let mostBytes = 1 << 20

    /// What begins the name of a credential that systemd hands over, in place of a path (`LoadCredential=`).
    static let ofSystemd = "credential:"

    static func read(_ name: String) throws(GatewayError) -> [UInt8] {
        let path = try path(name)
        guard let file = fopen(path, "re") else {
            throw unreadable(path, String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: mostBytes + 1)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else { throw unreadable(path, String(cString: strerror(errno))) }
        guard count <= mostBytes else { throw unreadable(path, "larger than 1 MiB") }
        return Array(bytes.prefix(count))
    }

    /// The file a configured name stands for: itself, or a credential in the directory that systemd made for this run.
    private static func path(_ name: String) throws(GatewayError) -> String {
        guard name.hasPrefix(ofSystemd) else { return name }
        let credential = name.dropFirst(ofSystemd.count)
        guard let directory = getenv("CREDENTIALS_DIRECTORY"), isCredentialName(credential) else {
            throw GatewayError(
                "uplink.credential", LocalText("there is no \(name)", "没有凭据 \(name)"),
                hint: LocalText(
                    "hand it over in a drop-in of the unit: LoadCredential=\(credential):/path/of/its/file",
                    "请在单元的 drop-in 中给出：LoadCredential=\(credential):/文件路径"))
        }
        return String(cString: directory) + "/" + credential
    }

    /// Whether systemd takes it as the name of a credential, so that it stays within its directory.
    static func isCredentialName(_ name: some StringProtocol) -> Bool {
        !name.isEmpty && name.utf8.count <= 255 && name != "." && name != ".."
            && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ":") }
    }

    /// A secret of the site: the first line of its file.
    static func secret(_ path: String) throws(GatewayError) -> String {
        let line = try read(path).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard !line.isEmpty, let text = String(validating: line, as: UTF8.self) else {
            throw GatewayError(
                "uplink.credential", LocalText("\(path) holds no text", "\(path) 中没有文本"),
                hint: LocalText(
                    "write what the region gave you as the only line of the file", "请将上级系统发放的内容写成该文件的唯一一行"))
        }
        return text
    }

    /// A bearer token: the first line of its file, of characters that can stand in a header (RFC 6750 section 2.1).
    static func token(_ path: String) throws(GatewayError) -> String {
        let bytes = try read(path)
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard !line.isEmpty, line.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw GatewayError(
                "uplink.token", LocalText("\(path) holds no token", "\(path) 中没有令牌"),
                hint: LocalText(
                    "write the token the region gave you as the only line of the file", "请将上级系统发放的令牌写成该文件的唯一一行"))
        }
        return String(decoding: line, as: UTF8.self)
    }

    private static func unreadable(_ path: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.file-unreadable", LocalText("\(path) cannot be read", "无法读取 \(path)"), cause: cause,
            hint: LocalText(
                "correct the path, or give the user that runs hallgate the right to read the file",
                "请更正路径，或授予运行 hallgate 的用户读取权限"))
    }
}
