// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// What a process has used, by the kernel's account.
struct ProcessUse: Hashable {
    /// Processor time of all its threads, in seconds.
    var processor = 0.0
    /// When it was looked at, in seconds.
    var at = 0.0
    /// Memory that is there, in bytes; files it maps among it.
    var resident = 0
    /// Memory of its own that is there, in bytes.
    var anonymous = 0

    /// Looks at a process now; zeros where there is none.
    init(pid: pid_t) {
        let now = ContinuousClock.now
        at = ProcessUse.start.duration(to: now).inSeconds
        if let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) {
            processor = ProcessUse.ticks(inStat: text) / Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
        }
        if let text = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8) {
            resident = ProcessUse.kibibytes("VmRSS", inStatus: text) * 1024
            anonymous = ProcessUse.kibibytes("RssAnon", inStatus: text) * 1024
        }
    }

    /// The share of one processor used since an earlier look, 1 being all of it, and the seconds between.
    func since(_ earlier: ProcessUse) -> (processor: Double, seconds: Double) {
        (processor - earlier.processor, at - earlier.at)
    }

    private static let start = ContinuousClock.now

    /// User and system time, the 14th and 15th field; the name before them may hold spaces and parentheses.
    static func ticks(inStat text: String) -> Double {
        guard let end = text.lastIndex(of: ")") else { return 0 }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return user + system
    }

    static func kibibytes(_ name: String, inStatus text: String) -> Int {
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
}

/// What a single writer gets of the disk.
enum DiskLimit {
    /// Appends 512 bytes and waits for fdatasync, as often as a daemon does that commits now and then: disk and
    /// processors have rested before each. The times in microseconds.
    static func microseconds(in directory: String, rounds: Int, every pause: Duration) async -> [UInt32] {
        let descriptor = open("\(directory)/limit", O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        let bytes = [UInt8](repeating: 0x5A, count: 512)
        var times: [UInt32] = []
        for _ in 0..<rounds {
            try? await Task.sleep(for: pause)
            let start = ContinuousClock.now
            _ = write(descriptor, bytes, bytes.count)
            fdatasync(descriptor)
            times.append(UInt32(clamping: start.duration(to: .now).components.attoseconds / 1_000_000_000_000))
        }
        return times
    }
}
