// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import NativePad
import PadProtocol
import RatingModel
import Testing

/// Opening, silence, swapped pads, versions (firmware-protocol.md sections 2.2, 3.1, 3.4).
@Suite struct LinkTests {
    @Test func `an open line is asked, at growing intervals`() {
        var line = PadLine()
        let ask = HostMessage.ask(versions: .spoken, nonce: 77)
        #expect(line.tell(.opened(nonce: 77)).messages == [ask])
        #expect(line.wait(milliseconds: 499).messages == [])
        #expect(line.wait(milliseconds: 1).messages == [ask])
        #expect(line.wait(milliseconds: 1000).messages == [ask])
        #expect(line.wait(milliseconds: 2000).messages == [ask])
        #expect(line.wait(milliseconds: 12_000).messages == [ask, ask, ask])
    }

    @Test func `a hello is welcomed and identified once`() {
        var line = PadLine()
        line.tell(.opened(nonce: 5))
        let first = line.hear(.hello(PadLine.hello(model: "P5\u{1B}[31m")))
        #expect(first.messages == [.welcome(version: 1)])
        #expect(
            first.identities == [
                DeviceIdentity(device: PadLine.device, log: PadLine.log, model: "P5\u{FFFD}[31m", firmware: "1.0")
            ])
        let second = line.hear(.hello(PadLine.hello(model: "P5\u{1B}[31m")))
        #expect(second.messages == [.welcome(version: 1)] && second.identities == [])
    }

    @Test func `a swapped pad is identified, and presses of the old one are not taken`() {
        var line = PadLine.welcomed()
        let swapped = line.hear(.hello(PadLine.hello(pad: 0xAB, log: 0xCD)))
        #expect(swapped.identities.map(\.device.value) == ["native-00000000000000ab"])
        #expect(line.hear(.press(PadLine.press(1))).presses == [])
        #expect(line.hear(.hello(PadLine.hello(pad: 0xAB, log: 0xCD))).identities == [])
        let press = line.hear(.press(PadLine.press(1, log: 0xCD))).presses.first
        #expect(press?.key == PressKey(device: DeviceID("native-00000000000000ab"), log: 0xCD, sequence: 1))
    }

    @Test func `a pad that lost its log is identified anew`() {
        var line = PadLine.welcomed()
        line.hear(.press(PadLine.press(1)))
        line.tell(.recorded(PadLine.key(1)))
        #expect(line.hear(.hello(PadLine.hello(log: 4))).identities.map(\.log) == [4])
        #expect(line.hear(.press(PadLine.press(1, log: 4))).presses.count == 1)
    }

    @Test func `a pad without a common version is told so and observed once`() {
        var line = PadLine()
        line.tell(.opened(nonce: 5))
        let actions = line.hear(.hello(PadLine.hello(versions: VersionRange(2, 3))))
        #expect(actions.messages == [.welcome(version: 0)] && actions.observations == [.incompatible(version: 3)])
        #expect(actions.identities == [])
        #expect(line.hear(.press(PadLine.press(1))) == [])
        #expect(line.hear(.hello(PadLine.hello(versions: VersionRange(2, 3)))).observations == [])
        #expect(line.tell(.command(.prompt(1, timeout: .seconds(10)))).messages == [])
        let updated = line.hear(.hello(PadLine.hello(versions: VersionRange(1, 3))))
        #expect(updated.messages == [.welcome(version: 1), .prompt(number: 1, milliseconds: 10_000)])
        #expect(updated.identities.count == 1)
    }

    @Test func `a silent pad is asked for a sign, reported, asked who it is, and answers again`() {
        var line = PadLine.welcomed()
        line.hear(.idle)
        #expect(line.wait(milliseconds: 5000).messages == [.keepAlive])
        let actions = line.wait(milliseconds: 2000)
        #expect(actions.messages == [.keepAlive, .keepAlive, .keepAlive, .ask(versions: .spoken, nonce: 5)])
        #expect(actions.observations == [.silent])
        #expect(line.wait(milliseconds: 10_000).observations == [])
        let back = line.hear(.hello(PadLine.hello()))
        #expect(back.observations == [.answering] && back.messages == [.welcome(version: 1)])
        #expect(back.identities == [])
    }

    @Test func `a pad that answers is never reported`() {
        var line = PadLine.welcomed()
        let health = PadHealth(isPaused: false, isLogFull: false, waiting: 0, lifetimeCount: 1, uptimeSeconds: 1)
        var actions: [DriverAction] = []
        for _ in 0..<100 {
            actions += line.wait(milliseconds: 5000)
            actions += line.hear(.health(health))
        }
        #expect(actions.observations == [.health(waiting: 0, lifetimeCount: 1)])
        #expect(actions.messages.allSatisfy { $0 == .keepAlive } && actions.messages.count >= 99)
    }

    @Test func `after a minute of silence the line is opened anew`() {
        var line = PadLine()
        line.tell(.opened(nonce: 5))
        let actions = line.wait(milliseconds: 70_000)
        #expect(actions.contains(.close(reason: "the pad did not answer for a minute")))
        #expect(actions.observations == [.silent])
        #expect(line.wait(milliseconds: 70_000) == [], "a closed driver is quiet")
        #expect(line.tell(.opened(nonce: 6)).messages == [.ask(versions: .spoken, nonce: 6)])
    }

    @Test func `a full log is observed when it becomes full`() {
        var line = PadLine.welcomed()
        var health = PadHealth(isPaused: false, isLogFull: true, waiting: 64, lifetimeCount: 64, uptimeSeconds: 1)
        #expect(line.hear(.health(health)).observations == [.logFull, .health(waiting: 64, lifetimeCount: 64)])
        #expect(line.hear(.health(health)).observations == [])
        (health.isLogFull, health.waiting) = (false, 63)
        #expect(line.hear(.health(health)).observations == [.health(waiting: 63, lifetimeCount: 64)])
        (health.isLogFull, health.waiting) = (true, 64)
        #expect(line.hear(.health(health)).observations.first == .logFull)
    }

    @Test func `what is no message is observed`() {
        var line = PadLine.welcomed()
        #expect(line.tell(.received([1, 2, 3, 0])).observations == [.garbage(bytes: 3)])
        var bent = PadMessage.idle.encoded()
        bent[4] ^= 1
        #expect(line.tell(.received(bent)).observations == [.badFrame(reason: "checksum")])
        #expect(line.hear(.press(PadLine.press(0))).observations == [.badFrame(reason: "bad fields in type 130")])
        let echo = HostMessage.keepAlive.encoded()
        #expect(line.tell(.received(echo)).observations == [.badFrame(reason: "address or direction")])
        let neighbour = PadMessage.idle.encoded(from: 9)
        #expect(line.tell(.received(neighbour)).observations == [.badFrame(reason: "address or direction")])
    }
}
