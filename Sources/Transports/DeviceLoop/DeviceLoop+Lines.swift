// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CLinux
import DeviceAPI
import Glibc
import RatingModel

extension DeviceLoop {
    /// The least time of a driver's timer, so that a driver that asks for none cannot make the loop spin.
    private static let leastTimer = Duration.milliseconds(1)

    /// Gives the driver an event and carries out its answers, all of them, before the line is closed for any of them.
    func drive(_ line: OpenLine, _ event: DriverEvent) {
        guard line.descriptor != nil else { return }
        let now = LoopExecutor.now()
        for action in line.driver.handle(event, at: now) {
            switch action {
            case .send(let bytes): send(bytes, over: line, at: now)
            case .press(let press): line.put(.press(press))
            case .identified(let identity): line.put(.identified(identity))
            case .observed(let observation): line.put(.observed(observation))
            case .staffKey(let key, let address): line.put(.staffKey(key, at: address))
            case .scanned(let code, let address): line.put(.scanned(code, at: address))
            case .signedIn(let code, let address): line.put(.signedIn(code, at: address))
            case .setTimer(let timer, let after):
                let deadline = now.advanced(by: max(after, Self.leastTimer))
                line.timers[timer] = deadline
                arm(deadline)
            case .cancelTimer(let timer): line.timers[timer] = nil
            case .close(let reason): line.closing = line.closing ?? reason
            }
        }
        if let reason = line.closing { close(line, reason: reason) } else { watch(line) }
    }

    /// Reads once, or, where the far side is gone, whatever is left; then gives up a line that ended.
    func readSome(_ line: OpenLine, isHungUp: Bool) {
        // A hang-up leaves at most what the kernel's buffers of a terminal hold.
        var reads = isHungUp ? 64 * 1024 / Self.readBytes : 1
        while reads > 0, let descriptor = line.descriptor {
            reads -= 1
            let count = read(descriptor, &readBuffer, readBuffer.count)
            if count > 0 {
                let bytes = Array(readBuffer[..<count])
                if !line.outputs.isFinished {
                    line.note(bytes, .received, at: LoopExecutor.now())
                    drive(line, .received(bytes))
                }
                continue
            }
            let reason = errno
            if count < 0, reason == EINTR { continue }
            if count < 0, reason == EAGAIN { break }
            return close(line, reason: count == 0 ? "hang-up" : Self.words(reason))
        }
        if isHungUp { close(line, reason: "hang-up") }
    }

    private func send(_ bytes: [UInt8], over line: OpenLine, at now: MonotonicInstant) {
        guard line.closing == nil, !bytes.isEmpty else { return }
        line.note(bytes, .sent, at: now)
        if let reports = line.reports {
            line.closing = Self.hand(bytes, to: reports)
            return
        }
        guard line.unsent.append(bytes) else {
            line.closing = "the device takes no bytes: \(line.unsent.count) are waiting"
            return
        }
        if line.unsent.count == bytes.count { line.closing = write(line) }
    }

    /// Writes what the device takes now, after epoll said that there is room.
    func writeUnsent(_ line: OpenLine) {
        if let reason = write(line) { close(line, reason: reason) } else { watch(line) }
    }

    /// Writes what the device takes; answers why the line has to be closed, if it has.
    private func write(_ line: OpenLine) -> String? {
        while let descriptor = line.descriptor, !line.unsent.isEmpty {
            let isSocket = line.isSocket
            let count = line.unsent.waiting.withUnsafeBytes { bytes in
                isSocket
                    ? Glibc.send(descriptor, bytes.baseAddress, bytes.count, Self.quietly)
                    : Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            }
            let reason = errno
            if count > 0 {
                line.unsent.consume(count)
            } else if count == 0 || reason == EAGAIN {
                return nil
            } else if reason != EINTR {
                return Self.words(reason)
            }
        }
        return nil
    }

    /// Hands a report to whoever writes it; answers why the line has to be closed, if it has.
    private static func hand(_ report: [UInt8], to socket: Int32) -> String? {
        while true {
            let count = report.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, quietly) }
            let reason = errno
            if count >= 0 { return nil }
            if reason == EAGAIN { return "the device takes no reports" }
            if reason != EINTR { return words(reason) }
        }
    }

    /// Neither waits nor raises SIGPIPE.
    private static let quietly = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)

    /// Closes the descriptor at once and ends the outputs; what was put out before stays to be taken.
    ///
    /// An open descriptor of a pad that was pulled out would make the kernel give the replugged pad another name.
    func close(_ line: OpenLine, reason: String) {
        guard let descriptor = line.descriptor else { return }
        line.descriptor = nil
        line.timers = [:]
        if let reports = line.reports { Glibc.close(reports) }
        line.reports = nil
        unwatch(descriptor)
        var waiting: Int32 = 0
        let isTerminalWithOutput = ioctl(descriptor, UInt(TIOCOUTQ), &waiting) == 0 && waiting > 0
        // A serial line that still has output, such as the last thanks, waits for it when it is closed.
        if isTerminalWithOutput { hallgate_close_aside(descriptor) } else { Glibc.close(descriptor) }
        line.finish(reason: reason)
    }

    private static func words(_ errno: Int32) -> String {
        // A pulled plug is EIO on a terminal and ENODEV on a HID or input node.
        [EIO, ENODEV, EPIPE].contains(errno) ? "hang-up" : String(cString: strerror(errno))
    }
}
