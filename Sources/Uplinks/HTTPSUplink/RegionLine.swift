// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// The line to a region: what its profile says is called with the token in force, and with a limit on all it can cost.
struct RegionLine: Sendable {
    /// Longest answer to a batch or a question about one; 500 ratings answered with 300 bytes each are well below it.
    static let mostAnswerBytes = 1 << 20
    /// Longest answer to a question whose answer is a list of the region's: a day's holdings, a page of notices.
    static let mostListBytes = 16 << 20

    let carrier: CallCarrier
    private let coding: any RegionCoding
    private let credentials: [String: String]
    private let fixedToken: String?
    private let tokens: TokenKeeper?

    init(
        _ carrier: CallCarrier, coding: any RegionCoding, credentials: UplinkCredentials
    ) throws(GatewayError) {
        self.carrier = carrier
        self.coding = coding
        self.credentials = credentials.named
        fixedToken = credentials.token
        let named = credentials.named
        let clock = carrier.clock
        let access = RegionAccess(credentials: named, now: clock.now().wall)
        guard try coding.call(asking: .token, access: access) != nil else {
            tokens = nil
            return
        }
        tokens = TokenKeeper(now: { clock.now().monotonic }) { () throws(ExchangeFailure) in
            do throws(ExchangeFailure) {
                return try await Self.freshToken(carrier, coding, named)
            } catch { throw error.ofTheTokenCall }
        }
    }

    /// Makes a call, and where the region does not admit the token, once more with a fresh one; `nil` where there is
    /// no such call. What it answers has whatever status it came with.
    func reply(
        atMost bytes: Int = mostAnswerBytes, to make: (RegionAccess) throws(GatewayError) -> RegionCall?
    ) async throws(ExchangeFailure) -> RegionReply? {
        let access = try await access(insteadOf: nil)
        guard let reply = try await carry(access, atMost: bytes, make) else { return nil }
        guard reply.status == 401, tokens != nil, let refused = access.token else { return reply }
        return try await carry(self.access(insteadOf: refused), atMost: bytes, make)
    }

    /// Asks; `nil` where the region's interface has no such call.
    func ask(_ question: RegionQuestion) async throws(ExchangeFailure) -> RegionReply? {
        let bytes =
            switch question {
            case .holdings, .notices: Self.mostListBytes
            case .token, .alive, .outcomes, .fileCase, .lookUpCase, .isRated, .code: Self.mostAnswerBytes
            }
        return try await reply(atMost: bytes) { access throws(GatewayError) in
            try coding.call(asking: question, access: access)
        }
    }

    /// The token in force, or the one of the site's file; the first call had it, so nothing is sent for it now.
    var bearer: String? {
        get async throws(ExchangeFailure) { try await access(insteadOf: nil).token }
    }

    private func carry(
        _ access: RegionAccess, atMost bytes: Int, _ make: (RegionAccess) throws(GatewayError) -> RegionCall?
    ) async throws(ExchangeFailure) -> RegionReply? {
        let call: RegionCall?
        do throws(GatewayError) { call = try make(access) } catch {
            throw ExchangeFailure(error, mayHaveArrived: false)
        }
        guard let call else { return nil }
        return try await carrier.run(call, atMost: bytes)
    }

    private func access(insteadOf refused: String?) async throws(ExchangeFailure) -> RegionAccess {
        let token = if let tokens { try await tokens.token(insteadOf: refused) } else { fixedToken }
        return RegionAccess(token: token, credentials: credentials, now: carrier.clock.now().wall)
    }

    private static func freshToken(
        _ carrier: CallCarrier, _ coding: any RegionCoding, _ credentials: [String: String]
    ) async throws(ExchangeFailure) -> RegionToken {
        let access = RegionAccess(credentials: credentials, now: carrier.clock.now().wall)
        let call: RegionCall?
        do throws(GatewayError) { call = try coding.call(asking: .token, access: access) } catch {
            throw ExchangeFailure(error, mayHaveArrived: false)
        }
        guard let call else { throw ExchangeFailure(.noSuchCall, mayHaveArrived: false) }
        let reply = try await carrier.run(call, atMost: mostAnswerBytes)
        if let failure = ExchangeFailure(status: reply) { throw failure }
        do throws(GatewayError) { return try coding.token(in: reply) } catch {
            throw ExchangeFailure(error, mayHaveArrived: false)
        }
    }
}

extension GatewayError {
    static let noSuchCall = GatewayError(
        "uplink.no-such-call", LocalText("the region's profile has no such call", "该上级配置没有此接口"),
        hint: LocalText("choose a profile whose region offers it", "请选用提供此接口的上级配置"))
}

extension ExchangeFailure {
    /// The same failure, said to have befallen the call for a token: no rating was sent.
    fileprivate var ofTheTokenCall: ExchangeFailure {
        let cause = "the call for a token" + (error.cause.map { ": \($0)" } ?? "")
        return ExchangeFailure(
            GatewayError(error.code, error.message, cause: cause, hint: error.hint), mayHaveArrived: false,
            retryAfter: retryAfter)
    }
}
