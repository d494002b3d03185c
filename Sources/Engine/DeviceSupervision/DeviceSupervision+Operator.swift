// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
public import OperatorAPI
import RatingModel

extension DeviceSupervision {
    /// The paths of the lines that answer to a name: a window of theirs, their path, or their device.
    public func paths(at place: String) -> [String] {
        configuredLines.filter { $0.answers(to: place) }.map(\.path)
    }

    /// What is kept of a line's traffic after a cursor; `nil` where no line has the path.
    ///
    /// Bytes that hold levels are masked by the line's driver unless `isRevealed` (G9): that is the caller's to allow
    /// and to log.
    public func tap(_ path: String, after cursor: TapCursor?, isRevealed: Bool = false) async -> TapPage? {
        guard let line = configuredLines.first(where: { $0.path == path }) else { return nil }
        let traffic = await line.connection?.traffic() ?? LineTraffic()
        let (state, assignment, now) = (line.state, line.assignment, clock.now())
        let connection = state.counters.connections
        let isSame = cursor?.connection == connection
        let (lastFrame, lastEvent) = (isSame ? cursor?.frame ?? 0 : 0, cursor?.event ?? 0)
        let shown = isRevealed ? traffic.records.map { $0.bytes } : traffic.masked(by: assignment.makeDriver())
        let wall = { (instant: MonotonicInstant) in
            now.earlier(by: instant.duration(to: now.monotonic)).wall.millisecondsSinceEpoch
        }
        let frames = zip(traffic.records, shown).filter { $0.0.number > lastFrame }.map { record, bytes in
            TapPage.Frame(
                number: record.number, atMilliseconds: wall(record.at), isReceived: record.direction == .received,
                bytes: bytes.map(Self.hexadecimal).joined(separator: " "), count: record.count)
        }
        let events = state.happenings.items.filter { $0.number > lastEvent }.map { happening in
            TapPage.Event(
                number: happening.number, atMilliseconds: wall(happening.at), text: happening.text.english,
                textChinese: happening.text.chinese)
        }
        let missed = frames.first.map { $0.number &- lastFrame &- 1 } ?? 0
        return TapPage(
            path: path, driver: assignment.driverName, frames: frames, events: events,
            missed: cursor == nil ? 0 : missed,
            cursor: TapCursor(
                connection: connection, frame: frames.last?.number ?? lastFrame,
                event: events.last?.number ?? lastEvent))
    }

    /// Has the ready devices that answer to a name blink; answers how many that was.
    public func identify(at place: String) async -> Int {
        var count = 0
        for line in configuredLines where line.answers(to: place) && line.state.state == .ready {
            let named = line.assignment.places.filter { $0.window?.value == place }
            for each in named.isEmpty ? line.assignment.places : named {
                guard let connection = line.connection else { continue }
                count += 1
                await connection.handle(.command(.identify, at: each.address))
            }
        }
        return count
    }

    private static func hexadecimal(_ byte: UInt8?) -> String {
        guard let byte else { return "··" }
        return (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}

extension SupervisedLine {
    func answers(to place: String) -> Bool {
        path == place || assignment.places.contains { $0.window?.value == place }
            || state.lastIdentity?.device.value == place
    }
}
