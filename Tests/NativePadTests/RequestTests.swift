// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import NativePad
import PadProtocol
import RatingModel
import Testing

/// Prompts, pauses and the time (firmware-protocol.md sections 2.5 to 2.8, 3.5).
@Suite struct RequestTests {
    @Test func `a prompt is sent again, with the time that is left, until it is answered`() {
        var line = PadLine.welcomed()
        #expect(
            line.tell(.command(.prompt(9, timeout: .seconds(10)))).messages == [
                .prompt(number: 9, milliseconds: 10_000)
            ])
        #expect(line.wait(milliseconds: 500).messages == [.prompt(number: 9, milliseconds: 9500)])
        #expect(line.hear(.prompting(number: 9, isShowing: true)).observations == [.prompting(9)])
        #expect(line.hear(.prompting(number: 9, isShowing: true)).observations == [], "and seen once")
        #expect(!line.wait(milliseconds: 4000).messages.contains { if case .prompt = $0 { true } else { false } })
    }

    @Test func `a prompt that ended is not sent to a pad that starts anew; one that runs is`() {
        var line = PadLine.welcomed()
        line.tell(.command(.prompt(9, timeout: .seconds(10))))
        line.hear(.prompting(number: 9, isShowing: true))
        let again = line.hear(.hello(PadLine.hello())).messages
        #expect(again == [.welcome(version: 1), .prompt(number: 9, milliseconds: 10_000)])
        line.hear(.prompting(number: 9, isShowing: false))
        #expect(line.hear(.hello(PadLine.hello())).messages == [.welcome(version: 1)])
    }

    @Test func `a prompt is given up when less than a second is left`() {
        var line = PadLine.welcomed()
        line.tell(.command(.prompt(9, timeout: .milliseconds(2200))))
        let kept = line.hear(.idle) + line.wait(milliseconds: 1000) + line.hear(.idle)
        #expect(kept.messages == [.prompt(number: 9, milliseconds: 1700), .prompt(number: 9, milliseconds: 1200)])
        #expect(line.wait(milliseconds: 3000).messages == [])
        #expect(line.tell(.command(.prompt(10, timeout: .milliseconds(999)))).messages == [])
        #expect(line.tell(.command(.prompt(0, timeout: .seconds(9)))) == [])
    }

    @Test func `a time beyond the protocol's is the longest there is`() {
        var line = PadLine.welcomed()
        let longest = HostMessage.prompt(number: 1, milliseconds: 600_000)
        #expect(line.tell(.command(.prompt(1, timeout: .seconds(Int64.max)))).messages == [longest])
    }

    @Test func `a cancelled prompt is taken back until the pad says so`() {
        var line = PadLine.welcomed()
        line.tell(.command(.prompt(9, timeout: .seconds(10))))
        line.hear(.prompting(number: 9, isShowing: true))
        #expect(line.tell(.command(.cancelPrompt(9))).messages == [.cancelPrompt(number: 9)])
        #expect(line.hear(.prompting(number: 9, isShowing: true)).observations == [], "an answer under way")
        #expect(line.wait(milliseconds: 500).messages == [.cancelPrompt(number: 9)])
        line.hear(.prompting(number: 9, isShowing: false))
        #expect(line.wait(milliseconds: 4000).messages == [])
    }

    @Test func `pause and resume are sent until the pad agrees`() {
        var line = PadLine.welcomed()
        var health = PadHealth(isPaused: false, isLogFull: false, waiting: 0, lifetimeCount: 0, uptimeSeconds: 0)
        #expect(line.tell(.command(.pause)).messages == [.pause])
        line.hear(.health(health))
        #expect(line.wait(milliseconds: 500).messages == [.pause])
        health.isPaused = true
        line.hear(.health(health))
        #expect(line.wait(milliseconds: 4000).messages == [])
        #expect(line.hear(.hello(PadLine.hello())).messages == [.welcome(version: 1), .pause])
        #expect(line.tell(.command(.resume)).messages == [.resume])
    }

    @Test func `commands before the welcome are kept for it`() {
        var line = PadLine()
        line.tell(.opened(nonce: 1))
        #expect(line.tell(.command(.setTime(WallTime(millisecondsSinceEpoch: 1_000_000)))).messages == [])
        #expect(line.tell(.command(.pause)).messages == [])
        #expect(line.tell(.command(.prompt(3, timeout: .seconds(20)))).messages == [])
        line.wait(milliseconds: 400)
        #expect(
            line.hear(.hello(PadLine.hello())).messages == [
                .welcome(version: 1), .time(millisecondsSinceEpoch: 1_000_400), .pause,
                .prompt(number: 3, milliseconds: 19_600),
            ])
    }

    @Test func `identify and time are sent once`() {
        var line = PadLine.welcomed()
        #expect(line.tell(.command(.identify)).messages == [.identify])
        #expect(
            line.tell(.command(.setTime(WallTime(millisecondsSinceEpoch: 5)))).messages
                == [.time(millisecondsSinceEpoch: 5)])
        #expect(line.wait(milliseconds: 4000).messages == [])
        let past = line.tell(.command(.setTime(WallTime(millisecondsSinceEpoch: -5)))).messages
        #expect(past == [.time(millisecondsSinceEpoch: 0)])
    }
}
