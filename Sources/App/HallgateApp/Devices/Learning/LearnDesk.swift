// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel
import Synchronization

/// Where everything arrives that is heard while learning.
final class LearnDesk: Sendable {
    private struct Place: Hashable {
        let path: String
        let baud: Int?
    }

    private struct State {
        var captures: [Place: LineCapture] = [:]
        var learners: [String: HIDReportLearner] = [:]
        /// When a line spoke last since it was opened, and whether a driver understood.
        var heard: [String: (at: ContinuousClock.Instant, isUnderstood: Bool)] = [:]
    }

    /// Most lines of which captures are kept.
    private static let mostCaptures = 256

    private let state = Mutex(State())
    private let sign: @Sendable (LearnEvidence) -> Void
    /// Whether HID reports are to be looked through; not where another driver was asked for.
    private let learnsReports: Bool

    init(learnsReports: Bool = true, sign: @escaping @Sendable (LearnEvidence) -> Void) {
        self.learnsReports = learnsReports
        self.sign = sign
    }

    /// What each line said at each speed, the most first.
    var captures: [LineCapture] {
        state.withLock { state in
            state.captures.values.sorted { ($0.bytes, $1.path, $1.baud ?? 0) > ($1.bytes, $0.path, $0.baud ?? 0) }
        }
    }

    func heard(_ bytes: [UInt8], on path: String, baud: Int?) {
        state.withLock { state in
            let place = Place(path: path, baud: baud)
            state.heard[path] = (.now, state.heard[path]?.isUnderstood ?? false)
            guard state.captures[place] != nil || state.captures.count < Self.mostCaptures else { return }
            state.captures[place, default: LineCapture(path: path, baud: baud)].add(bytes)
        }
    }

    /// What a HID device's reports say so far, this one included.
    func layout(of report: [UInt8], on path: String) -> HIDReportLearner.Layout? {
        guard learnsReports else { return nil }
        return state.withLock { $0.learners[path, default: HIDReportLearner()].take(report) }
    }

    func found(_ evidence: LearnEvidence) {
        state.withLock { $0.heard[evidence.path]?.isUnderstood = true }
        sign(evidence)
    }

    /// A line was opened anew.
    func opened(_ path: String) { state.withLock { $0.heard[path] = nil } }

    /// Whether a line said something that no driver understands, and is quiet again: at another speed it may be plain.
    func isMisunderstood(_ path: String) -> Bool {
        state.withLock { state in
            state.heard[path].map { !$0.isUnderstood && $0.at.duration(to: .now) > .milliseconds(300) } ?? false
        }
    }
}
