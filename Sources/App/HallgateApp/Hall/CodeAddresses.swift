// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import CitizenDesk
import Logging
import RatingModel

/// Makes the addresses that codes on screens and pads stand for.
struct CodeAddresses: Sendable {
    /// Where a code stands in an address of the hall's pages.
    static let path = "/r/"

    let codes: CodeStore
    let clock: any GatewayClock
    let logger: Logger

    /// The code for a purpose; `nil` where there is none, which is logged where it is a fault, or where the region has yet
    /// to give it.
    func code(for purpose: ScreenMachine.Purpose, _ settings: PagesSettings) async -> ShownCode? {
        await address(for: purpose, settings).map { .text($0) }
    }

    /// The address for a purpose; `nil` where there is none, which is logged where it is a fault.
    private func address(for purpose: ScreenMachine.Purpose, _ settings: PagesSettings) async -> String? {
        switch settings.codeSource {
        case .regionTemplate(let template):
            // A session whose case is not known has its window's code, which the region matches later.
            return switch purpose {
            case .session(let session):
                CodeTemplate(template).address(caseReference: session.caseReference, window: session.window)
                    ?? RegionSign.text(for: session.window, settings)
            case .everybody(let window): RegionSign.text(for: window, settings)
            }
        case .regionCall:
            // The region is asked beside: what it answers comes later.
            return switch purpose {
            case .session(let session):
                session.caseReference == nil ? RegionSign.text(for: session.window, settings) : nil
            case .everybody(let window): RegionSign.text(for: window, settings)
            }
        case .local:
            guard let publicURL = settings.publicURL else { return nil }
            do throws(GatewayError) {
                return publicURL + Self.path + (try await sealed(for: purpose, settings))
            } catch {
                logger.error("no code was made for a screen", metadata: ["error": "\(error)"])
                return nil
            }
        }
    }

    private func sealed(
        for purpose: ScreenMachine.Purpose, _ settings: PagesSettings
    ) async throws(GatewayError) -> String {
        let now = clock.now().wall
        let nonce = try codes.drawNonce()
        let content =
            switch purpose {
            case .session(let session):
                CodeContent(
                    nonce: nonce, window: session.window, session: session.number, caseReference: session.caseReference,
                    expiresAt: now.later(by: settings.codeLifetime), isOneTime: true)
            case .everybody(let window):
                // Whoever scanned it in its last moment has as long as anybody else.
                CodeContent(
                    nonce: nonce, window: window, expiresAt: now.later(by: settings.rotateEvery + settings.codeLifetime)
                )
            }
        return try await codes.seal(content, at: now)
    }
}

extension WallTime {
    /// The moment so much later, in whole seconds.
    func later(by duration: Duration) -> WallTime {
        WallTime(millisecondsSinceEpoch: millisecondsSinceEpoch + duration.components.seconds * 1000)
    }
}
