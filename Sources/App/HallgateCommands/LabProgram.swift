// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

/// The executable `hallgate-lab`, found as git finds its helpers, and run in this process's place.
struct LabProgram {
    /// Where to look, in order: beside this executable, in its `libexec`, on the path.
    let candidates: [String]

    /// The places for the running executable and its environment.
    static var fromEnvironment: LabProgram {
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &bytes, bytes.count)
        let executable = String(decoding: bytes.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return LabProgram(executable: executable, path: getenv("PATH").map { String(cString: $0) } ?? "")
    }

    /// The places for an executable and a search path.
    init(executable: String, path: String) {
        let directory = executable.lastIndex(of: "/").map { String(executable[..<$0]) }
        let near = directory.map { [$0, $0 + "/../libexec/hallgate"] } ?? []
        // An empty part of the path means the current directory, which is nobody's place for a helper.
        candidates = (near + path.split(separator: ":").map(String.init)).map { $0 + "/hallgate-lab" }
    }

    /// Becomes the program; returns only where that fails, with the reason.
    func replaceProcess(with arguments: [String]) -> GatewayError {
        guard let program = candidates.first(where: { access($0, X_OK) == 0 }) else {
            return GatewayError(
                "lab.missing", LocalText("hallgate-lab is not installed", "未安装 hallgate-lab"),
                hint: LocalText(
                    "install it with 'apt install hallgate-lab'; a hall does not need it",
                    "请用 'apt install hallgate-lab' 安装；大厅运行不需要它"))
        }
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        execv(program, &words)
        let reason = String(cString: strerror(errno))
        for word in words { free(word) }
        return GatewayError(
            "lab.cannot-run", LocalText("\(program) cannot be run", "无法运行 \(program)"), cause: reason,
            hint: LocalText("install the package hallgate-lab anew", "请重新安装软件包 hallgate-lab"))
    }
}
