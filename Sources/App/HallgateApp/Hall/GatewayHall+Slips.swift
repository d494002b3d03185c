// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import CitizenDesk
import JournalAPI
import OperatorAPI
import QRCode
import RatingModel

/// Codes for paper: what a business system prints on the slip that a citizen takes along.
extension GatewayHall {
    /// The code of a session, the region's as it is or the hall's own.
    ///
    /// Throws `session.unknown` where no window remembers the session, `hall.no-pages` and `code.no-slip-codes` where the
    /// site has no codes for slips, `code.no-region-code` where the region's is not known, and what the region answered
    /// where it gave none.
    func slipCode(_ request: SessionCodeRequest) async throws(GatewayError) -> SessionCode {
        try checkPages()
        _ = try await reception.answer(of: request.session)
        guard let session = try await journal.session(request.session) else { throw .unknownSession(request.session) }
        let settings = settings
        if settings.codeSource == .local {
            let (text, lifetime) = try await ownCode(for: session, settings)
            return SessionCode(
                session: request.session, owner: .hall, text: text, picture: try .init(text, request.form),
                expiresInSeconds: Int(lifetime.components.seconds))
        }
        let addresses = CodeAddresses(codes: codes, clock: clock, logger: logger)
        var code = await addresses.code(for: .session(session), settings)
        if code == nil { code = try await regionCodes.code(for: session, settings) }
        switch code {
        case .text(let text):
            return SessionCode(
                session: request.session, owner: .region, text: text, picture: try .init(text, request.form))
        case .image(let image):
            return SessionCode(
                session: request.session, owner: .region, text: nil,
                picture: .init(mediaType: image.form.rawValue, base64: image.base64))
        case nil: throw .noRegionCode(session.window)
        }
    }

    /// A code of its own for paper, redeemed together with the session's others, and for how long it counts.
    private func ownCode(
        for session: WindowSession, _ settings: PagesSettings
    ) async throws(GatewayError) -> (text: String, lifetime: Duration) {
        guard let publicURL = settings.publicURL, let lifetime = settings.slipLifetime else { throw .noSlipCodes }
        let now = clock.now().wall
        let content = CodeContent(
            nonce: try codes.drawNonce(), window: session.window, session: session.number,
            caseReference: session.caseReference, expiresAt: now.later(by: lifetime), isOneTime: true)
        return (publicURL + CodeAddresses.path + (try await codes.seal(content, at: now)), lifetime)
    }
}

extension SessionCode.Picture {
    /// A picture of a text in the form that is wanted; `nil` where none is.
    fileprivate init?(_ text: String, _ form: SessionCodeRequest.Form?) throws(GatewayError) {
        switch form {
        case nil, .text: return nil
        case .png: self.init(mediaType: "image/png", base64: Base64.encode(try QRMatrix(text: text).png()))
        case .svg:
            let svg = try QRMatrix(text: text).svg(title: "评价二维码 Rating code")
            self.init(mediaType: "image/svg+xml", base64: Base64.encode(svg.utf8))
        }
    }
}

extension GatewayError {
    fileprivate static let noSlipCodes = GatewayError(
        "code.no-slip-codes", LocalText("this hall has no codes for slips", "本大厅未启用单据二维码"),
        hint: LocalText(
            "say how long they count with 'pages: {public_url: …, qr: {receipt: 168h}}'",
            "请用 'pages: {public_url: …, qr: {receipt: 168h}}' 设定其有效期"))
}
