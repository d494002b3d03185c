// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird
import RatingModel

/// Where a rating page is found: by a code alone, or by that of a source at the source's terminal.
struct RatingAddress: Sendable, Hashable {
    /// Longest code that a source's terminal opens, in bytes: it holds the way back.
    private static let terminalCodeBytes = 1152

    let code: String
    /// The source; `nil` for a code that stands on a screen, a sign or a kiosk.
    let source: String?

    init(_ context: some RequestContext) {
        code = context.parameters.get("code") ?? ""
        source = context.parameters.get("source")
    }

    /// Whether there can be such a code.
    var isWhole: Bool {
        KioskPages.isToken(code, atMost: source == nil ? 512 : Self.terminalCodeBytes)
            && source.map { KioskPages.isToken($0) } ?? true
    }

    /// The page's address from the host on.
    var path: String { source.map { "/t/\($0)/\(code)" } ?? "/r/\(code)" }

    /// Where the page's script sends a rating.
    var send: String { path + "/ratings" }

    /// Whose page it is, as far as the address says.
    var place: RatingSubmission.Place { source == nil ? .phone : .terminal }
}

/// A page's place at the terminal of a source.
struct TerminalPlace: Sendable, Hashable {
    /// The source, as the address names it.
    let source: String
    /// The way back; `nil` while it is not known.
    var visit: TerminalVisit?
}

extension PageQuery {
    /// The same query of a page at that address.
    func at(_ address: RatingAddress) -> PageQuery {
        var query = self
        guard let source = address.source else { return query }
        (query.place, query.terminal) = (.terminal, TerminalPlace(source: source))
        return query
    }

    /// Whose pages may show the page in a frame: those that the hall allows at its terminal.
    func framers(in hall: HallDescription?) -> [WebOrigin] {
        hall?.terminals?.first { $0.source == terminal?.source }?.frames ?? []
    }
}

extension KioskPages {
    /// The query with the way back of a page at a terminal. It is known also of a page that is refused, but for codes that
    /// are not the source's: what those say of a way back is not believed.
    func findWayBack(_ address: RatingAddress, _ query: PageQuery) async throws(GatewayError) -> PageQuery {
        guard let source = address.source else { return query }
        var query = query
        query.terminal?.visit = try await hall.openTerminal(TerminalRequest(source: source, code: address.code))
        return query
    }
}
