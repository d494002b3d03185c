// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

/// The program that makes a PDF of a page: weasyprint, a package of Debian that a gateway can do without.
struct PDFRenderer {
    /// The most of its complaints that is repeated, in bytes.
    private static let mostComplaint = 600

    let program: String

    /// Looks for it on the path; throws `qr.no-weasyprint` where it is not installed.
    static func find(path: String = getenv("PATH").map { String(cString: $0) } ?? "") throws(GatewayError)
        -> PDFRenderer
    {
        let places = path.split(separator: ":").map { "\($0)/weasyprint" }
        guard let program = places.first(where: { access($0, X_OK) == 0 }) else {
            throw GatewayError(
                "qr.no-weasyprint",
                LocalText("weasyprint is not installed, which makes the PDF", "未安装生成 PDF 所需的 weasyprint"),
                hint: LocalText(
                    "install it with 'apt install weasyprint fonts-noto-cjk', or print the sheet of --svg",
                    "请用 'apt install weasyprint fonts-noto-cjk' 安装，或改用 --svg 打印"))
        }
        return PDFRenderer(program: program)
    }

    /// Writes the page as PDF; throws `qr.pdf-failed` with the program's own words.
    func write(_ html: String, to path: String) throws(GatewayError) {
        let (page, complaints) = (Self.scratchFile(), Self.scratchFile())
        defer {
            close(page)
            close(complaints)
        }
        guard page >= 0, complaints >= 0, writeAll(html, to: page), lseek(page, 0, SEEK_SET) == 0 else {
            throw failure(String(cString: strerror(errno)))
        }
        let status = try run(["--quiet", "--encoding", "utf-8", "-", path], page, complaints)
        guard status == 0, access(path, R_OK) == 0 else {
            throw failure(Self.text(of: complaints) ?? "exit status \(status)")
        }
    }

    private func run(_ arguments: [String], _ input: Int32, _ output: Int32) throws(GatewayError) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child = pid_t()
        let reason = posix_spawn(&child, program, &actions, nil, &words, environ)
        guard reason == 0 else { throw failure(String(cString: strerror(reason))) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw failure(String(cString: strerror(errno))) }
        }
        return status
    }

    /// A file whose name is gone at once, open for reading and writing.
    private static func scratchFile() -> Int32 {
        let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var name = (directory + "/hallgate-XXXXXX").utf8CString.map { $0 }
        let descriptor = mkstemp(&name)
        if descriptor >= 0 {
            unlink(name)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        return descriptor
    }

    private static func text(of descriptor: Int32) -> String? {
        var bytes = [UInt8](repeating: 0, count: mostComplaint)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }

    private func failure(_ cause: String) -> GatewayError {
        GatewayError(
            "qr.pdf-failed", LocalText("\(program) made no PDF", "\(program) 未能生成 PDF"), cause: cause,
            hint: LocalText(
                "name a folder that exists and is yours, or print the sheet of --svg", "请指定存在且有写权限的目录，或改用 --svg 打印"))
    }
}
