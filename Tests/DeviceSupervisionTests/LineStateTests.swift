// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import OperatorAPI
import RatingModel
import Testing

@testable import DeviceSupervision

struct LineStateTests {
    let start = MonotonicInstant(nanoseconds: 0)

    @Test func aLineGoesThroughItsStates() {
        var line = LineState()
        let steps: [(LineState.Event, GatewayStatus.Device.State)] = [
            (.notOpened(diskFull), .absent), (.opened, .greeting), (.observed(.silent), .greeting),
            (.identified(identity()), .ready), (.settled(.recorded), .ready), (.observed(.silent), .silent),
            (.observed(.answering), .ready), (.observed(.logFull), .ready), (.closed(reason: "hang-up"), .absent),
            (.opened, .greeting), (.observed(.answering), .greeting), (.closed(reason: "hang-up"), .absent),
        ]
        for (number, (event, expected)) in steps.enumerated() {
            _ = line.handle(event, at: start)
            #expect(line.state == expected, "step \(number)")
        }
        #expect(line.counters.connections == 2 && line.counters.recorded == 1)
        #expect(line.identity == nil && line.lastIdentity == identity())
        #expect(line.detail == LocalText("hang-up", "线路已断开：hang-up"))
    }

    @Test func theDetailSaysWhatIsWrongUntilItIsMended() {
        var line = LineState()
        _ = line.handle(.opened, at: start)
        _ = line.handle(.identified(identity()), at: start)
        #expect(line.detail == nil)
        _ = line.handle(.settled(.refused(diskFull)), at: start)
        #expect(line.detail == diskFull.message)
        #expect(line.counters.refused == 1)
        _ = line.handle(.settled(.recorded), at: start)
        #expect(line.detail == nil)
        _ = line.handle(.observed(.incompatible(version: 9)), at: start)
        #expect(line.detail?.english.contains("9") == true && line.detail?.chinese.contains("9") == true)
    }

    @Test func aCodeThatIsNotShownIsSaidOnceAndStandsUntilOneIs() {
        let tooLong = DeviceObservation.notShown(RefusedContent(.qrCode, .tooLong(bytes: 150, most: 120)))
        var line = LineState()
        _ = line.handle(.opened, at: start)
        _ = line.handle(.identified(identity()), at: start)
        #expect(line.handle(.observed(tooLong), at: start)?.text == "not shown: a QR code: 150 bytes, of at most 120")
        let later = start.advanced(by: .seconds(3600))
        #expect(line.handle(.observed(tooLong), at: later) == nil, "a code comes with every citizen")
        #expect(line.unshownCodes.keys.count == 1 && line.detail == nil)
        #expect(line.handle(.observed(.shownAgain(.qrCode)), at: later) != nil)
        #expect(line.unshownCodes.isEmpty)
        // A pad without a display was not meant to show any, and a text is no code.
        _ = line.handle(.observed(.notShown(RefusedContent(.qrCode, .noDisplay))), at: later)
        _ = line.handle(.observed(.notShown(RefusedContent(.text, .unable))), at: later)
        #expect(line.unshownCodes.isEmpty)
        _ = line.handle(.observed(tooLong), at: later)
        _ = line.handle(.opened, at: later)
        #expect(line.unshownCodes.isEmpty, "what is plugged in now may be another device")
    }

    @Test func aStuckKeyIsShownUntilItIsLetGo() {
        var line = LineState()
        _ = line.handle(.opened, at: start)
        _ = line.handle(.identified(identity()), at: start)
        #expect(line.handle(.observed(.stuckKey), at: start) != nil)
        #expect(line.state == .ready && line.stuckKey.isStuck(at: start))
        _ = line.handle(.settled(.recorded), at: start)
        #expect(line.stuckKey.isStuck(at: start), "another key's press mends nothing")
        #expect(line.detail == nil, "it is told once, as what it is")
        _ = line.handle(.observed(.keyReleased), at: start)
        #expect(!line.stuckKey.isStuck(at: start))
    }

    @Test func anAddressAtWhichNobodyAnswersIsAbsentUntilSomebodyDoes() {
        var line = LineState()
        _ = line.handle(.opened, at: start)
        for address: BusAddress in [1, 2] { _ = line.handle(.observed(.absent(address)), at: start) }
        _ = line.handle(.observed(.present(1)), at: start)
        #expect(line.isAbsent(2) && !line.isAbsent(1) && !line.isAbsent(nil))
        _ = line.handle(.closed(reason: "hang-up"), at: start)
        #expect(!line.isAbsent(2), "the line is what is absent")
    }

    @Test func anAddressNobodyConfiguredIsNamed() {
        var line = LineState()
        #expect(line.handle(.observed(.unknownAddress(9)), at: start)?.text.contains("address 9") == true)
        #expect(line.counters.bad == 0)
    }

    @Test func badFramesAreCountedWithoutOverflow() {
        var line = LineState()
        _ = line.handle(.observed(.garbage(bytes: 10)), at: start)
        _ = line.handle(.observed(.badFrame(reason: "checksum")), at: start)
        #expect(line.counters.bad == 11)
        _ = line.handle(.observed(.garbage(bytes: .max)), at: start)
        _ = line.handle(.observed(.garbage(bytes: .max)), at: start)
        _ = line.handle(.observed(.badFrame(reason: "checksum")), at: start)
        #expect(line.counters.bad == .max)
    }

    @Test func aNoisyLineDoesNotFillTheLog() {
        var line = LineState()
        var notices: [LineNotice] = []
        for second in 0..<600 {
            let now = start.advanced(by: .seconds(second))
            for _ in 0..<10 {
                if let notice = line.handle(.observed(.badFrame(reason: "checksum")), at: now) {
                    notices.append(notice)
                }
            }
        }
        #expect(notices.count == 10)
        #expect(notices.dropFirst().allSatisfy { $0.leftOut == 599 })
    }

    @Test func aMissingPadIsReportedAtOnceOnChangeAndThenSeldom() {
        var line = LineState()
        var count = 0
        for second in 0..<1200 {
            let now = start.advanced(by: .seconds(second))
            if line.handle(.notOpened(diskFull), at: now) != nil { count += 1 }
        }
        #expect(count == 2)
        let other = GatewayError("device.busy", LocalText("busy", "占用"), hint: LocalText("free it", "释放"))
        #expect(line.handle(.notOpened(other), at: start.advanced(by: .seconds(1200))) != nil)
        #expect(line.handle(.notOpened(other), at: start.advanced(by: .seconds(1201))) == nil)
        _ = line.handle(.opened, at: start.advanced(by: .seconds(1202)))
        _ = line.handle(.identified(identity()), at: start.advanced(by: .seconds(1203)))
        #expect(line.handle(.notOpened(other), at: start.advanced(by: .seconds(1204))) != nil, "it was mended between")
    }

    @Test func countersSurviveAReloadOfTheLine() {
        var line = LineState()
        _ = line.handle(.opened, at: start)
        _ = line.handle(.settled(.recorded), at: start)
        let next = line.successor()
        #expect(next.state == .absent)
        #expect(next.counters.recorded == 1 && next.counters.connections == 1)
    }

    @Test func theRegisterKnowsWhoIsOnSeveralLines() {
        var register = IdentityRegister()
        register.claim(DeviceID("a"), path: "/1")
        register.claim(DeviceID("b"), path: "/2")
        #expect(register.shared.isEmpty)
        register.claim(DeviceID("a"), path: "/2")
        register.claim(DeviceID("a"), path: "/2")
        #expect(register.others(than: "/1") == ["/2"])
        #expect(register.others(than: "/2") == ["/1"])
        #expect(register.shared.map(\.paths) == [["/1", "/2"]])
        register.release("/1")
        register.release("/1")
        #expect(register.shared.isEmpty)
        #expect(register.others(than: "/2").isEmpty)
    }
}
