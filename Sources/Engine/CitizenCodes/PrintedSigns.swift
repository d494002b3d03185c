// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FieldLines
public import RatingModel

/// A sign that was made for print: its code counts until it is withdrawn.
public struct PrintedSign: Sendable, Hashable {
    /// The number in its code.
    public let nonce: CodeNonce
    /// The number of the key its code was made with.
    public let key: UInt8
    /// The window it is for; `nil` for the hall.
    public let window: WindowID?
    /// When it was made.
    public let madeAt: WallTime
    /// Who had it made, as the client said.
    public let user: String
    /// When it was withdrawn; `nil` for one that counts.
    public internal(set) var withdrawnAt: WallTime?

    /// Describes a sign.
    public init(
        nonce: CodeNonce, key: UInt8, window: WindowID?, madeAt: WallTime, user: String, withdrawnAt: WallTime? = nil
    ) {
        self.nonce = nonce
        self.key = key
        self.window = window
        self.madeAt = madeAt
        self.user = user
        self.withdrawnAt = withdrawnAt
    }

    /// What stands on the sign, so that a sign on a wall is found among those that were made: the first eight digits of
    /// ``nonce``.
    public var number: String { String(nonce.description.prefix(8)) }
}

/// The signs a gateway made, oldest first, so that a code on a wall can be traced and withdrawn. It is bounded.
///
/// The text form is a line of text a sign, `key=value` between tabs, values percent-encoded:
///
///     hallgate-code-signs 1
///     nonce=0123456789abcdef01234567 key=1 made=1780000000000 window=A01 user=wang withdrawn=1780000090000
///     end
public struct PrintedSigns: Sendable, Hashable {
    /// Most signs that are kept; of more the oldest that was withdrawn or whose key counts no more is forgotten.
    public static let most = 4096

    /// All signs, oldest first.
    public private(set) var all: [PrintedSign] = []

    /// Starts empty.
    public init() {}

    /// The codes that count no more.
    public var withdrawn: Set<CodeNonce> { Set(all.lazy.filter { $0.withdrawnAt != nil }.map(\.nonce)) }

    /// Keeps a new sign.
    ///
    /// A withdrawn sign is forgotten only together with its key: its code would count again. Throws
    /// `code.too-many-signs` where ``most`` are kept of keys that count.
    public mutating func add(_ sign: PrintedSign, keys: CodeKeys) throws(GatewayError) {
        if all.count >= Self.most {
            guard let old = all.firstIndex(where: { keys.key($0.key)?.counts(at: sign.madeAt) != true }) else {
                throw .tooManySigns
            }
            all.remove(at: old)
        }
        all.append(sign)
    }

    /// The one sign whose nonce begins with these digits, at least four.
    ///
    /// Throws `code.no-sign` where there is none, or more than one.
    public func sign(_ digits: String) throws(GatewayError) -> PrintedSign {
        let found = digits.utf8.count < 4 ? [] : all.filter { $0.nonce.description.hasPrefix(digits.lowercased()) }
        guard found.count == 1, let sign = found.first else { throw .noSign(digits, found.map(\.nonce)) }
        return sign
    }

    /// Withdraws a sign from that moment on; one that was withdrawn before stays as it is.
    public mutating func withdraw(_ nonce: CodeNonce, at now: WallTime) {
        for index in all.indices where all[index].nonce == nonce && all[index].withdrawnAt == nil {
            all[index].withdrawnAt = now
        }
    }
}

extension PrintedSigns {
    private static let header = "hallgate-code-signs 1"

    /// The signs as the text of a file.
    public var text: String {
        let lines = all.map { sign in
            let fields: [(String, String?)] = [
                ("nonce", "\(sign.nonce)"), ("key", "\(sign.key)"), ("made", "\(sign.madeAt.millisecondsSinceEpoch)"),
                ("window", sign.window?.value), ("user", sign.user),
                ("withdrawn", sign.withdrawnAt.map { "\($0.millisecondsSinceEpoch)" }),
            ]
            return fields.compactMap { key, value in value.map { "\(key)=\(FieldText.encoded($0))" } }
                .joined(separator: "\t")
        }
        return ([Self.header] + lines + ["end"]).joined(separator: "\n") + "\n"
    }

    /// Reads what ``text`` writes; throws `code.signs-unreadable` for anything else.
    public init(text: String) throws(GatewayError) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popFirst() == Self.header[...] else { throw .signsUnreadable("it is no list of signs") }
        guard lines.popLast() == "", lines.popLast() == "end" else { throw .signsUnreadable("it is cut off") }
        guard lines.count <= Self.most else { throw .signsUnreadable("it has \(lines.count) signs") }
        for (index, line) in lines.enumerated() {
            guard let sign = Self.sign(line) else { throw .signsUnreadable("line \(index + 2) is no sign") }
            all.append(sign)
        }
    }

    private static func sign(_ line: Substring) -> PrintedSign? {
        var fields: [Substring: String] = [:]
        for field in line.split(separator: "\t") {
            guard let equals = field.firstIndex(of: "=") else { return nil }
            let value = FieldText.decoded(field[field.index(after: equals)...])
            guard value.isWhole else { return nil }
            fields[field[..<equals]] = value.text
        }
        guard let nonce = fields["nonce"].flatMap({ CodeNonce($0) }), let key = fields["key"].flatMap({ UInt8($0) }),
            let made = fields["made"].flatMap({ Int64($0) }), let user = fields["user"]
        else { return nil }
        let withdrawn = fields["withdrawn"].map { Int64($0) }
        if case .some(.none) = withdrawn { return nil }
        return PrintedSign(
            nonce: nonce, key: key, window: fields["window"].map { WindowID($0) },
            madeAt: WallTime(millisecondsSinceEpoch: made), user: user,
            withdrawnAt: withdrawn.flatMap { $0 }.map { WallTime(millisecondsSinceEpoch: $0) })
    }
}
