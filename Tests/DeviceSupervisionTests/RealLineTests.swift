// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceLoop
import DeviceSupervision
import Glibc
import HallgateTesting
import Logging
import RatingModel
import SerialTransport
import SystemClock
import Testing

/// A pad that sends one byte for each press; the gateway answers a byte once the press is recorded.
private struct OneByteDriver: DeviceDriver {
    static let name = "one-byte"
    let capabilities = DeviceCapabilities(thanks: .afterCommit, keepsLog: false, prompts: false)
    private var sequence: UInt64 = 0

    mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened: return [.identified(identity())]
        case .received(let bytes):
            return bytes.map { byte in
                sequence += 1
                return .press(press(sequence, log: UInt64(byte)))
            }
        case .recorded(let key): return [.send([UInt8(truncatingIfNeeded: key.log)])]
        default: return []
        }
    }
}

@Suite(.timeLimit(.minutes(5))) struct RealLineTests {
    @Test func aReplugGivesItsFirstRatingWithinTwoSeconds() async throws {
        var template = Array("/tmp/hallgate-replug-XXXXXX".utf8CString)
        let directory = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer { rmdir(directory) }
        let pad = try PseudoTerminal(link: directory + "/pad")
        let receiver = TestReceiver()
        let loop = try DeviceLoop()
        let supervision = DeviceSupervision(
            transport: SerialTransport(loop: loop), receiver: receiver, clock: SystemClock(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let line = DeviceLine(path: pad.link, baud: 9600)
        async let running: Void = supervision.run()
        await supervision.apply([
            DeviceAssignment(line: line, window: nil, driverName: "one-byte", makeDriver: { OneByteDriver() })
        ])
        for away in [0, 10, 300, 1500] {
            // A machine that is busy with other tests may be slow by itself; a wrong back-off is slow every time.
            var times: [Duration] = []
            while times.count < 5, times.last.map({ $0 >= .seconds(2) }) ?? true {
                times.append(try await Self.firstRating(of: pad, afterMilliseconds: away))
            }
            print("first rating after \(away) ms without the pad: \(times)")
            #expect(times.last.map { $0 < .seconds(2) } == true, "away for \(away) ms")
        }
        supervision.stop()
        await running
        #expect(await loop.openLines == 0)
        pad.unplug()
    }

    /// Pulls the plug, puts it back, and presses until it is thanked, as a citizen does.
    private static func firstRating(of pad: PseudoTerminal, afterMilliseconds away: Int) async throws -> Duration {
        pad.unplug()
        try await Task.sleep(for: .milliseconds(away))
        try pad.plug()
        let start = ContinuousClock.now
        let isThanked = await eventually {
            // Before the gateway opens it, the terminal still echoes like a console, so there can be more to read.
            await pad.write([7])
            try? await Task.sleep(for: .milliseconds(10))
            return pad.read().contains(7)
        }
        #expect(isThanked)
        return ContinuousClock.now - start
    }
}
