// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import CitizenDesk
import Cryptography
import HallAPI
import JournalAPI
import RatingModel

/// Pages at the terminals of ingest sources: their addresses, and the way back from them.
extension GatewayHall {
    /// Where a source's page stands in an address.
    private static let terminalPath = "/t/"

    /// An address on which one rating is given at a source's terminal.
    func address(for checked: CheckedAddress, of source: IngestSource) async throws(GatewayError) -> IngestAddress {
        try checkPages()
        let now = clock.now().wall
        let visit = SourceVisit(
            source: source.name, press: try PressKey.ingestNumber(checked.number), back: checked.back)
        let content = CodeContent(
            nonce: try codes.drawNonce(), window: checked.window, caseReference: checked.caseReference,
            expiresAt: now.later(by: checked.page.lifetime), isOneTime: true, visit: visit)
        return IngestAddress(
            number: checked.number,
            path: Self.terminalPath + source.name + "/" + (try await codes.seal(content, at: now)),
            expiresInSeconds: Int(checked.page.lifetime.components.seconds))
    }

    func openTerminal(_ request: TerminalRequest) async throws(GatewayError) -> TerminalVisit {
        try checkPages()
        let now = clock.now().wall
        // Whoever was too slow, or rates twice, goes back all the same.
        let content = try await codes.sealer(at: now).open(request.code, at: WallTime(millisecondsSinceEpoch: 0))
        guard let visit = content.visit, visit.source == request.source else { throw .notOfSource }
        let page = configuration.ingest.source(visit.source)?.source.page
        return TerminalVisit(
            back: page?.allows(back: visit.back) == true ? visit.back : nil,
            returnAfterSeconds: page?.returnAfter.map { Int($0.components.seconds) })
    }
}

extension PressKey {
    /// What a source hands over, and what is rated at its terminal: each of its numbers presses once in its life.
    init(source: String, press: UInt64) {
        self = .oneTime(DeviceID("\(GatewayIngest.driver)/\(source)"), number: press)
    }

    /// The number under which a source's number presses.
    static func ingestNumber(_ number: String) throws(GatewayError) -> UInt64 {
        do throws(CryptographyError) {
            return try Digest.hash(.sha256, Array(number.utf8)).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        } catch { throw .ingestFailed("\(error)") }
    }
}

extension GatewayError {
    /// A code whose source has left the configuration, or has no page any more.
    static let sourceWithdrawn = GatewayError(
        "code.revoked", LocalText("this address has been withdrawn", "此地址已停用"),
        hint: LocalText("begin at the terminal once more", "请在终端上重新开始"))
}
