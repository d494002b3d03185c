// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import OperatorAPI
import RatingModel
import Testing

/// Clients that send nonsense, too much or too little, or take no answer.
struct BadClientTests {
    @Test(arguments: [
        ("nonsense", #"{"error":{"code":-32700,"message":"not JSON"},"id":null,"jsonrpc":"2.0"}"#),
        (
            "[]",
            #"{"error":{"code":-32600,"message":"not a JSON-RPC request: the request is not a Dictionary<String, Any>"},"id":null,"jsonrpc":"2.0"}"#
        ),
        (
            #"{"id":7,"jsonrpc":"2.0"}"#,
            #"{"error":{"code":-32600,"message":"not a JSON-RPC request: method is missing"},"id":7,"jsonrpc":"2.0"}"#
        ),
        (
            #"{"method":"status","jsonrpc":"2.0"}"#,
            #"{"error":{"code":-32600,"message":"not a JSON-RPC request: id is missing"},"id":null,"jsonrpc":"2.0"}"#
        ),
        (
            #"{"id":"a","method":"status","jsonrpc":"1.0"}"#,
            #"{"error":{"code":-32600,"message":"jsonrpc must be \"2.0\""},"id":"a","jsonrpc":"2.0"}"#
        ),
        (
            #"{"id":1,"method":"rating.forge","jsonrpc":"2.0"}"#,
            #"{"error":{"code":-32601,"message":"no such method; there are status, metrics, reload, session.open, devices.list, devices.show, devices.tap, devices.reveal, devices.identify, devices.confirm, devices.approve, devices.upload, devices.update, devices.update-report, devices.cancel-update, devices.flags, queue.list, queue.why, queue.verify, queue.retry, queue.propose-set-aside, queue.discard, reconcile, codes.list, codes.mint-sign, codes.revoke, codes.rotate"},"id":1,"jsonrpc":"2.0"}"#
        ),
        (
            #"{"id":1,"method":"session.open","jsonrpc":"2.0"}"#,
            #"{"error":{"code":-32602,"message":"params is missing"},"id":1,"jsonrpc":"2.0"}"#
        ),
        (
            #"{"id":1,"method":"session.open","jsonrpc":"2.0","params":{"window":5}}"#,
            #"{"error":{"code":-32602,"message":"params.window is not a String"},"id":1,"jsonrpc":"2.0"}"#
        ),
        (
            #"{"id":1,"method":"session.open","jsonrpc":"2.0","params":{"window":"A","timeoutSeconds":1e99}}"#,
            #"{"error":{"code":-32602,"message":"the request has a value that cannot be taken"},"id":1,"jsonrpc":"2.0"}"#
        ),
        (
            #"{"id":1,"method":"session.open","jsonrpc":"2.0","params":{"window":"A"}}"#,
            #"{"id":1,"jsonrpc":"2.0","result":{"promptedPads":1,"session":1}}"#
        ),
        (
            #"{"id":3,"method":"session.open","jsonrpc":"2.0","params":{"window":"none"}}"#,
            #"{"error":{"code":-32000,"data":{"cause":"windows: A01","code":"session.unknown-window","hint":"see 'windows' in the configuration","hintChinese":"请查看配置中的 'windows'","message":"there is no window none","messageChinese":"没有窗口 none"},"message":"there is no window none"},"id":3,"jsonrpc":"2.0"}"#
        ),
    ])
    func everyLineIsAnswered(_ line: String, _ answer: String) async throws {
        try await withServer { path in
            let client = try RawClient(path)
            await client.send(line + "\n")
            let found = await client.line()
            #expect(found == answer)
        }
    }

    @Test func `who reloads may be left out, and is not guessed`() async throws {
        let service = StubService()
        try await withServer(service: service) { path in
            let client = try RawClient(path)
            for (parameters, isTaken) in [
                ("", true), (#","params":null"#, true), (#","params":{"user":"li"}"#, true), (#","params":{}"#, false),
                (#","params":{"user":7}"#, false), (#","params":[1]"#, false),
            ] {
                await client.send(#"{"jsonrpc":"2.0","id":1,"method":"reload"\#(parameters)}"# + "\n")
                let answer = await client.line()
                #expect(answer?.contains(isTaken ? "result" : "-32602") == true, "\(parameters)")
            }
            #expect(await service.reloaders == ["li"])
        }
    }

    @Test func deepNestingIsAnswered() async throws {
        try await withServer { path in
            let client = try RawClient(path)
            await client.send(String(repeating: "[", count: 200_000) + "\n")
            let found = await client.line()
            #expect(found?.contains("\"code\":-32") == true)
        }
    }

    @Test func aLineThatIsTooLongIsRefusedAndTheNextAnswered() async throws {
        try await withServer(limits: ControlLimits(lineBytes: 1000)) { path in
            let client = try RawClient(path)
            await client.send(
                String(repeating: "x", count: 50_000) + "\n" + #"{"id":1,"method":"metrics","jsonrpc":"2.0"}"# + "\n")
            let (first, second) = (await client.line(), await client.line())
            #expect(first?.contains("the line is longer than 1000 bytes") == true)
            #expect(second == ##"{"id":1,"jsonrpc":"2.0","result":"# HELP x\nhallgate_up 1\n"}"##)
        }
    }

    @Test func anAnswerThatDoesNotFitFindsWhoeverAsked() async throws {
        try await withServer(limits: ControlLimits(answerBytes: 100)) { path in
            let client = try RawClient(path)
            for id in ["7", "\"a\""] {
                await client.send(#"{"id":\#(id),"method":"status","jsonrpc":"2.0"}"# + "\n")
                let answer = await client.line()
                #expect(answer == #"{"error":{"code":-32603,"message":"no answer fits"},"id":\#(id),"jsonrpc":"2.0"}"#)
            }
            // An id that is itself too long cannot come back.
            let id = String(repeating: "i", count: 200)
            await client.send(#"{"id":"\#(id)","method":"status","jsonrpc":"2.0"}"# + "\n")
            let answer = await client.line()
            #expect(answer == #"{"error":{"code":-32603,"message":"no answer fits"},"id":null,"jsonrpc":"2.0"}"#)
        }
    }

    @Test func aLineInPiecesAndManyInOnePieceAreAnswered() async throws {
        try await withServer { path in
            let client = try RawClient(path)
            let line = #"{"id":1,"method":"metrics","jsonrpc":"2.0"}"# + "\r\n"
            for character in line { await client.send(String(character)) }
            await client.send(String(repeating: "\n\r\n" + line, count: 200))
            for _ in 0...200 {
                let found = await client.line()
                #expect(found?.hasSuffix(##""result":"# HELP x\nhallgate_up 1\n"}"##) == true)
            }
        }
    }

    @Test func aScriptMayEndItsSideWithoutALineFeed() async throws {
        try await withServer { path in
            let client = try RawClient(path)
            await client.send(#"{"id":1,"method":"metrics","jsonrpc":"2.0"}"#)
            client.endSending()
            let (answer, end) = (await client.line(), await client.line())
            #expect(answer?.contains("hallgate_up") == true)
            #expect(end == nil)
        }
    }

    @Test func halfALineAndSilenceAreHungUpOn() async throws {
        try await withServer(limits: ControlLimits(idle: .milliseconds(100))) { path in
            let client = try RawClient(path)
            await client.send(#"{"id":1,"#)
            let started = ContinuousClock.now
            let found = await client.line()
            #expect(found == nil)
            #expect(ContinuousClock.now - started < .seconds(4))
        }
    }

    @Test func aClientThatTakesNoAnswersHoldsUpNobody() async throws {
        try await withServer { path in
            let flood = try RawClient(path)
            let line = #"{"id":1,"method":"status","jsonrpc":"2.0"}"# + "\n"
            await flood.send(String(repeating: line, count: 2000))
            for _ in 0..<20 { _ = try await ControlClient(path: path).status() }
            for _ in 0..<2000 {
                let found = await flood.line()
                #expect(found != nil)
            }
        }
    }

    @Test func aClientThatGoesInMidAnswerIsForgotten() async throws {
        let service = StubService()
        try await withServer(limits: ControlLimits(connections: 2), service: service) { path in
            for round in 0..<20 {
                let isServed = await eventually {
                    guard let client = try? RawClient(path) else { return false }
                    await client.send(
                        #"{"id":1,"method":"session.open","jsonrpc":"2.0","params":{"window":"slow"}}"# + "\n")
                    return true
                }
                #expect(isServed, "round \(round)")
            }
            await service.letGo()
            let isAnswered = await eventually { (try? await ControlClient(path: path).status()) != nil }
            #expect(isAnswered)
        }
    }

    @Test func oneClientTooManyIsHungUpOn() async throws {
        try await withServer(limits: ControlLimits(connections: 1)) { path in
            let first = try await ControlClient(path: path).connect()
            _ = try await first.status()
            let second = try RawClient(path)
            let found = await second.line()
            #expect(found == nil)
            _ = try await first.status()
            await first.close()
            let isAnswered = await eventually { (try? await ControlClient(path: path).status()) != nil }
            #expect(isAnswered)
        }
    }
}
