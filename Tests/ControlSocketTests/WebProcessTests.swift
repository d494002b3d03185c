// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import OperatorAPI
import RatingModel
import Testing

@testable import ControlSocket

/// The web process's socket, with lines whose other ends the test holds.
@Suite(.timeLimit(.minutes(2))) struct WebProcessTests {
    private func withWeb(
        _ limits: ControlLimits = .web, _ body: @Sendable @escaping (_ path: String, StubWeb) async throws -> Void
    ) async throws {
        try await withSocketPath { path in
            let web = StubWeb()
            let server = ControlServer(path: path, limits: limits, web: web, logger: quietLogger())
            try await whileServing(server) { try await body(path, web) }
        }
    }

    private static func request(_ id: Int, _ method: String, _ parameters: String) -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(parameters)}"# + "\n"
    }

    private static func message(_ id: Int, _ text: String, connection: Int = 1) -> String {
        request(id, "pad.message", #"{"connection":\#(connection),"text":"\#(text)"}"#)
    }

    private static func connect(_ id: Int, pad: String = "pad-1") -> String {
        request(id, "pad.connect", #"{"pad":"\#(pad)","key":"k"}"#)
    }

    @Test func `a pad's messages go to its line, and its line's to the pad`() async throws {
        try await withWeb { path, web in
            let client = try RawClient(path)
            await client.send(Self.connect(1) + Self.message(2, #"a\nb\r号"#))
            #expect(await client.line() == #"{"id":1,"jsonrpc":"2.0","result":{"connection":1}}"#)
            #expect(await client.line() == #"{"id":2,"jsonrpc":"2.0","result":{}}"#)
            #expect(await web.line(1)?.read(9) == "\u{1E}a b 号\n")
            web.line(1)?.write("\u{1E}{\"x\":\"/\"}\n\u{1E}two\n")
            #expect(
                await client.line()
                    == #"{"jsonrpc":"2.0","method":"pad.send","params":{"connection":1,"text":"{\"x\":\"/\"}"}}"#)
            #expect(
                await client.line() == #"{"jsonrpc":"2.0","method":"pad.send","params":{"connection":1,"text":"two"}}"#)
            await client.send(Self.request(3, "pad.gone", #"{"connection":1}"#) + Self.message(4, "late"))
            #expect(await client.line() == #"{"id":3,"jsonrpc":"2.0","result":{}}"#)
            #expect(await client.line()?.contains("web.unknown-connection") == true)
            #expect(await web.line(1)?.isEnded == true)
            #expect(web.gone == [1])
        }
    }

    @Test func `the gateway ends a line, and says why`() async throws {
        try await withWeb { path, web in
            let client = try RawClient(path)
            await client.send(Self.connect(1) + Self.connect(2, pad: "pad-2"))
            _ = await client.line()
            _ = await client.line()
            web.line(1)?.write("\u{1E}last\n")
            web.line(1)?.close()
            #expect(
                await client.line() == #"{"jsonrpc":"2.0","method":"pad.send","params":{"connection":1,"text":"last"}}"#
            )
            #expect(
                await client.line()
                    == #"{"jsonrpc":"2.0","method":"pad.close","params":{"connection":1,"reason":"replaced"}}"#)
            #expect(await eventually { web.gone == [1] })
            // The other pad of the connection goes on.
            await client.send(Self.message(3, "x", connection: 2))
            #expect(await client.line() == #"{"id":3,"jsonrpc":"2.0","result":{}}"#)
        }
    }

    @Test func `a line that ended before its pad was announced is told of behind the answer`() async throws {
        try await withWeb { path, web in
            web.endsAtOnce = true
            let client = try RawClient(path)
            await client.send(Self.connect(1))
            #expect(await client.line() == #"{"id":1,"jsonrpc":"2.0","result":{"connection":1}}"#)
            #expect(await client.line()?.contains("pad.close") == true)
            #expect(await eventually { web.gone == [1] })
        }
    }

    @Test func `a process that goes takes its pads along`() async throws {
        try await withWeb { path, web in
            do {
                let client = try RawClient(path)
                await client.send(
                    Self.connect(1) + Self.connect(2, pad: "pad-2") + Self.message(3, "last", connection: 2))
                for _ in 0..<3 { _ = await client.line() }
            }
            #expect(await eventually { web.gone.sorted() == [1, 2] })
            // What was answered reached the line.
            #expect(await web.line(2)?.read(6) == "\u{1E}last\n")
            #expect(await web.line(1)?.isEnded == true)
            let again = try RawClient(path)
            await again.send(Self.connect(1))
            #expect(await again.line() == #"{"id":1,"jsonrpc":"2.0","result":{"connection":3}}"#)
        }
    }

    @Test func `a message is answered once its line has it, and no sooner`() async throws {
        try await withWeb { path, web in
            let client = try RawClient(path)
            let text = String(repeating: "x", count: RelayLimits.messageBytes - 4)
            await client.send(Self.connect(1))
            _ = await client.line()
            // Nobody reads the line: so many messages go into the kernel's buffers and are answered.
            var (sent, answered, isFull) = (0, 0, false)
            while !isFull, sent < 200 {
                sent += 1
                await client.send(Self.message(sent, text))
                while await client.line(within: .milliseconds(20)) != nil { answered += 1 }
                guard sent - answered == RelayLimits.inFlight else { continue }
                if await client.line(within: .seconds(6)) != nil { answered += 1 } else { isFull = true }
            }
            #expect(isFull && answered < 40, "the buffers are bounded: \(answered)")
            // Other pads are served meanwhile.
            await client.send(Self.connect(900, pad: "pad-2") + Self.message(901, "y", connection: 2))
            #expect(await client.line()?.hasPrefix(#"{"id":900,"#) == true)
            #expect(await client.line()?.hasPrefix(#"{"id":901,"#) == true)
            // The line is read: every message is there, and is answered in order.
            let frame = "\u{1E}\(text)\n"
            let all = await web.line(1)?.read(frame.utf8.count * sent)
            #expect(all == String(repeating: frame, count: sent))
            for id in answered + 1...sent { #expect(await client.line()?.hasPrefix(#"{"id":\#(id),"#) == true) }
        }
    }

    @Test func `one message too many without an answer ends the pad`() async throws {
        try await withWeb { path, web in
            let client = try RawClient(path)
            let text = String(repeating: "x", count: RelayLimits.messageBytes)
            await client.send(Self.connect(1) + Self.connect(2, pad: "pad-2"))
            _ = (await client.line(), await client.line())
            var refusal: String?
            for id in 1...100 where refusal == nil {
                await client.send(Self.message(id, text))
                while let line = await client.line(within: .milliseconds(20)) {
                    if line.contains("web.too-many-messages") { refusal = line }
                }
            }
            #expect(refusal != nil)
            #expect(await eventually { web.gone == [1] })
            await client.send(Self.message(500, "y", connection: 2))
            #expect(await client.line(containing: #""id":500,"#)?.contains("result") == true)
        }
    }

    @Test(arguments: [
        ("nonsense", "-32700"), (#"{"jsonrpc":"2.0","method":"pad.gone"}"#, "id is missing"),
        (
            #"{"jsonrpc":"2.0","id":1,"method":"session.open","params":{}}"#,
            "version, pad.connect, pad.message, pad.gone"
        ),
        (#"{"jsonrpc":"2.0","id":1,"method":"authenticate","params":{}}"#, "-32601"),
        (#"{"jsonrpc":"2.0","id":1,"method":"pad.connect","params":{"pad":"pad-1"}}"#, "params.key is missing"),
        (#"{"jsonrpc":"2.0","id":1,"method":"pad.connect","params":{"pad":"nobody","key":"k"}}"#, "web.unknown-pad"),
        (#"{"jsonrpc":"2.0","id":1,"method":"pad.message","params":{"connection":-1,"text":""}}"#, "-32602"),
        (
            #"{"jsonrpc":"2.0","id":1,"method":"pad.message","params":{"connection":7,"text":""}}"#,
            "web.unknown-connection"
        ),
        (#"{"jsonrpc":"2.0","id":1,"method":"pad.gone","params":{"connection":7}}"#, "web.unknown-connection"),
        (
            #"{"jsonrpc":"2.0","id":1,"method":"pad.message","params":{"connection":1,"text":"\u001e"}}"#,
            "web.bad-message"
        ),
    ]) func `what cannot be carried out is refused`(_ line: String, _ words: String) async throws {
        try await withWeb { path, web in
            let client = try RawClient(path)
            await client.send(Self.connect(0) + line + "\n")
            _ = await client.line()
            #expect(await client.line()?.contains(words) == true)
            await client.send(Self.message(9, "still here"))
            #expect(await client.line() == #"{"id":9,"jsonrpc":"2.0","result":{}}"#)
        }
    }

    @Test func `a message and a line have a longest length`() async throws {
        try await withWeb { path, web in
            let client = try RawClient(path)
            await client.send(Self.connect(1))
            _ = await client.line()
            let longest = String(repeating: #"\u0001"#, count: RelayLimits.messageBytes)
            await client.send(Self.message(2, longest))
            #expect(await client.line() == #"{"id":2,"jsonrpc":"2.0","result":{}}"#)
            await client.send(Self.message(3, String(repeating: "x", count: RelayLimits.messageBytes + 1)))
            #expect(await client.line()?.contains("web.message-too-long") == true)
            await client.send(Self.message(4, String(repeating: "x", count: RelayLimits.lineBytes)))
            #expect(await client.line()?.contains("the line is longer than") == true)
        }
    }

    @Test func `a connection carries so many pads`() async throws {
        try await withWeb { path, web in
            let client = try RawClient(path)
            for id in 1...RelayLimits.pads {
                await client.send(Self.connect(id))
                #expect(await client.line()?.contains("result") == true)
            }
            await client.send(Self.connect(300))
            #expect(await client.line()?.contains("web.too-many-pads") == true)
            await client.send(Self.request(301, "pad.gone", #"{"connection":1}"#) + Self.connect(302))
            #expect(await client.line(containing: #""id":302,"#)?.contains("result") == true)
        }
    }

    @Test func `what comes too fast waits, and other connections do not wait for it`() async throws {
        var limits = ControlLimits.web
        limits.requestsPerSecond = 20
        try await withWeb(limits) { path, web in
            let flood = try RawClient(path)
            let begin = ContinuousClock.now
            for id in 1...60 { await flood.send(Self.request(id, "version", "{}")) }
            let other = try RawClient(path)
            await other.send(Self.connect(1) + Self.message(2, "x"))
            #expect(await other.line() != nil)
            #expect(await other.line() != nil)
            // Within a second's lead the flood is answered at once, the rest at its pace.
            for _ in 1...60 { #expect(await flood.line() != nil) }
            #expect(begin.duration(to: .now) > .milliseconds(1900))
        }
    }

    @Test func `a process that reads nothing is not written to without end`() async throws {
        try await withWeb { path, web in
            let slow = try RawClient(path)
            await slow.send(Self.connect(1))
            _ = await slow.line()
            let line = try #require(web.line(1))
            // The line takes what the buffers hold, then it takes no more.
            let message = "\u{1E}" + String(repeating: "x", count: 2000) + "\n"
            var written = 0
            while line.write(message), written < 2000 { written += 1 }
            for _ in 0..<50 where written < 2000 {
                try await Task.sleep(for: .milliseconds(10))
                while line.write(message), written < 2000 { written += 1 }
            }
            #expect(written < 500, "a megabyte was taken for a process that reads nothing")
            // It reads on, and all of it comes.
            for _ in 0..<written { #expect(await slow.line()?.contains("pad.send") == true) }
            line.write("\u{1E}more\n")
            #expect(await slow.line(containing: #""text":"more""#) != nil)
        }
    }
}

@Suite struct RequestPaceTests {
    @Test func `a second's worth goes at once, the rest in its time`() {
        var pace = RequestPace(perSecond: 10)
        let start = ContinuousClock.now
        for _ in 0..<10 { #expect(pace.take(at: start) == nil) }
        #expect(pace.take(at: start) == .milliseconds(100))
        #expect(pace.take(at: start.advanced(by: .milliseconds(100))) == .milliseconds(100))
        #expect(pace.take(at: start.advanced(by: .seconds(60))) == nil)
    }
}
