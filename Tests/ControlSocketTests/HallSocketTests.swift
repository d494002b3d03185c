// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HallAPI
import OperatorAPI
import RatingModel
import Testing

@testable import ControlSocket

/// What pages, kiosks and phones ask on the web process's socket.
@Suite(.timeLimit(.minutes(2))) struct HallSocketTests {
    private func withHall(
        _ body: @Sendable @escaping (_ client: RawClient, StubHall, StubWeb) async throws -> Void
    ) async throws {
        try await withSocketPath { path in
            let (web, hall) = (StubWeb(), StubHall())
            let server = ControlServer(path: path, web: web, hall: hall, logger: quietLogger())
            try await whileServing(server) { try await body(try RawClient(path), hall, web) }
        }
    }

    private static func request(_ id: Int, _ method: String, _ parameters: String = "{}") -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(parameters)}"# + "\n"
    }

    private static func submission(_ id: Int, _ number: String = "s") -> String {
        request(
            id, "rating.submit",
            #"{"code":"good","submission":"\#(number)","level":"dissatisfied","indicators":["213"],"text":"慢","#
                + #""language":"zh-Hans","place":"phone"}"#)
    }

    private static func watch(_ id: Int, key: String = "k") -> String {
        request(id, "screen.watch", #"{"screen":"lobby","key":"\#(key)"}"#)
    }

    @Test func `pages are described, opened, submitted and checked`() async throws {
        try await withHall { client, hall, _ in
            await client.send(Self.request(1, "hall.describe"))
            #expect(
                await client.line()
                    == #"{"id":1,"jsonrpc":"2.0","result":{"indicators":{"dissatisfied":[{"code":"213","isBasic":false,"#
                    + #""text":"窗口人员业务不熟练"}]},"isReasonRequiredForBad":true,"languages":["zh-Hans"],"name":"政务大厅","#
                    + #""realName":"anonymous","textLimit":150,"version":1,"windows":[{"id":"A01","name":"综合窗口"}]}}"#)
            await client.send(Self.request(5, "hall.describe", #"{"known":1}"#))
            #expect(await client.line() == #"{"id":5,"jsonrpc":"2.0","result":{"isUnchanged":true,"version":1}}"#)
            await client.send(Self.request(6, "hall.describe", #"{"known":2}"#))
            let whole = await client.line()
            #expect(whole?.contains("政务大厅") == true)
            await client.send(Self.request(2, "page.open", #"{"code":"good"}"#))
            #expect(
                await client.line()
                    == #"{"id":2,"jsonrpc":"2.0","result":{"caseShown":"…42","expiresInSeconds":60,"isOneTime":true}}"#)
            await client.send(Self.submission(3))
            #expect(await client.line() == #"{"id":3,"jsonrpc":"2.0","result":{"receipt":"R-s"}}"#)
            #expect(
                hall.submissions == [
                    RatingSubmission(
                        code: "good", submission: "s", level: .dissatisfied, indicators: ["213"], text: "慢")
                ])
            await client.send(Self.request(4, "receipt.check", #"{"receipt":"R-s"}"#))
            #expect(await client.line() == #"{"id":4,"jsonrpc":"2.0","result":{"progress":"delivered"}}"#)
        }
    }

    @Test(arguments: [
        ("page.open", #"{"code":"bad"}"#, "code.unreadable"), ("receipt.check", #"{"receipt":"x"}"#, "receipt.unknown"),
        ("screen.watch", #"{"screen":"lobby","key":"x"}"#, "screen.unknown"),
        ("screen.leave", #"{"watch":7}"#, "web.unknown-watch"), ("page.open", "{}", "params.code is missing"),
        (
            "rating.submit",
            #"{"code":"c","submission":"s","level":"5","indicators":[],"language":"en","place":"phone"}"#,
            "params.level"
        ),
        ("rating.delete", "{}", "rating.submit, receipt.check, screen.watch, screen.leave"),
    ]) func `what cannot be carried out is refused`(_ method: String, _ parameters: String, _ words: String)
        async throws
    {
        try await withHall { client, _, _ in
            await client.send(Self.request(1, method, parameters))
            #expect(await client.line()?.contains(words) == true)
            await client.send(Self.request(2, "version"))
            #expect(await client.line()?.contains(#""id":2,"#) == true)
        }
    }

    @Test func `a rating that waits for the disk holds up no pad and no other page`() async throws {
        try await withHall { client, hall, web in
            hall.slowDown()
            await client.send(Self.submission(1))
            await client.send(Self.request(2, "pad.connect", #"{"pad":"pad-1","key":"k"}"#))
            #expect(await client.line() == #"{"id":2,"jsonrpc":"2.0","result":{"connection":1}}"#)
            await client.send(Self.request(3, "pad.message", #"{"connection":1,"text":"x"}"#))
            #expect(await client.line() == #"{"id":3,"jsonrpc":"2.0","result":{}}"#)
            #expect(await web.line(1)?.read(3) == "\u{1E}x\n")
            await client.send(Self.request(4, "page.open", #"{"code":"good"}"#))
            #expect(await client.line()?.hasPrefix(#"{"id":4,"#) == true)
            #expect(await eventually { hall.waiting == 1 })
            hall.commit()
            #expect(await client.line() == #"{"id":1,"jsonrpc":"2.0","result":{"receipt":"R-s"}}"#)
        }
    }

    @Test func `so many requests are under way at once, and one more is refused`() async throws {
        try await withHall { client, hall, _ in
            hall.slowDown()
            for id in 1...HallLimits.requestsInFlight { await client.send(Self.submission(id)) }
            await client.send(Self.submission(1000))
            #expect(await client.line()?.contains("web.too-many-requests") == true)
            #expect(await eventually { hall.waiting == HallLimits.requestsInFlight })
            hall.commit()
            for _ in 1...HallLimits.requestsInFlight { #expect(await client.line()?.contains("receipt") == true) }
            await client.send(Self.submission(1001))
            #expect(await client.line()?.hasPrefix(#"{"id":1001,"#) == true)
        }
    }

    @Test func `what was submitted is recorded though the web process goes`() async throws {
        try await withHall { client, hall, _ in
            hall.slowDown()
            await client.send(Self.submission(1))
            #expect(await eventually { hall.waiting == 1 })
            client.endSending()
            try await Task.sleep(for: .milliseconds(50))
            hall.commit()
            #expect(await eventually { hall.submissions.count == 1 })
        }
    }

    @Test func `a screen is shown what there is, then what comes, until it is left`() async throws {
        try await withHall { client, hall, _ in
            await client.send(Self.watch(1))
            #expect(await client.line() == #"{"id":1,"jsonrpc":"2.0","result":{"watch":1}}"#)
            #expect(
                await client.line()
                    == #"{"jsonrpc":"2.0","method":"screen.show","params":{"scene":{"kind":"idle"},"watch":1}}"#)
            hall.draw(
                ScreenScene(
                    kind: .prompt, window: .init(id: "A01", name: "综合窗口"), ticket: "A042",
                    codeText: "https://hall.example/r/x", remainingSeconds: 10))
            #expect(
                await client.line()
                    == #"{"jsonrpc":"2.0","method":"screen.show","params":{"scene":{"codeText":"#
                    + #""https://hall.example/r/x","kind":"prompt","remainingSeconds":10,"ticket":"A042","#
                    + #""window":{"id":"A01","name":"综合窗口"}},"watch":1}}"#)
            await client.send(Self.request(2, "screen.leave", #"{"watch":1}"#))
            #expect(await client.line() == #"{"id":2,"jsonrpc":"2.0","result":{}}"#)
            hall.draw(ScreenScene(kind: .thanks))
            await client.send(Self.watch(3))
            // A scene of the first watch may have been on its way.
            #expect(
                await client.line(containing: #""id":3,"#) == #"{"id":3,"jsonrpc":"2.0","result":{"watch":2}}"#)
            #expect(await client.line(containing: #""watch":2"#)?.contains("screen.show") == true)
            hall.takeScreensAway()
            #expect(
                await client.line(containing: "screen.end")
                    == #"{"jsonrpc":"2.0","method":"screen.end","params":{"watch":2}}"#)
            await client.send(Self.request(4, "screen.leave", #"{"watch":2}"#))
            #expect(await client.line()?.contains("web.unknown-watch") == true)
        }
    }

    @Test func `a connection watches so many screens`() async throws {
        try await withHall { client, _, _ in
            for id in 1...HallLimits.watches {
                await client.send(Self.watch(id))
                #expect(await client.line(containing: "screen.show") != nil)
            }
            await client.send(Self.watch(100))
            #expect(await client.line()?.contains("web.too-many-screens") == true)
            await client.send(Self.watch(101, key: "wrong"))
            #expect(await client.line()?.contains("web.too-many-screens") == true)
            await client.send(Self.request(102, "screen.leave", #"{"watch":3}"#))
            #expect(await client.line()?.hasPrefix(#"{"id":102,"#) == true)
            await client.send(Self.watch(103))
            #expect(await client.line()?.contains(#"{"watch":65}"#) == true)
        }
    }

    @Test func `of the scenes that a slow process did not take the newest counts`() async throws {
        try await withHall { client, hall, _ in
            await client.send(Self.watch(1))
            _ = (await client.line(), await client.line())
            // The process reads nothing: what its buffers do not take is not kept either.
            let drawn = 20_000
            let text = String(repeating: "x", count: 400)
            for number in 1...drawn {
                hall.draw(ScreenScene(kind: .prompt, codeText: text, remainingSeconds: number))
                if number % 50 == 0 { await Task.yield() }
            }
            var (shown, last) = (0, "")
            while let line = await client.line(within: .seconds(2)) {
                (shown, last) = (shown + 1, line)
                if line.contains("\"remainingSeconds\":\(drawn)}") || line.contains(":\(drawn),") { break }
            }
            #expect(last.contains("\(drawn)"), "the newest scene comes")
            #expect(shown < drawn)
        }
    }
}
