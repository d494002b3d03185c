// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
public import RatingModel

/// A key that codes are sealed under. Its secret appears in no text but that of its file.
public struct CodeKey: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    /// Its number, which every code made with it carries.
    public let id: UInt8
    /// When it was made.
    public let madeAt: WallTime
    /// The first moment at which its codes count no more; `nil` where they go on counting.
    public internal(set) var honouredUntil: WallTime?
    /// Whether its codes are refused, however long they would have counted.
    public internal(set) var isRevoked: Bool
    let secret: [UInt8]

    public var description: String { "key \(id)" }
    /// The same: a key shows its secret to nobody.
    public var debugDescription: String { description }
}

/// The keys of a gateway: the one that codes are made with, and earlier ones whose codes still count.
///
/// The text form is a line of text a key, oldest first; the last one is the current one.
///
///     hallgate-code-keys 1
///     gateway 6f1c02aa
///     key 1 made 1780000000000 until 1787776000000 in-use 00112233…
///     key 2 made 1780000000000 until - in-use 8899aabb…
///     end
public struct CodeKeys: Sendable, Hashable {
    /// Length of a secret, in bytes.
    public static let secretBytes = AESGCM.keyBytes
    /// Most keys that are kept; the oldest that count no more are forgotten first.
    public static let most = 64

    /// The gateway they belong to.
    public let gateway: GatewayNumber
    /// All keys, oldest first.
    public private(set) var all: [CodeKey]

    /// Starts with a first key; its secret comes from a generator that nobody can foresee.
    public init(gateway: GatewayNumber, secret: [UInt8], at now: WallTime) throws(GatewayError) {
        self.gateway = gateway
        all = [try Self.make(1, secret, now)]
    }

    /// The key that codes are made with.
    public var current: CodeKey { all[all.count - 1] }

    /// The key of that number.
    public func key(_ id: UInt8) -> CodeKey? { all.last { $0.id == id } }

    /// Makes codes with a new key from now on. Codes made with earlier keys count until the given moment, or go on
    /// counting where that is `nil`; a key that was to end earlier still does.
    ///
    /// Throws `code.key-refused` where ``most`` keys still count.
    public mutating func rotate(
        secret: [UInt8], at now: WallTime, honouringEarlierUntil until: WallTime?
    ) throws(GatewayError) {
        var kept = all
        if kept.count >= Self.most {
            guard let ended = kept.dropLast().firstIndex(where: { !$0.counts(at: now) }) else {
                throw .codeKeyRefused(
                    LocalText("\(Self.most) keys are in use, which is the most", "在用密钥已达上限 \(Self.most) 个"),
                    hint: LocalText(
                        "revoke keys whose signs hang nowhere any more: hallgate qr revoke --key N",
                        "请停用已无标牌使用的密钥：hallgate qr revoke --key 编号"))
            }
            kept.remove(at: ended)
        }
        var id = current.id &+ 1
        while kept.contains(where: { $0.id == id }) { id &+= 1 }
        let fresh = try Self.make(id, secret, now)
        if let until {
            for index in kept.indices { kept[index].honouredUntil = min(kept[index].honouredUntil ?? until, until) }
        }
        all = kept + [fresh]
    }

    /// Refuses every code made with an earlier key from now on.
    ///
    /// Throws `code.key-refused` for the current key, which has to be followed by another first, and for one that is not
    /// there.
    public mutating func revoke(_ id: UInt8) throws(GatewayError) {
        guard id != current.id else {
            throw .codeKeyRefused(
                LocalText("key \(id) is the one codes are made with", "密钥 \(id) 正在用于生成二维码"),
                hint: LocalText("make another one first: hallgate qr rotate", "请先生成新密钥：hallgate qr rotate"))
        }
        guard let index = all.firstIndex(where: { $0.id == id }) else {
            throw .codeKeyRefused(
                LocalText("there is no key \(id)", "没有密钥 \(id)"),
                hint: LocalText("hallgate qr ls shows them all", "可用 hallgate qr ls 查看全部密钥"))
        }
        all[index].isRevoked = true
    }

    private static func make(_ id: UInt8, _ secret: [UInt8], _ now: WallTime) throws(GatewayError) -> CodeKey {
        guard secret.count == secretBytes else { throw CryptographyError.badLength("the key").forOperator }
        return CodeKey(id: id, madeAt: now, honouredUntil: nil, isRevoked: false, secret: secret)
    }

    fileprivate init(gateway: GatewayNumber, all: [CodeKey]) {
        self.gateway = gateway
        self.all = all
    }
}

extension CodeKey {
    /// Whether codes made with it still count.
    public func counts(at now: WallTime) -> Bool { !isRevoked && honouredUntil.map { now < $0 } ?? true }
}

extension CodeKeys {
    private static let header = "hallgate-code-keys 1"

    /// Everything, secrets included: for a file that nobody else can read.
    public var text: String {
        let lines = all.map { key in
            let until = key.honouredUntil.map { "\($0.millisecondsSinceEpoch)" } ?? "-"
            let state = key.isRevoked ? "revoked" : "in-use"
            let secret = HexText.text(key.secret)
            return "key \(key.id) made \(key.madeAt.millisecondsSinceEpoch) until \(until) \(state) \(secret)"
        }
        return ([Self.header, "gateway \(gateway)"] + lines + ["end"]).joined(separator: "\n") + "\n"
    }

    /// Reads what ``text`` writes; throws `code.keys-unreadable` for anything else.
    public init(text: String) throws(GatewayError) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popFirst() == Self.header[...] else { throw .codeKeysUnreadable("it is no file of keys") }
        guard let second = lines.popFirst(), second.hasPrefix("gateway "), second.utf8.count == 16,
            let number = HexText.bytes(second.dropFirst(8))
        else { throw .codeKeysUnreadable("line 2 names no gateway") }
        guard lines.popLast() == "", lines.popLast() == "end" else { throw .codeKeysUnreadable("it is cut off") }
        var keys: [CodeKey] = []
        for (index, line) in lines.enumerated() {
            guard let key = Self.key(line), !keys.contains(where: { $0.id == key.id }) else {
                throw .codeKeysUnreadable("line \(index + 3) is no key")
            }
            keys.append(key)
        }
        guard let last = keys.last, !last.isRevoked, keys.count <= Self.most else {
            throw .codeKeysUnreadable("it has \(keys.count) keys, of which the last one must be in use")
        }
        self.init(gateway: GatewayNumber(number.reduce(0) { $0 << 8 | UInt32($1) }), all: keys)
    }

    private static func key(_ line: Substring) -> CodeKey? {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 8, words[0] == "key", words[2] == "made", words[4] == "until",
            let id = UInt8(words[1]), let made = Int64(words[3]), let secret = HexText.bytes(words[7]),
            secret.count == secretBytes, words[6] == "in-use" || words[6] == "revoked"
        else { return nil }
        let until = Int64(words[5])
        guard until != nil || words[5] == "-" else { return nil }
        return CodeKey(
            id: id, madeAt: WallTime(millisecondsSinceEpoch: made),
            honouredUntil: until.map { WallTime(millisecondsSinceEpoch: $0) }, isRevoked: words[6] == "revoked",
            secret: secret)
    }
}
