// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import OperatorAPI
import RatingModel
import Testing

@testable import HallgateApp

/// Keys that come by way of the web process.
@Suite struct KeyAttemptsTests {
    private func at(_ seconds: Double) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: Int64(seconds * 1_000_000_000))
    }

    @Test func `some wrong keys may come at once, then an address waits`() {
        var attempts = KeyAttempts()
        for _ in 0..<KeyAttempts.atOnce {
            #expect(attempts.wait(of: "192.0.2.1", at: at(0)) == nil)
            attempts.noteWrong(from: "192.0.2.1", at: at(0))
        }
        #expect(attempts.wait(of: "192.0.2.1", at: at(0)) == .seconds(6))
        #expect(attempts.wait(of: "192.0.2.2", at: at(0)) == nil)
        #expect(attempts.wait(of: "192.0.2.1", at: at(5)) == .seconds(1))
        #expect(attempts.wait(of: "192.0.2.1", at: at(6)) == nil)
        attempts.noteWrong(from: "192.0.2.1", at: at(6))
        #expect(attempts.wait(of: "192.0.2.1", at: at(6)) == .seconds(6))
        #expect(attempts.wait(of: "192.0.2.1", at: at(600)) == nil)
    }

    @Test func `so many addresses are remembered, and those that were quiet longest are forgotten`() {
        var attempts = KeyAttempts()
        for _ in 0..<20 { attempts.noteWrong(from: "loud", at: at(0)) }
        for number in 0..<5 * KeyAttempts.addresses { attempts.noteWrong(from: "a\(number)", at: at(0)) }
        #expect(attempts.count <= KeyAttempts.addresses)
        #expect(attempts.wait(of: "loud", at: at(0)) != nil)
    }

    @Test func `an address that showed too many wrong keys waits even with the right one`() throws {
        let clock = HandClock()
        let log = NoticeLog()
        let watch = KeyWatch(clock: clock, logger: Logger(label: "test", factory: { _ in log.handler }))
        let refusal = GatewayError.unknownBusinessClient
        func show(_ isRight: Bool, from address: String) -> String? {
            do throws(GatewayError) {
                try watch.check("business", from: address, otherwise: refusal) { isRight }
                return nil
            } catch {
                return error.code
            }
        }
        for _ in 0..<KeyAttempts.atOnce {
            #expect(show(false, from: "192.0.2.1\nx") == "business.unknown-client")
        }
        #expect(show(true, from: "192.0.2.1\nx") == "business.too-many-attempts")
        #expect(show(true, from: "192.0.2.2") == nil)
        clock.advance(by: 7)
        #expect(show(true, from: "192.0.2.1\nx") == nil)
        #expect(watch.wrong == Int64(KeyAttempts.atOnce))
        // Once a minute, and nothing of what anybody can write.
        #expect(log.lines == ["a wrong key was shown address=192.0.2.1 role=business since start=1"])
    }
}
