// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import Cryptography
import Logging
import RatingModel

/// The keys and the printed signs of a running gateway: makes codes and opens them.
///
/// Both are kept in files of the journal's directory that no other user can read, `code-keys` and `code-signs`. The first
/// key is made when the first code is. A file that is there and cannot be read is left as it is: every call throws then,
/// since a fresh key would make waste paper of every sign on the walls.
actor CodeStore {
    /// Most bytes read of a file: as many signs as there may be, with every text at its limit.
    private static let mostBytes = 8 * 1024 * 1024

    private let keyFile: WholeFile
    private let signFile: WholeFile
    private let logger: Logger
    private var loaded: (keys: CodeKeys, signs: PrintedSigns)?
    private var current: CodeSealer?

    init(directory: String, logger: Logger) {
        keyFile = WholeFile(directory: directory, name: "code-keys")
        signFile = WholeFile(directory: directory, name: "code-signs")
        self.logger = logger
    }

    // MARK: Codes

    /// A code for a content under the current key; see ``CodeSealer/seal(_:)``.
    func seal(_ content: CodeContent, at now: WallTime) throws(GatewayError) -> String {
        try sealer(at: now).seal(content)
    }

    /// What a code holds; see ``CodeSealer/open(_:at:)``.
    func open(_ text: String, at now: WallTime) throws(GatewayError) -> CodeContent {
        try sealer(at: now).open(text, at: now)
    }

    /// A number for a new code.
    nonisolated func drawNonce() throws(GatewayError) -> CodeNonce {
        guard let nonce = CodeNonce(bytes: try Self.random(CodeNonce.byteCount)) else {
            throw CryptographyError.badLength("the nonce").forOperator
        }
        return nonce
    }

    /// Makes and opens codes as long as neither keys nor signs change.
    func sealer(at now: WallTime) throws(GatewayError) -> CodeSealer {
        if let current { return current }
        let (keys, signs) = try load(at: now)
        let sealer = CodeSealer(keys: keys, withdrawn: signs.withdrawn)
        current = sealer
        return sealer
    }

    /// Why no code can be made or opened, where files are there that cannot be read; it makes none.
    func fault(at now: WallTime) -> GatewayError? {
        guard loaded == nil, keyFile.exists else { return nil }
        do throws(GatewayError) {
            _ = try load(at: now)
            return nil
        } catch { return error }
    }

    // MARK: Keys and signs

    /// All keys, oldest first; without their secrets nobody can make a code of them.
    func keys(at now: WallTime) throws(GatewayError) -> CodeKeys { try load(at: now).keys }

    /// All signs, oldest first.
    func signs(at now: WallTime) throws(GatewayError) -> PrintedSigns { try load(at: now).signs }

    /// Makes codes with a new key from now on; earlier ones count until that moment, or on and on.
    ///
    /// `announce` hears the new key's number before the key counts; where it throws, nothing happened.
    func rotate(
        at now: WallTime, honouringEarlierUntil until: WallTime?,
        announce: @Sendable (UInt8) async throws(GatewayError) -> Void = { _ in }
    ) async throws(GatewayError) -> CodeKeys {
        let before = try load(at: now).keys
        var keys = before
        try keys.rotate(secret: try Self.random(CodeKeys.secretBytes), at: now, honouringEarlierUntil: until)
        try await announce(keys.current.id)
        // Another change may have come in between; it is not undone.
        guard try load(at: now).keys == before else { throw .codesChanged }
        try keep(keys)
        take(keys, try load(at: now).signs)
        return keys
    }

    /// Refuses the codes of an earlier key from now on.
    func revoke(key id: UInt8, at now: WallTime) throws(GatewayError) {
        var (keys, signs) = try load(at: now)
        try keys.revoke(id)
        try keep(keys)
        take(keys, signs)
    }

    /// Refuses the code of a sign from now on.
    func withdraw(_ nonce: CodeNonce, at now: WallTime) throws(GatewayError) {
        var (keys, signs) = try load(at: now)
        signs.withdraw(nonce, at: now)
        try keep(signs)
        take(keys, signs)
    }

    /// Makes the code of a sign and keeps that it was made; answers the code.
    func mint(_ sign: PrintedSign) throws(GatewayError) -> String {
        var (keys, signs) = try load(at: sign.madeAt)
        guard sign.key == keys.current.id else { throw .codesChanged }
        let code = try CodeSealer(keys: keys).seal(CodeContent(nonce: sign.nonce, window: sign.window))
        try signs.add(sign, keys: keys)
        try keep(signs)
        take(keys, signs)
        return code
    }

    // MARK: Files

    private func load(at now: WallTime) throws(GatewayError) -> (keys: CodeKeys, signs: PrintedSigns) {
        if let loaded { return loaded }
        let signs = try signFile.exists ? PrintedSigns(text: try text(of: signFile)) : PrintedSigns()
        let keys: CodeKeys
        if keyFile.exists {
            keys = try CodeKeys(text: try text(of: keyFile))
        } else {
            let number = try Self.random(4).reduce(0) { $0 << 8 | UInt32($1) }
            keys = try CodeKeys(
                gateway: GatewayNumber(number), secret: try Self.random(CodeKeys.secretBytes), at: now)
            try keep(keys)
            logger.notice("the first key for codes was made", metadata: ["path": "\(keyFile.path)"])
        }
        take(keys, signs)
        return (keys, signs)
    }

    private func take(_ keys: CodeKeys, _ signs: PrintedSigns) {
        loaded = (keys, signs)
        current = nil
    }

    private func text(of file: WholeFile) throws(GatewayError) -> String {
        guard let text = file.read(atMost: Self.mostBytes) else { throw .codesUnreadable(file.path) }
        return text
    }

    private func keep(_ keys: CodeKeys) throws(GatewayError) {
        if let reason = keyFile.replace(with: keys.text) { throw .codesNotKept(keyFile.path, reason) }
    }

    private func keep(_ signs: PrintedSigns) throws(GatewayError) {
        if let reason = signFile.replace(with: signs.text) { throw .codesNotKept(signFile.path, reason) }
    }

    private static func random(_ count: Int) throws(GatewayError) -> [UInt8] {
        do throws(CryptographyError) { return try SecureRandom.bytes(count) } catch { throw error.forOperator }
    }
}

extension GatewayError {
    fileprivate static func codesUnreadable(_ path: String) -> GatewayError {
        GatewayError(
            "code.keys-unreadable", LocalText("\(path) cannot be read", "无法读取 \(path)"),
            hint: LocalText(
                "give it back to the user that runs hallgate, mode 0600, or bring it back from a backup",
                "请将其属主改回运行 hallgate 的用户并设为 0600，或从备份恢复"))
    }

    fileprivate static let codesChanged = GatewayError(
        "code.changed", LocalText("somebody else changed the keys meanwhile", "期间密钥已被他人更改"),
        hint: LocalText("look at them and try again: hallgate qr ls", "请用 hallgate qr ls 查看后重试"))

    fileprivate static func codesNotKept(_ path: String, _ cause: String) -> GatewayError {
        GatewayError(
            "code.not-kept", LocalText("\(path) cannot be written", "无法写入 \(path)"), cause: cause,
            hint: LocalText("see that the disk has room and the directory is hallgate's", "请检查磁盘空间和目录属主"))
    }
}
