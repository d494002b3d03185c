// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel
import Synchronization

/// A process that the lab started, ends and reaps; signals go to its id, and only while it is not reaped.
final class ChildProcess: Sendable {
    let pid: pid_t
    /// The write end of its standard input, where it has a pipe there.
    let input: Int32?
    /// The read end of its standard output, without blocking, where it has a pipe there.
    let output: Int32?
    private let status = Mutex<Int32?>(nil)

    /// Starts a program with its errors, and its output unless `hasPipes`, appended to a log file.
    ///
    /// Every descriptor of the lab closes on exec, so that no pad's line lives on in a child. The child gets a process
    /// group of its own: an interrupt at the terminal reaches the lab alone, which then ends its children in order.
    init(_ path: String, _ arguments: [String], log: String, hasPipes: Bool = false) throws(GatewayError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let pipes = hasPipes ? try ChildPipes() : nil
        if let pipes {
            posix_spawn_file_actions_adddup2(&actions, pipes.childInput, 0)
            posix_spawn_file_actions_adddup2(&actions, pipes.childOutput, 1)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        }
        posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var child: pid_t = 0
        let code = ChildProcess.spawn(&child, path, arguments, &actions)
        pipes?.closeChildEnds()
        guard code == 0 else {
            pipes?.closeOwnEnds()
            throw GatewayError(
                "lab.spawn", LocalText("\(path) could not be started", "无法启动 \(path)"),
                cause: String(cString: strerror(code)),
                hint: LocalText(
                    "hallgate and hallgate-lab must lie in one directory", "hallgate 与 hallgate-lab 须位于同一目录"))
        }
        pid = child
        input = pipes?.ownInput
        output = pipes?.ownOutput
    }

    deinit {
        if let input { close(input) }
        if let output { close(output) }
    }

    /// Sends a signal, unless the process is gone and reaped.
    func signal(_ number: Int32) {
        status.withLock { status in
            if status == nil { kill(pid, number) }
        }
    }

    /// The wait status once the process has ended; reaps it.
    func endStatus() -> Int32? {
        status.withLock { status in
            if status == nil {
                var code: Int32 = 0
                if waitpid(pid, &code, WNOHANG) == pid { status = code }
            }
            return status
        }
    }

    /// Waits for the end; `nil` where it has not ended within the time.
    func waitForEnd(within limit: Duration) async -> Int32? {
        let deadline = ContinuousClock.now + limit
        while true {
            if let code = endStatus() { return code }
            guard ContinuousClock.now < deadline, !Task.isCancelled else { return nil }
            try? await Task.sleep(for: .milliseconds(2))
        }
    }

    /// Kills the process and reaps it, whatever the task's state; a killed process is gone within moments.
    func end() {
        signal(SIGKILL)
        status.withLock { status in
            guard status == nil else { return }
            var code: Int32 = 0
            while waitpid(pid, &code, 0) < 0, errno == EINTR {}
            status = code
        }
    }

    private static func spawn(
        _ child: inout pid_t, _ path: String, _ arguments: [String], _ actions: inout posix_spawn_file_actions_t
    ) -> Int32 {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var all = sigset_t()
        sigfillset(&all)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let settings = childEnvironment().map { strdup($0) } + [nil]
        defer { for word in words + settings { free(word) } }
        return posix_spawn(&child, path, &actions, &attributes, words, settings)
    }

    /// The lab's environment without what systemd, if it started the lab, meant for the lab alone.
    private static func childEnvironment() -> [String] {
        var words: [String] = []
        var place = environ
        while let word = place.pointee {
            let text = String(cString: word)
            let isPrivate = ["NOTIFY_SOCKET=", "WATCHDOG_", "LISTEN_", "STATE_DIRECTORY="].contains {
                text.hasPrefix($0)
            }
            if !isPrivate { words.append(text) }
            place += 1
        }
        return words
    }
}

/// The two pipes of a child's standard input and output.
private struct ChildPipes {
    let childInput: Int32
    let ownInput: Int32
    let ownOutput: Int32
    let childOutput: Int32

    init() throws(GatewayError) {
        var input: [Int32] = [-1, -1]
        var output: [Int32] = [-1, -1]
        guard pipe(&input) == 0, pipe(&output) == 0 else {
            for descriptor in input where descriptor >= 0 { close(descriptor) }
            throw GatewayError(
                "lab.pipe", LocalText("no pipe could be made", "无法创建管道"), cause: String(cString: strerror(errno)),
                hint: LocalText("raise the limit of open files", "请提高打开文件数上限"))
        }
        for descriptor in input + output { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(output[0], F_SETFL, O_NONBLOCK)
        (childInput, ownInput, ownOutput, childOutput) = (input[0], input[1], output[0], output[1])
    }

    func closeChildEnds() {
        close(childInput)
        close(childOutput)
    }

    func closeOwnEnds() {
        close(ownInput)
        close(ownOutput)
    }
}
