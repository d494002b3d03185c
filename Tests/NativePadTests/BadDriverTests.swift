// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import HallgateTesting
import NativePad
import PadProtocol
import RatingModel
import Testing

/// The conformance suite finds what it is for: drivers that break one rule each.
@Suite struct BadDriverTests {
    enum Fault: Sendable, CaseIterable {
        case acknowledgesAtOnce
        case thanksForRefusals
        case keepsEverything
        case losesWhatIsSplit
    }

    /// The native driver with a fault.
    struct BadDriver: DeviceDriver {
        static let name = "bad"
        let capabilities = NativePadDriver().capabilities
        let fault: Fault
        private var inner = NativePadDriver()
        private var kept: [[UInt8]] = []

        init(_ fault: Fault) { self.fault = fault }

        mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
            switch (fault, event) {
            case (.acknowledgesAtOnce, _):
                let actions = inner.handle(event, at: now)
                return actions + actions.presses.flatMap { inner.handle(.recorded($0.key), at: now) }
            case (.thanksForRefusals, .refused(let key)):
                return inner.handle(.recorded(key), at: now)
            case (.keepsEverything, .received(let bytes)):
                kept.append(bytes)
                return inner.handle(event, at: now)
            case (.losesWhatIsSplit, .received(let bytes)):
                return inner.handle(.received(bytes.last == 0 ? bytes : []), at: now)
            default:
                return inner.handle(event, at: now)
            }
        }
    }

    private func violations(of fault: Fault) -> [[String]] {
        let press = PadMessage.hello(PadLine.hello()).encoded() + PadMessage.press(PadLine.press(1)).encoded()
        let conformance = DriverConformance(traces: [.init("a press", press, presses: 1)]) { BadDriver(fault) }
        return [
            conformance.nothingIsAcknowledgedBeforeItIsRecorded(), conformance.refusalShowsAFault(),
            conformance.memoryIsBounded(rounds: 5000), conformance.splittingChangesNothing(),
        ]
    }

    @Test(arguments: Fault.allCases) func `a broken rule is found`(_ fault: Fault) {
        let found = violations(of: fault)
        switch fault {
        case .acknowledgesAtOnce: #expect(!found[0].isEmpty)
        case .thanksForRefusals: #expect(!found[1].isEmpty)
        case .keepsEverything: #expect(!found[2].isEmpty)
        case .losesWhatIsSplit: #expect(!found[3].isEmpty)
        }
    }

    @Test func `a suite without a press proves nothing and says so`() {
        #expect(DriverConformance(traces: []) { NativePadDriver() }.tracesAreUnderstood().count == 1)
    }
}
