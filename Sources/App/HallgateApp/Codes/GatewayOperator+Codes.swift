// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import Logging
import OperatorAPI
import RatingModel

extension GatewayOperator {
    /// The longest an address may be before its code: a longer one makes a code that nobody reads from two metres.
    private static var mostPublicURLBytes: Int { 80 }
    /// Ten years.
    private static var mostOverlapSeconds: Int64 { 3650 * 86_400 }

    func codes() async throws(GatewayError) -> CodesReport {
        let now = gateway.clock.now().wall
        return CodesReport(
            keys: try await gateway.codes.keys(at: now), signs: try await gateway.codes.signs(at: now), at: now)
    }

    func mintSign(_ request: MintSignRequest) async throws(GatewayError) -> MintedSign {
        let user = try checked(request.user)
        let window = try request.window.map { id throws(GatewayError) in try self.window(id) }
        let settings = configuration.pages ?? PagesSettings()
        if request.publicURL == nil, settings.codeSource != .local { return try regionSign(at: window, settings) }
        let publicURL = try Self.publicURL(request.publicURL ?? settings.publicURL)
        let now = gateway.clock.now().wall
        let keys = try await gateway.codes.keys(at: now)
        let sign = PrintedSign(
            nonce: try gateway.codes.drawNonce(), key: keys.current.id, window: window?.id, madeAt: now, user: user)
        try await record([
            OperatorDecision(
                .signMinted, origin: .operatorSocket, user: user, window: sign.window, device: sign.device)
        ])
        let code = try await gateway.codes.mint(sign)
        logger.notice(
            "a sign was made for print",
            metadata: ["user": "\(user)", "sign": "\(sign.number)", "window": "\(request.window ?? "hall")"])
        return MintedSign(
            sign: CodesReport.Sign(sign, keys: keys, at: now), address: publicURL + "/r/" + code, publicURL: publicURL,
            window: request.window, hall: configuration.hall.name, windowName: window.map { $0.name }
        ).naming(settings.receiver)
    }

    /// The sign of a hall whose codes are the region's: nothing is made, and nothing in it is this gateway's to revoke.
    private func regionSign(
        at window: GatewayConfiguration.Window?, _ settings: PagesSettings
    ) throws(GatewayError) -> MintedSign {
        guard let text = RegionSign.text(for: window?.id, settings) else { throw .noRegionCode(window?.id) }
        return MintedSign(
            sign: nil, address: text, publicURL: RegionSign.origin(of: text), window: window?.id.value,
            hall: configuration.hall.name, windowName: window.map { $0.name }
        ).naming(settings.receiver)
    }

    func revokeCodes(_ request: RevokeCodesRequest) async throws(GatewayError) -> CodesReport {
        let user = try checked(request.user)
        let now = gateway.clock.now().wall
        let reason = request.reason.map { String($0.prefix(Limits.identifierBytes)) }
        switch (request.key, request.sign) {
        case (let key?, nil):
            // Tried on a copy, so that nothing is on record that cannot be done.
            var tried = try await gateway.codes.keys(at: now)
            try tried.revoke(key)
            try await record([
                OperatorDecision(
                    .codeKeyRevoked, origin: .operatorSocket, user: user, device: .codeKey(key), reason: reason)
            ])
            try await gateway.codes.revoke(key: key, at: now)
            await gateway.hall.board.renewCodes()
            logger.notice("a key of codes was revoked", metadata: ["user": "\(user)", "key": "\(key)"])
        case (nil, let digits?):
            let sign = try await gateway.codes.signs(at: now).sign(digits)
            try await record([
                OperatorDecision(
                    .signRevoked, origin: .operatorSocket, user: user, window: sign.window, device: sign.device,
                    reason: reason)
            ])
            try await gateway.codes.withdraw(sign.nonce, at: now)
            logger.notice("a sign was revoked", metadata: ["user": "\(user)", "sign": "\(sign.number)"])
        default: throw .revokeOneOfTwo
        }
        return try await codes()
    }

    func rotateCodes(_ request: RotateCodesRequest) async throws(GatewayError) -> CodesReport {
        let user = try checked(request.user)
        let now = gateway.clock.now().wall
        let until = request.overlapSeconds.map { seconds in
            WallTime(
                millisecondsSinceEpoch: now.millisecondsSinceEpoch + min(max(0, seconds), Self.mostOverlapSeconds)
                    * 1000)
        }
        let keys = try await gateway.codes.rotate(at: now, honouringEarlierUntil: until) {
            key async throws(GatewayError) in
            try await self.record([
                OperatorDecision(.codeKeyMade, origin: .operatorSocket, user: user, device: .codeKey(key))
            ])
        }
        await gateway.hall.board.renewCodes()
        logger.notice(
            "codes are made with another key", metadata: ["user": "\(user)", "key": "\(keys.current.id)"])
        return try await codes()
    }

    private func window(_ id: String) throws(GatewayError) -> GatewayConfiguration.Window {
        guard let window = configuration.windows.first(where: { $0.id.value == id }) else {
            throw GatewayError(
                "code.unknown-window", LocalText("there is no window '\(id)'", "没有窗口“\(id)”"),
                cause: configuration.windows.map(\.id.value).joined(separator: ", "),
                hint: LocalText("see 'windows' in the configuration", "请查看配置中的 'windows'"))
        }
        return window
    }

    /// An address without a path, as it stands before `/r/`.
    private static func publicURL(_ given: String?) throws(GatewayError) -> String {
        guard var text = given, !text.isEmpty else { throw .noPublicURL(nil) }
        while text.hasSuffix("/") { text.removeLast() }
        let host = ["https://", "http://"].first { text.hasPrefix($0) }.map { text.dropFirst($0.utf8.count) }
        let allowed = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-._~:/[]".utf8.contains(byte)
            }
        }
        guard let host, !host.isEmpty, !host.hasPrefix("/"), host.utf8.allSatisfy(allowed),
            text.utf8.count <= mostPublicURLBytes
        else { throw .noPublicURL(text) }
        return text
    }
}

extension PrintedSign {
    /// What decisions about it name.
    fileprivate var device: DeviceID { DeviceID("sign-\(nonce)") }
}

extension DeviceID {
    /// What decisions about a key of codes name.
    fileprivate static func codeKey(_ id: UInt8) -> DeviceID { DeviceID("code-key-\(id)") }
}

extension CodesReport {
    /// The keys and signs as operators see them.
    init(keys: CodeKeys, signs: PrintedSigns, at now: WallTime) {
        self.init(
            gateway: "\(keys.gateway)",
            keys: keys.all.map { key in
                Key(
                    id: key.id, madeAtMilliseconds: key.madeAt.millisecondsSinceEpoch,
                    honouredUntilMilliseconds: key.honouredUntil?.millisecondsSinceEpoch,
                    state: key.id == keys.current.id ? .current : State(key, at: now))
            }, signs: signs.all.map { Sign($0, keys: keys, at: now) })
    }
}

extension CodesReport.Sign {
    fileprivate init(_ sign: PrintedSign, keys: CodeKeys, at now: WallTime) {
        let key = keys.key(sign.key)
        self.init(
            number: sign.number, nonce: "\(sign.nonce)", key: sign.key, window: sign.window?.value,
            madeAtMilliseconds: sign.madeAt.millisecondsSinceEpoch, user: sign.user,
            state: sign.withdrawnAt != nil ? .revoked : key.map { CodesReport.State($0, at: now) } ?? .ended)
    }
}

extension CodesReport.State {
    fileprivate init(_ key: CodeKey, at now: WallTime) {
        self = key.isRevoked ? .revoked : key.counts(at: now) ? .counts : .ended
    }
}

extension GatewayError {
    fileprivate static let revokeOneOfTwo = GatewayError(
        "code.revoke-what", LocalText("either a key or a sign is revoked", "须指定一个密钥或一张标牌"),
        hint: LocalText("give --key or --sign", "请使用 --key 或 --sign"))

    fileprivate static func noPublicURL(_ given: String?) -> GatewayError {
        GatewayError(
            "code.no-address", LocalText("it is not known where phones find the pages", "未知手机访问页面的网址"),
            cause: given,
            hint: LocalText(
                "give --url https://HOST or set 'pages: {public_url: …}'; at most 80 characters",
                "请用 --url https://主机 指定，或设置 'pages: {public_url: …}'；最多 80 个字符"))
    }
}
