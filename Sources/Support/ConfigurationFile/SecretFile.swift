// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

extension ValueKind where Value == String {
    /// The absolute path of a file the daemon can read and that is not empty, such as a certificate.
    public static var readableFile: ValueKind { file(isSecret: false) }

    /// The absolute path of a file with a secret; one that every user can read is questionable.
    ///
    /// Secrets are never written into a configuration, which people copy into tickets and mails.
    public static var secretFile: ValueKind { file(isSecret: true) }

    /// Largest file of certificates or secrets, in bytes.
    private static var fileBytes: Int { 1024 * 1024 }

    private static func file(isSecret: Bool) -> ValueKind {
        ValueKind { path, isQuoted in
            if case .wrong(let message, let hint) = absolutePath().reading(of: path, isQuoted: isQuoted) {
                return .wrong(message, hint: hint)
            }
            do {
                guard let bytes = try FileBytes.read(path, atMost: fileBytes + 1) else {
                    return .wrong(
                        LocalText("there is no file \(shortened(path))", "文件 \(shortened(path)) 不存在"),
                        hint: LocalText("put the file there, or correct the path", "请放置该文件，或更正路径"))
                }
                guard !bytes.isEmpty, bytes.count <= fileBytes else {
                    let (english, chinese) = bytes.isEmpty ? ("is empty", "为空") : ("is larger than 1 MiB", "超过 1 MiB")
                    return .wrong(
                        LocalText("\(shortened(path)) \(english)", "\(shortened(path)) \(chinese)"),
                        hint: LocalText("check whether this is the right file", "请确认文件是否正确"))
                }
            } catch {
                let words = (error as? FileError)?.words ?? "\(error)"
                return .wrong(
                    LocalText("\(shortened(path)) cannot be read: \(words)", "无法读取 \(shortened(path))：\(words)"),
                    hint: LocalText(
                        "let the daemon's user read it: chown root:hallgate and chmod 0640",
                        "请允许守护进程用户读取：chown root:hallgate 并 chmod 0640"))
            }
            guard isSecret, let mode = FileBytes.mode(of: path), mode & S_IROTH != 0 else { return .value(path) }
            return .questionable(
                path,
                LocalText("every user can read the secret in \(shortened(path))", "所有用户都能读取 \(shortened(path)) 中的密钥"),
                hint: LocalText("chmod 0640, and consider replacing the secret", "请执行 chmod 0640，并考虑更换密钥"))
        }
    }
}
