// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import HallAPI
import JournalAPI
import OperatorAPI
import RatingModel
import Testing

@testable import HallgateApp

/// The screen of window W3 in a running hall, and its business system.
struct ScreenWatcher: Sendable {
    static let key = "key-of-the-screen"

    let gateway: Gateway

    /// The stanza of the screen, with its key in a file of a folder.
    static func stanza(in directory: String) throws -> String {
        let file = directory + "/screen.key"
        try key.write(toFile: file, atomically: true, encoding: .utf8)
        chmod(file, 0o600)
        return "screens: [{id: counter, window: W3, key_file: \(file)}]"
    }

    /// What it shows now.
    func scene() async throws -> ScreenScene? {
        var scenes = try await gateway.hall.board.watch(ScreenRequest(screen: "counter", key: Self.key))
            .makeAsyncIterator()
        return await scenes.next()
    }

    /// Whether it comes to show this.
    func comes(_ condition: (ScreenScene) -> Bool) async throws -> Bool {
        try await eventually { try await scene().map(condition) ?? false }
    }

    /// Opens a session for a case; answers its number.
    func open(_ project: String?) async throws -> PromptNumber {
        let request = SessionRequest(
            window: "W3", projectNumber: project, serviceNumber: project == nil ? nil : "1", timeoutSeconds: 600)
        return try await GatewayBusiness(reception: gateway.reception).openSession(request).session
    }

    func result(_ session: PromptNumber) async throws -> SessionState.Result {
        try await GatewayBusiness(reception: gateway.reception).result(SessionName(session: session)).result
    }

    /// How many ratings and missing answers the journal has.
    func records() async throws -> (ratings: Int, missing: Int) {
        var counts = (ratings: 0, missing: 0)
        for entry in try await gateway.journal.entries(after: 0, atMost: 500) {
            switch entry.body {
            case .rating: counts.ratings += 1
            case .noAnswer: counts.missing += 1
            default: break
            }
        }
        return counts
    }
}
