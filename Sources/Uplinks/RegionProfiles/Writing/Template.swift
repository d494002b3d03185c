// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A text with places for values, written `${token}` in a profile.
struct Template: Sendable, Hashable {
    /// Nothing.
    static let empty = Template(pieces: [])

    var pieces: [Piece]

    enum Piece: Sendable, Hashable {
        case text([UInt8])
        case slot(Slot)
    }

    /// What can be put in.
    enum Slot: Sendable, Hashable {
        /// The batch's records, as the shape says and sealed as the profile says.
        case records
        /// The signature over what the profile says is signed.
        case sign
        /// The ids of the ratings that are asked after, as the list of the form.
        case ids
        case project, service, date, after
        /// The window at which a case is served.
        case window
        case token
        /// When the call is made: in the profile's format, in seconds, in milliseconds since 1970.
        case now, seconds, milliseconds
        case site(String)
        case credential(String)
    }

    private static let words: [String: Slot] = [
        "records": .records, "sign": .sign, "ids": .ids, "project": .project, "service": .service, "date": .date,
        "after": .after, "window": .window, "token": .token, "now": .now, "seconds": .seconds,
        "milliseconds": .milliseconds,
    ]

    /// The words between the braces, for hints.
    static var known: [String] { words.keys.sorted() + ["site.NAME", "credential.NAME"] }

    init(pieces: [Piece]) { self.pieces = pieces }

    /// Reads `${…}`; throws the words between the braces where they are not known.
    init(reading text: String) throws(Mistake) {
        pieces = []
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            if start.lowerBound > rest.startIndex { pieces.append(.text(Array(rest[..<start.lowerBound].utf8))) }
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
                throw Mistake(word: String(rest[start.lowerBound...]))
            }
            let word = String(rest[start.upperBound..<end])
            guard let slot = Self.slot(word) else { throw Mistake(word: word) }
            pieces.append(.slot(slot))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { pieces.append(.text(Array(rest.utf8))) }
    }

    /// A place that is none.
    struct Mistake: Error { let word: String }

    private static func slot(_ word: String) -> Slot? {
        if let slot = words[word] { return slot }
        for (prefix, make) in [("site.", Slot.site), ("credential.", Slot.credential)]
        where word.hasPrefix(prefix) && word.count > prefix.count {
            return make(String(word.dropFirst(prefix.count)))
        }
        return nil
    }

    /// Whether a value has a place in it.
    func has(_ slot: Slot) -> Bool { pieces.contains(.slot(slot)) }

    /// What goes into a place.
    enum Value {
        /// As it is.
        case bytes([UInt8])
        /// Escaped for where it stands.
        case text(String)
        /// There is none.
        case absent
    }

    /// Writes the text with its values; `false`, with nothing written, where one is absent.
    func write<Failure: Error>(
        into out: inout [UInt8], as form: TextForm, _ value: (Slot) throws(Failure) -> Value
    ) throws(Failure) -> Bool {
        let start = out.count
        for piece in pieces {
            switch piece {
            case .text(let bytes): out.append(contentsOf: bytes)
            case .slot(let slot):
                switch try value(slot) {
                case .bytes(let bytes): out.append(contentsOf: bytes)
                case .text(let text):
                    let place = out.count
                    out.append(contentsOf: text.utf8)
                    form.escape(&out, from: place)
                case .absent:
                    out.removeSubrange(start...)
                    return false
                }
            }
        }
        return true
    }
}
