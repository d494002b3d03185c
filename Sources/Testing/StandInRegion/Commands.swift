// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

/// Runs a command found on PATH with its output in a file, and waits for it; answers the exit status, 128 + n for signal n.
func runCommand(
    _ name: String, _ arguments: [String], output: String
) throws(GatewayError) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var argv: [UnsafeMutablePointer<CChar>?] = ([name] + arguments).map { strdup($0) } + [nil]
    defer { for pointer in argv { free(pointer) } }
    var pid: pid_t = 0
    let failure = posix_spawnp(&pid, name, &actions, nil, &argv, nil)
    guard failure == 0 else {
        throw GatewayError(
            "command.not-started", LocalText("The command \(name) could not be started", "无法启动命令 \(name)"),
            cause: String(cString: strerror(failure)), hint: LocalText("install \(name)", "请安装 \(name)"))
    }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
}

/// Writes a small file for its owner alone, in place of what was there.
func writeFile(_ path: String, _ text: String) throws(GatewayError) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    defer { if file >= 0 { close(file) } }
    let bytes = Array(text.utf8)
    guard file >= 0, write(file, bytes, bytes.count) == bytes.count else {
        throw GatewayError(
            "file.not-written", LocalText("The file \(path) could not be written", "无法写入文件 \(path)"),
            cause: String(cString: strerror(errno)),
            hint: LocalText("check the directory's permissions and the free space", "请检查目录权限和可用空间"))
    }
}
