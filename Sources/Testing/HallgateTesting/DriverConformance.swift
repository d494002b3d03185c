// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
import RatingModel

/// What every `DeviceDriver` must keep, whatever it drives: a suite that takes the driver and some of its traffic.
///
/// A test calls each check and expects no violations:
/// `#expect(conformance.presses(outliveGarbage: seed).isEmpty)`. Each violation is a sentence that names the trace.
public struct DriverConformance {
    /// Traffic of a device, from the first byte after the line was opened.
    public struct Trace: Sendable {
        /// What it shows, for messages.
        public let name: String
        /// What the device sent.
        public let bytes: [UInt8]
        /// How many presses a driver finds in it.
        public let presses: Int
        /// How often a driver that takes no ratings writes, or puts out a code or a staff key; `nil` where it does not
        /// matter.
        public let outputs: Int?
        /// What such a driver is told before the bytes.
        public let commands: [DeviceCommand]

        /// Names a piece of traffic.
        public init(
            _ name: String, _ bytes: [UInt8], presses: Int, outputs: Int? = nil, commands: [DeviceCommand] = []
        ) {
            self.name = name
            self.bytes = bytes
            self.presses = presses
            self.outputs = outputs
            self.commands = commands
        }
    }

    let traces: [Trace]
    let capabilities: DeviceCapabilities
    let makeDriver: @Sendable () -> any DeviceDriver

    /// Takes a driver type by the way one is made, and traces with at least one press among them, or, for a
    /// driver that takes no ratings, one output.
    public init<Driver: DeviceDriver>(traces: [Trace], makeDriver: @escaping @Sendable () -> Driver) {
        self.traces = traces
        self.makeDriver = makeDriver
        capabilities = makeDriver().capabilities
    }

    // MARK: Checks

    /// Every trace, whole, yields the presses it says; of a driver that takes no ratings, the outputs.
    public func tracesAreUnderstood() -> [String] {
        var violations: [String] = []
        let isProof = { (trace: Trace) in capabilities.levels.isEmpty ? trace.outputs ?? 0 > 0 : trace.presses > 0 }
        if !traces.contains(where: isProof) {
            let wanted = capabilities.levels.isEmpty ? "an output" : "a press"
            violations.append("no trace has \(wanted): nothing is proved")
        }
        for trace in traces {
            var line = DriverLine(makeDriver())
            for command in trace.commands { line.tell(.command(command)) }
            line.feed(trace.bytes)
            if let outputs = trace.outputs, line.outputs != outputs {
                violations.append("\(trace.name): \(line.outputs) outputs instead of \(outputs)")
            }
            if line.presses.count != trace.presses {
                violations.append("\(trace.name): \(line.presses.count) presses instead of \(trace.presses)")
            }
        }
        return violations
    }

    /// Split at every byte, and byte by byte, a trace gives the same as whole.
    public func splittingChangesNothing() -> [String] {
        var violations: [String] = []
        for trace in traces {
            var whole = DriverLine(makeDriver())
            whole.feed(trace.bytes)
            for place in trace.bytes.indices {
                var split = DriverLine(makeDriver())
                split.feed(Array(trace.bytes[..<place]))
                split.feed(Array(trace.bytes[place...]))
                if split.visible != whole.visible { violations.append("\(trace.name): differs split at \(place)") }
            }
            var single = DriverLine(makeDriver())
            for byte in trace.bytes { single.feed([byte]) }
            if single.visible != whole.visible { violations.append("\(trace.name): differs byte by byte") }
        }
        return violations
    }

    /// Cut off at every byte and sent again whole, a trace still yields its presses.
    ///
    /// A device that keeps a log yields no others; without one a repeat counts again, so the last ones are compared.
    public func tracesOutliveTruncation() -> [String] {
        var violations: [String] = []
        for trace in traces {
            let wanted = presses(of: trace)
            for place in trace.bytes.indices {
                var line = DriverLine(makeDriver())
                line.feed(Array(trace.bytes[..<place]))
                line.feed(trace.bytes)
                let isKept =
                    capabilities.keepsLog
                    ? Set(line.presses.map(\.key)) == Set(wanted.map(\.key))
                    : line.presses.suffix(wanted.count).map(\.outcome) == wanted.map(\.outcome)
                if !isKept { violations.append("\(trace.name): other presses after a cut at \(place)") }
            }
        }
        return violations
    }

    /// Every press names a key of its own, and nothing that is recorded is larger than its limit.
    public func pressesAreWellFormed() -> [String] {
        var violations: [String] = []
        for trace in traces {
            let presses = presses(of: trace)
            if Set(presses.map(\.key)).count != presses.count { violations.append("\(trace.name): a key came twice") }
            for press in presses {
                if press.key.device.value.isEmpty || press.key.device.value.utf8.count > Limits.identifierBytes {
                    violations.append("\(trace.name): device \(press.key.device)")
                }
                if press.key.sequence == 0 { violations.append("\(trace.name): sequence 0") }
                if press.rawFrame.isEmpty || press.rawFrame.count > Limits.rawFrameBytes {
                    violations.append("\(trace.name): a raw frame of \(press.rawFrame.count) bytes")
                }
                if case .rated(let level, _, let label) = press.outcome,
                    !capabilities.levels.contains(level) || label.isEmpty
                {
                    violations.append("\(trace.name): a level that the driver says cannot be pressed, or no label")
                }
            }
        }
        return violations
    }

    /// What the device is told before `recorded` holds no acknowledgement; with it, a device that can thank is told.
    public func nothingIsAcknowledgedBeforeItIsRecorded() -> [String] {
        var violations: [String] = []
        for trace in traces where trace.presses > 0 {
            var line = DriverLine(makeDriver())
            line.feed(trace.bytes)
            line.feed(trace.bytes)
            line.passTime(timers: 20)
            let early = line.sent
            for press in line.presses {
                let answer = line.tell(.recorded(press.key))
                if capabilities.thanks == .afterCommit, answer.isEmpty {
                    violations.append("\(trace.name): \(press.key) was recorded and the device is not told")
                }
                for frame in answer where early.contains(frame) {
                    violations.append("\(trace.name): \(press.key) was acknowledged before it was recorded")
                }
            }
        }
        return violations
    }

    /// A refused press is answered by something else than an acknowledgement.
    public func refusalShowsAFault() -> [String] {
        var violations: [String] = []
        for trace in traces where trace.presses > 0 && capabilities.thanks == .afterCommit {
            var refusing = DriverLine(makeDriver())
            var recording = DriverLine(makeDriver())
            refusing.feed(trace.bytes)
            recording.feed(trace.bytes)
            for press in refusing.presses {
                let fault = refusing.tell(.refused(press.key))
                let thanks = recording.tell(.recorded(press.key))
                if fault.isEmpty { violations.append("\(trace.name): \(press.key) was refused in silence") }
                if fault == thanks { violations.append("\(trace.name): a refusal looks like thanks") }
            }
        }
        return violations
    }

    private func presses(of trace: Trace) -> [CapturedPress] {
        var line = DriverLine(makeDriver())
        line.feed(trace.bytes)
        return line.presses
    }
}
