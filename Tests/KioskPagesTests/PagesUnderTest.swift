// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird
import HummingbirdTesting
import KioskPages
import NIOCore
import Synchronization
import Testing

/// An answer as a test looks at it.
struct Answer: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let text: String
}

/// Asks the pages over a hall one thing.
func ask(
    _ hall: FakeHall, _ path: String, method: HTTPRequest.Method = .get, headers: HTTPFields = [:],
    body: String? = nil, drawCode: @escaping @Sendable (String) -> String? = { _ in nil }
) async throws -> Answer {
    let router = Router()
    try addKioskPages(to: router, hall: hall, drawCode: drawCode)
    return try await Application(router: router).test(.router) { client in
        try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
        ) { response in
            Answer(status: response.status, headers: response.headers, text: String(buffer: response.body))
        }
    }
}

/// Asks the same pages the same thing before and after a change of their hall.
func askTwice(_ hall: FakeHall, _ path: String, _ change: (inout FakeHall.State) -> Void) async throws -> [Answer] {
    let router = Router()
    try addKioskPages(to: router, hall: hall)
    let responder = router.buildResponder()
    var answers: [Answer] = []
    for turn in 0..<2 {
        if turn == 1 { hall.state.withLock { change(&$0) } }
        answers.append(
            try await Application(responder: responder).test(.router) { client in
                try await client.execute(uri: path, method: .get) { response in
                    Answer(status: response.status, headers: response.headers, text: String(buffer: response.body))
                }
            })
    }
    return answers
}

/// Sends a rating as the page's script does.
func rate(_ hall: FakeHall, code: String = "CODE", _ json: String) async throws -> Answer {
    try await ask(
        hall, "/r/\(code)/ratings", method: .post, headers: [.contentType: "application/json"], body: json)
}

let number = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"
