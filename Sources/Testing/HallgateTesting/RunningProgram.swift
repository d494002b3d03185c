// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import RatingModel
import Synchronization

/// A program of another maker's that runs beside a test as a peer: a broker, a receiver.
///
/// It is killed when the test's process ends, and by nobody else: it is known by its own process identifier.
public final class RunningProgram: Sendable {
    private let process: pid_t
    private let status = Mutex<Int32?>(nil)

    private static let running = Mutex<Set<pid_t>>([])
    private static let reaper: Void = {
        atexit { for process in RunningProgram.running.withLock({ $0 }) { kill(process, SIGKILL) } }
    }()

    /// Starts a program found on PATH; what it says is appended to a file, and it reads nothing unless `input` is given.
    public init(_ arguments: [String], output: String, input: Int32? = nil) throws(GatewayError) {
        _ = Self.reaper
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // The threads tests run on block signals, which a program would inherit and then not end by SIGTERM.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in argv { free(pointer) } }
        var started: pid_t = 0
        let failure = posix_spawnp(&started, arguments.first ?? "", &actions, &attributes, &argv, environ)
        guard failure == 0 else {
            throw GatewayError(
                "test.not-started", LocalText("\(arguments.first ?? "") could not be started", "无法启动程序"),
                cause: String(cString: strerror(failure)),
                hint: LocalText("install the packages that the Makefile names", "请安装 Makefile 中所列的软件包"))
        }
        process = started
        Self.running.withLock { [started] in _ = $0.insert(started) }
    }

    /// Sends a signal, if it still runs.
    public func signal(_ number: Int32) {
        status.withLock { status in
            if status == nil { _ = kill(process, number) }
        }
    }

    /// Sends a signal and waits for its end, for ten seconds before it is killed; answers the wait status.
    @discardableResult
    public func end(_ number: Int32) async -> Int32 {
        signal(number)
        for _ in 0..<2000 {
            if let ended = reaped() { return ended }
            try? await Task.sleep(for: .milliseconds(5))
        }
        signal(SIGKILL)
        while true {
            if let ended = reaped() { return ended }
            try? await Task.sleep(for: .milliseconds(5))
        }
    }

    /// The wait status, once it has ended.
    public func reaped() -> Int32? {
        status.withLock { status in
            if let status { return status }
            var code: Int32 = 0
            guard waitpid(process, &code, WNOHANG) == process else { return nil }
            status = code
            Self.running.withLock { _ = $0.remove(process) }
            return code
        }
    }
}

/// A directory under the tests' own temporary directory, for the files of a test; it goes with the process.
public enum TestDirectory {
    private static let made = Mutex<[String]>([])
    private static let remover: Void = {
        atexit {
            for directory in TestDirectory.made.withLock({ $0 }) { TestDirectory.remove(directory) }
        }
    }()

    private static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        guard let directory = opendir(path) else { return }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { remove(path + "/" + name) }
        }
        closedir(directory)
        rmdir(path)
    }

    /// Makes an empty one.
    public static func make(_ name: String) throws(GatewayError) -> String {
        _ = remover
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/hallgate-\(name)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw GatewayError(
                "test.directory", LocalText("no directory", "无法创建目录"), cause: String(cString: strerror(errno)),
                hint: LocalText("make room in TMPDIR", "请清理 TMPDIR"))
        }
        let directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        made.withLock { $0.append(directory) }
        return directory
    }
}

/// A port of this computer's loopback that nobody listened on a moment ago.
public func freeLoopbackPort() -> Int {
    let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(probe) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            _ = bind(probe, pointer, size)
            _ = getsockname(probe, pointer, &size)
        }
    }
    return Int(UInt16(bigEndian: address.sin_port))
}
