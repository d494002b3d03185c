// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A moment of the windows as it is kept: what they were doing, and up to which record of the journal it holds.
public struct KeptSessions: Sendable, Hashable {
    /// Every record up to this one is in what is kept; those behind it are to be read from the journal.
    public var through: JournalSequence
    /// When it was kept.
    public var keptAt: CaptureTime
    /// What the windows were doing.
    public var sessions: SessionMemory
    /// What the integrity of the windows is judged from.
    public var watch: IntegrityMemory

    private static let header = "hallgate-sessions 1"

    /// Takes the parts.
    public init(
        through: JournalSequence, keptAt: CaptureTime, sessions: SessionMemory, watch: IntegrityMemory
    ) {
        self.through = through
        self.keptAt = keptAt
        self.sessions = sessions
        self.watch = watch
    }

    /// The text it is kept as, a line for each thing; the last one holds a checksum over all before it.
    public var text: String {
        var kept = FieldLine("kept")
        kept.put("through", through)
        kept.put("at", keptAt)
        let lines = [Self.header, kept.text] + (sessions.lines + watch.lines).map(\.text)
        let body = lines.joined(separator: "\n") + "\n"
        return body + Self.ending(of: body[...]) + "\n"
    }

    /// Reads what ``text`` wrote; `nil` for anything else, because half a memory would be a wrong one.
    public init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, lines.last == "", lines.first == Self.header[...] else { return nil }
        let end = lines[lines.count - 2]
        guard end == Self.ending(of: text[..<end.startIndex])[...], let kept = FieldLine(reading: lines[1]),
            kept.kind == "kept", let through = kept.number("through", as: JournalSequence.self),
            let keptAt = kept.time("at")
        else { return nil }
        self.init(through: through, keptAt: keptAt, sessions: SessionMemory(), watch: IntegrityMemory())
        for line in lines[2..<(lines.count - 2)] {
            guard let line = FieldLine(reading: line), sessions.take(line) || watch.take(line) else { return nil }
        }
    }

    /// FNV-1a over 64 bits (Fowler, Noll, Vo): it tells a file that was cut or overwritten, and guards against no one.
    private static func ending(of body: Substring) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in body.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3 }
        return "end \(String(hash, radix: 16))"
    }
}

/// The last moment at which the gateway was seen alive, as a short text.
public struct AliveMark: Sendable, Hashable {
    /// The moment.
    public var at: CaptureTime

    /// Takes the moment.
    public init(at: CaptureTime) { self.at = at }

    /// The text it is kept as: one line.
    public var text: String {
        var line = FieldLine("alive")
        line.put("at", at)
        return line.text + "\n"
    }

    /// Reads what ``text`` wrote, also where the rest of a longer one stands behind it.
    public init?(text: String) {
        guard let end = text.firstIndex(of: "\n"), let line = FieldLine(reading: text[..<end]), line.kind == "alive",
            let at = line.time("at")
        else { return nil }
        self.at = at
    }

    /// When the gateway was last alive, given when its memory was kept: a mark of another boot says nothing of it.
    public static func last(keptAt: CaptureTime, mark: AliveMark?) -> CaptureTime {
        guard let mark, mark.at.boot == keptAt.boot, mark.at.monotonic > keptAt.monotonic else { return keptAt }
        return mark.at
    }
}
