// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import CitizenDesk
import HallAPI
import JournalAPI
import Logging
import RatingModel

/// Self-service kiosks: who is one, and which code a number or a window stands for.
extension GatewayHall {
    func checkKiosk(_ request: KioskRequest) async throws(GatewayError) {
        guard isKiosk(request.kiosk, key: request.key) else { throw .unknownKiosk }
    }

    func findVisit(_ search: KioskSearch) async throws(GatewayError) -> KioskCode {
        try await begin(search.kiosk, search.key)
        guard let number = VisitNumber(search.number) else { throw .numberNotFound }
        let rules = settings.selfService
        let visits = try await reception.visits(of: number, within: rules.findWithin)
        // A ticket may have been to several windows. A press at a pad takes nobody's own rating from them (HG-0004).
        for session in visits {
            if try await journal.rating(under: PressKey(session: session.number)) == nil {
                return try await code(session.window, session)
            }
        }
        guard visits.isEmpty else { throw .alreadyRated }
        if let window = await reception.window(serving: number) { return try await code(window, nil) }
        return try await opened(search.number)
    }

    func chooseWindow(_ choice: KioskChoice) async throws(GatewayError) -> KioskCode {
        try await begin(choice.kiosk, choice.key)
        let window = choice.window.map { WindowID($0) }
        if let window, !configuration.windows.contains(where: { $0.id == window }) { throw .numberNotFound }
        return try await code(window, nil)
    }

    /// A submission as what it is proven to be: whoever does not show the key of a kiosk is a phone.
    func proven(_ submission: RatingSubmission) -> RatingSubmission {
        var result = submission
        result.place = proven(submission.place, kiosk: submission.kiosk, key: submission.key)
        return result
    }

    /// Where a page was shown, as far as it is proven.
    func proven(_ place: RatingSubmission.Place, kiosk: String?, key: String?) -> RatingSubmission.Place {
        guard place == .kiosk, let kiosk, let key, isKiosk(kiosk, key: key) else { return .phone }
        return .kiosk
    }

    private func isKiosk(_ name: String, key: String) -> Bool {
        guard let file = settings.kiosks.first(where: { $0.id == name })?.keyFile else { return false }
        return PadChannelKey.fits(key, file: file, of: "kiosk", name, logger: logger)
    }

    private func begin(_ kiosk: String, _ key: String) async throws(GatewayError) {
        try checkPages()
        try await checkKiosk(KioskRequest(kiosk: kiosk, key: key))
        // Found or not: nobody walks through the hall's numbers, nor makes codes without end.
        numberPace.perMinute = settings.selfService.numbersPerMinute
        if let wait = numberPace.take([.kiosk(kiosk)], at: clock.now().monotonic) { throw .numbersTooFast(wait) }
    }

    private func code(_ window: WindowID?, _ session: WindowSession?) async throws(GatewayError) -> KioskCode {
        let now = clock.now().wall
        let content = CodeContent(
            nonce: try codes.drawNonce(), window: window, session: session?.number,
            caseReference: session?.caseReference, expiresAt: now.later(by: settings.codeLifetime), isOneTime: true)
        return KioskCode(code: try await codes.seal(content, at: now))
    }

    /// A code of this gateway that was entered without its address.
    private func opened(_ entered: String) async throws(GatewayError) -> KioskCode {
        let code = entered.filter { !$0.isWhitespace }
        do throws(GatewayError) {
            _ = try await openPage(PageRequest(code: code))
            return KioskCode(code: code)
        } catch {
            // Who entered a number that is none knows nothing of codes.
            let isNoCode = ["code.unreadable", "code.foreign", "code.unknown-key"].contains(error.code)
            throw isNoCode ? .numberNotFound : error
        }
    }
}
