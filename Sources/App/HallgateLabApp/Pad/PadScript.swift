// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import PadSession
import VirtualPads

/// What can be done with a simulated pad.
enum PadScript: Hashable {
    case press(UInt8)
    case unplug
    case plug
    case quit

    /// Reads a line of a script, or a key typed at a terminal.
    init?(_ text: String) {
        let words = text.split(separator: " ")
        switch (words.first, words.dropFirst().first, words.count) {
        case ("press", let number?, 2): self.init(key: UInt8(number))
        case (let number?, nil, 1) where UInt8(number) != nil: self.init(key: UInt8(number))
        case ("unplug", nil, 1), ("u", nil, 1): self = .unplug
        case ("plug", nil, 1), ("p", nil, 1): self = .plug
        case ("quit", nil, 1), ("q", nil, 1): self = .quit
        default: return nil
        }
    }

    private init?(key: UInt8?) {
        guard let key, (1...5).contains(key) else { return nil }
        self = .press(key)
    }
}

extension PadNotice {
    /// What somebody beside the pad would notice; the same whichever key was pressed.
    var line: String? {
        switch self {
        case .pluggedIn(let terminal): "plugged in at \(terminal)"
        case .unplugged: "unplugged"
        case .prompted(let number): "prompt \(number): 请对本次服务评价"
        case .promptCleared: "prompt cleared"
        case .pressed(let sequence): "pressed, kept as \(sequence)"
        case .signalled(.thanks): "thanks: 谢谢"
        case .signalled(.fault): "fault"
        case .signalled(.kept): "kept for later"
        case .signalled(.logFull): "log full"
        case .signalled(.paused): "paused"
        case .signalled(.pressed): nil
        case .acknowledged(let sequence, _, _): "acknowledged \(sequence)"
        case .blinked: "blinks"
        }
    }
}

/// Words from the standard input: lines, or single keys.
struct CommandInput {
    let byKey: Bool
    private var unread: [UInt8] = []
    private var isAtEnd = false

    init(byKey: Bool) { self.byKey = byKey }

    /// The next word; `nil` at the end, or when the task is cancelled.
    mutating func next() async -> String? {
        while !Task.isCancelled {
            if let word = takeWord() {
                if !word.isEmpty { return word }
                continue
            }
            if isAtEnd { return nil }
            var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard Glibc.poll(&poll, 1, 0) > 0 else {
                try? await Task.sleep(for: .milliseconds(10))
                continue
            }
            var buffer = [UInt8](repeating: 0, count: 256)
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count > 0 { unread += buffer.prefix(count) } else { isAtEnd = true }
        }
        return nil
    }

    private mutating func takeWord() -> String? {
        if byKey { return unread.isEmpty ? nil : String(decoding: [unread.removeFirst()], as: UTF8.self) }
        guard
            let end = unread.firstIndex(of: UInt8(ascii: "\n")) ?? (isAtEnd && !unread.isEmpty ? unread.endIndex : nil)
        else { return nil }
        let word = String(decoding: unread[..<end], as: UTF8.self)
        unread.removeSubrange(..<min(unread.count, end + 1))
        return word
    }
}

/// A keyboard whose keys arrive one by one and unseen, until it is put back.
struct KeyboardMode {
    private var before = termios()

    init?() {
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
        var mode = before
        mode.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &mode)
    }

    func restore() {
        var mode = before
        tcsetattr(STDIN_FILENO, TCSANOW, &mode)
    }
}

/// Writes a text to standard output, whole and at once.
func writeOutput(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
}
