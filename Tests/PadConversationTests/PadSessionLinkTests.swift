// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import PadSession
import Testing

/// Hello, prompts, pauses and the bus (firmware-protocol.md sections 2.2, 2.6 to 2.9, 3.1, 4.5).
@Suite struct PadSessionLinkTests {
    private func open() -> PadBench {
        var bench = PadBench.welcomed()
        bench.hear(.welcome(version: 1))
        return bench
    }

    @Test func `a pad with power says hello at doubling intervals until it is welcomed`() {
        var bench = PadBench()
        let hello = PadMessage.hello(
            Hello(
                versions: .spoken, conformance: 1, keys: 5, padID: 42, log: PadBench.log, nonce: 0,
                model: Array("M".utf8), firmware: Array("F".utf8)))
        #expect(bench.tell(.poweredOn).said == [hello])
        var moments: [UInt64] = []
        while moments.count < 6 {
            if bench.wait(milliseconds: 500).said == [hello] { moments.append(bench.now / 1000) }
        }
        #expect(moments == [1, 3, 7, 15, 31, 47])
        bench.hear(.welcome(version: 1))
        #expect(bench.wait(milliseconds: 100_000).said == [])
    }

    @Test func `a pad that is asked answers with the nonce and says nothing else until welcomed`() {
        var bench = open()
        bench.press()
        guard case .hello(let hello)? = bench.hear(.ask(versions: .spoken, nonce: 77)).said.first else {
            return #expect(Bool(false), "no hello")
        }
        #expect(hello.nonce == 77)
        #expect(bench.press() == [] && bench.hear(.keepAlive) == [])
        #expect(bench.wait(milliseconds: 900).said == [])
    }

    @Test func `without a common version presses are kept and hello comes once a minute`() {
        var bench = PadBench.welcomed()
        bench.hear(.welcome(version: 0))
        #expect(bench.press().said == [])
        #expect(bench.wait(milliseconds: 59_999).said == [])
        #expect(bench.wait(milliseconds: 1).said.count == 1)
        #expect(bench.wait(milliseconds: 59_999).said == [])
        #expect(bench.session.waiting == 1)
    }

    @Test func `a prompt shows, is answered by a press, and is not shown again`() {
        var bench = open()
        let shown = bench.hear(.prompt(number: 9, milliseconds: 10_000))
        #expect(shown.first == .showPrompt(number: 9, milliseconds: 10_000))
        #expect(shown.said == [.prompting(number: 9, isShowing: true)])
        #expect(bench.hear(.prompt(number: 9, milliseconds: 9500)).count == 1, "only the answer again")
        let actions = bench.tell(.keyPressed(key: 1, level: 1))
        guard case .append(let entry)? = actions.first else { return #expect(Bool(false), "no entry") }
        #expect(entry.prompt == 9 && actions.contains(.clearPrompt))
        let late = bench.hear(.prompt(number: 9, milliseconds: 9000))
        #expect(late.count == 1 && late.said == [.prompting(number: 9, isShowing: false)])
        #expect(
            bench.tell(.keyPressed(key: 1, level: 1)).contains {
                if case .append(let entry) = $0 { entry.prompt == 0 } else { false }
            })
    }

    @Test func `a prompt that was answered before a power cut is not shown to the next citizen`() {
        var bench = PadBench.welcomed(waiting: [PadBench.entry(1, prompt: 9)], nextSequence: 2)
        bench.hear(.welcome(version: 1))
        #expect(bench.hear(.prompt(number: 9, milliseconds: 5000)).said == [.prompting(number: 9, isShowing: false)])
    }

    @Test func `a prompt that times out or is cancelled by a key is an entry and no press`() {
        var bench = open()
        bench.hear(.prompt(number: 9, milliseconds: 5000))
        #expect(bench.wait(milliseconds: 4999) == [])
        let actions = bench.wait(milliseconds: 1)
        let timedOut = PadLogEntry(
            sequence: 1, lifetimeCount: 100, prompt: 9, result: .timedOut, level: 0, key: 0, pressedAtMilliseconds: 5000
        )
        #expect(actions == [.append(timedOut), .clearPrompt])
        #expect(bench.tell(.cancelPressed) == [], "no prompt, nothing to cancel")
        bench.hear(.prompt(number: 10, milliseconds: 5000))
        guard case .append(let entry)? = bench.tell(.cancelPressed).first else { return #expect(Bool(false)) }
        #expect(entry.result == .cancelled && entry.prompt == 10)
    }

    @Test func `the gateway's own cancel makes no entry`() {
        var bench = open()
        bench.hear(.prompt(number: 9, milliseconds: 5000))
        let actions = bench.hear(.cancelPrompt(number: 9))
        #expect(actions.first == .clearPrompt && actions.said == [.prompting(number: 9, isShowing: false)])
        #expect(bench.wait(milliseconds: 10_000) == [])
    }

    @Test func `a paused pad takes nothing and counts, until resumed or asked by a new gateway`() {
        var bench = open()
        bench.hear(.ask(versions: .spoken, nonce: 1))
        bench.hear(.welcome(version: 1))
        let paused = bench.hear(.pause).said
        #expect(paused.count == 1 && bench.session.isPaused)
        #expect(bench.tell(.keyPressed(key: 1, level: 1)) == [.signal(.paused)])
        #expect(bench.session.lifetimeCount == 101)
        bench.hear(.ask(versions: .spoken, nonce: 1))
        #expect(bench.session.isPaused, "the same gateway asked again")
        bench.hear(.ask(versions: .spoken, nonce: 2))
        #expect(!bench.session.isPaused)
    }

    @Test func `keys and levels that do not exist are ignored`() {
        var bench = open()
        for (key, level) in [(0, 1), (1, 0), (1, 6), (1, 255)] as [(UInt8, UInt8)] {
            #expect(bench.tell(.keyPressed(key: key, level: level)) == [])
        }
        #expect(bench.session.lifetimeCount == 100)
    }

    @Test func `on a bus a pad speaks when it is spoken to, one frame each time`() {
        var bench = PadBench(address: 5)
        #expect(bench.tell(.poweredOn) == [] && bench.wait(milliseconds: 60_000) == [])
        func isHello(_ said: [PadMessage]) -> Bool { if case .hello? = said.first { said.count == 1 } else { false } }
        #expect(isHello(bench.hear(.keepAlive, to: 5).said))
        #expect(isHello(bench.hear(.ask(versions: .spoken, nonce: 1), to: 5).said))
        #expect(bench.press() == [] && bench.press() == [])
        #expect(bench.hear(.welcome(version: 1), to: 5).sequences == [1])
        #expect(bench.hear(.keepAlive, to: 5).said.count == 1)
        #expect(bench.hear(.acknowledge(log: PadBench.log, sequence: 1), to: 5).sequences == [2])
        #expect(bench.hear(.acknowledge(log: PadBench.log, sequence: 2), to: 5).said == [.idle])
    }

    @Test func `on a bus broadcasts are heard and not answered, and others' frames not heard`() {
        var bench = PadBench(address: 5)
        bench.tell(.poweredOn)
        #expect(bench.hear(.time(millisecondsSinceEpoch: 9), to: 127) == [.setTime(9)])
        #expect(bench.hear(.keepAlive, to: 6) == [] && bench.hear(.keepAlive, to: 0) == [])
        #expect(bench.tell(.received(PadMessage.idle.encoded(from: 5))) == [], "its own echo")
        let reserved: [UInt8] = [0x00, 0x07, 0x05, 0x0A, 0x41, 0xA6, 0xAB, 0xC8, 0x00]
        #expect(bench.tell(.received(reserved)) == [], "a wrong checksum")
    }
}
