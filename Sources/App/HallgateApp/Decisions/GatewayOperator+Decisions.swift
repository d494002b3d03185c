// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import OperatorAPI
import RatingModel

extension GatewayOperator {
    /// How many decisions the status and a device's page show.
    private static var shownDecisions: Int { 5 }
    /// How far back a device's own are looked for.
    private static var searchedDecisions: Int { 500 }

    /// Puts decisions into the chain; throws where they are not on disk, and then nothing may follow from them.
    func record(_ decisions: [OperatorDecision]) async throws(GatewayError) {
        var rest = decisions[...]
        while !rest.isEmpty {
            let outcomes = try await gateway.journal.record(
                rest.prefix(Limits.groupCommitRecords).map { draft($0).record })
            for case .failed(let error) in outcomes { throw error }
            rest = rest.dropFirst(Limits.groupCommitRecords)
        }
    }

    /// A decision with an id and a time.
    func draft(_ decision: OperatorDecision) -> DecisionDraft {
        let now = gateway.clock.now()
        return DecisionDraft(id: PressReception.mintID(at: now), decision: decision, recordedAt: now)
    }

    /// A user's name as it may stand in the chain.
    func checked(_ user: String) throws(GatewayError) -> String {
        guard user.contains(where: { !$0.isWhitespace }), user.utf8.count <= Limits.identifierBytes * 4 else {
            throw GatewayError(
                "operator.unnamed", LocalText("nobody is named who decides this", "未说明由谁决定"),
                hint: LocalText("give a name of at most 512 bytes, it is recorded", "请提供不超过 512 字节的用户名，用户名会记录在案"))
        }
        return user
    }

    /// What people decided last; nothing where the journal cannot be read, which is a trouble of its own.
    func decisions() async -> [GatewayStatus.Decision] {
        ((try? await gateway.journal.decisions(atMost: Self.shownDecisions)) ?? []).compactMap(
            GatewayStatus.Decision.init)
    }

    /// What people decided last about a line, its windows and its device.
    func decisions(about device: GatewayStatus.Device) async -> [GatewayStatus.Decision] {
        let newest = (try? await gateway.journal.decisions(atMost: Self.searchedDecisions)) ?? []
        return Array(
            newest.compactMap(GatewayStatus.Decision.init).filter { decision in
                decision.line == device.path || decision.former == device.path
                    || decision.window.map(device.windows.contains) ?? false
                    || decision.device.map { $0 == device.device } ?? false
            }.prefix(Self.shownDecisions))
    }
}

extension GatewayStatus.Decision {
    /// The record as operators see it; `nil` for a record of another kind.
    init?(_ entry: JournalEntry) {
        guard case .decision(let decision) = entry.body else { return nil }
        self.init(
            sequence: entry.sequence, atMilliseconds: entry.recordedAt.wall.millisecondsSinceEpoch,
            kind: Kind(decision.kind), origin: Origin(decision.origin), user: decision.user, line: decision.line,
            former: decision.former, window: decision.window?.value, device: decision.device?.value,
            count: decision.count)
    }
}

extension GatewayStatus.Decision.Kind {
    fileprivate init(_ kind: OperatorDecision.Kind) {
        self =
            switch kind {
            case .revealed: .revealed
            case .released: .released
            case .confirmed: .confirmed
            case .placed: .placed
            case .withdrawn: .withdrawn
            case .paired: .paired
            case .revealAllowed: .revealAllowed
            case .retried: .retried
            case .setAsideProposed: .setAsideProposed
            case .setAside: .setAside
            case .discarded: .discarded
            case .signMinted: .signMinted
            case .signRevoked: .signRevoked
            case .codeKeyMade: .codeKeyMade
            case .codeKeyRevoked: .codeKeyRevoked
            }
    }
}

extension GatewayStatus.Decision.Origin {
    fileprivate init(_ origin: OperatorDecision.Origin) {
        self =
            switch origin {
            case .operatorSocket: .operatorSocket
            case .configuration: .configuration
            case .webSocket: .webSocket
            case .auditorSocket: .auditorSocket
            }
    }
}
