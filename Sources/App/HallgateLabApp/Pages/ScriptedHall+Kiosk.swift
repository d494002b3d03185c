// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import RatingModel

/// The self-service kiosk of the script: `k1` with the key `lab`. Tickets that begin with A are found, those that begin
/// with B were rated already, and those with C came too fast.
extension ScriptedHall {
    static let kioskKey = "lab"

    func checkKiosk(_ request: KioskRequest) throws(GatewayError) {
        try checkPresence()
        guard request.kiosk == "k1", request.key == Self.kioskKey else { throw .unknownKiosk }
    }

    func findVisit(_ search: KioskSearch) throws(GatewayError) -> KioskCode {
        try checkKiosk(KioskRequest(kiosk: search.kiosk, key: search.key))
        searches.append(search.number)
        switch search.number.first {
        case "A": return KioskCode(code: "once-visit-\(search.number)-\(searches.count)")
        case "B": throw Self.error("kiosk.already-rated")
        case "C": throw Self.error("kiosk.too-fast", after: 7)
        default: throw Self.error("kiosk.not-found")
        }
    }

    func chooseWindow(_ choice: KioskChoice) throws(GatewayError) -> KioskCode {
        try checkKiosk(KioskRequest(kiosk: choice.kiosk, key: choice.key))
        return KioskCode(code: choice.window == nil ? "hall-kiosk" : "sign-kiosk")
    }

    /// A page is a kiosk's only with the kiosk's key.
    func proven(_ submission: RatingSubmission) -> RatingSubmission {
        var result = submission
        if submission.kiosk != "k1" || submission.key != Self.kioskKey { result.place = .phone }
        (result.kiosk, result.key) = (nil, nil)
        return result
    }
}
