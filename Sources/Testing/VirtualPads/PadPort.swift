// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// The pad's end of its line: the master of a pseudo-terminal whose other end stands under a stable link.
///
/// The port also keeps the other end open. So a gateway that dies leaves the line silent, as a serial line is, rather
/// than hung up; closing the master hangs the line up for everybody, which is what pulling the plug does.
struct PadPort: ~Copyable {
    /// Readable and writable without blocking.
    let master: Int32
    private let farEnd: Int32
    private let link: String
    /// The terminal's own path, such as `/dev/pts/7`.
    let terminal: String

    /// Opens a new pseudo-terminal, raw from its first byte, and puts the link to it in place in one step.
    init(link: String) throws(PadError) {
        var name = [CChar](repeating: 0, count: 128)
        let master = hallgate_open_pty(&name, name.count)
        guard master >= 0 else { throw .system("posix_openpt", -master) }
        let terminal = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let farEnd = open(terminal, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard farEnd >= 0 else {
            close(master)
            throw .system("open \(terminal)", errno)
        }
        do throws(PadError) {
            try PadPort.makeRaw(farEnd)
            try PadPort.place(link: link, to: terminal)
        } catch {
            close(master)
            close(farEnd)
            throw error
        }
        self.master = master
        self.farEnd = farEnd
        self.link = link
        self.terminal = terminal
    }

    /// Pulls the plug.
    deinit {
        unlink(link)
        close(farEnd)
        close(master)
    }

    /// Writes what the line takes now; what it does not take is gone, as on a line nobody reads.
    ///
    /// Returns how many bytes were lost.
    func send(_ bytes: [UInt8]) -> Int {
        let count = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
        return bytes.count - max(0, count)
    }

    /// Reads what has come in; empty where there is nothing.
    func receive() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(master, &buffer, buffer.count)
        return count > 0 ? Array(buffer.prefix(count)) : []
    }

    /// Takes back the exclusive mode that a gateway set and a SIGKILL kept it from clearing.
    ///
    /// On a real line the kernel forgets it with the last close; here the port holds the terminal open.
    func clearExclusive() { _ = ioctl(farEnd, UInt(TIOCNXCL)) }

    private static func makeRaw(_ farEnd: Int32) throws(PadError) {
        var settings = termios()
        guard tcgetattr(farEnd, &settings) == 0 else { throw .system("tcgetattr", errno) }
        cfmakeraw(&settings)
        guard tcsetattr(farEnd, TCSANOW, &settings) == 0 else { throw .system("tcsetattr", errno) }
    }

    /// Renaming over the old link leaves no moment without one.
    private static func place(link: String, to terminal: String) throws(PadError) {
        let fresh = "\(link).new"
        unlink(fresh)
        guard symlink(terminal, fresh) == 0 else { throw .system("symlink \(fresh)", errno) }
        guard rename(fresh, link) == 0 else { throw .system("rename \(link)", errno) }
    }
}
