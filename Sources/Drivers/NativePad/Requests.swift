// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import PadProtocol
import RatingModel

/// What the pad was asked for, kept until it answers, and told again to a pad that lost its memory.
struct Requests: Sendable {
    struct Prompt: Sendable {
        let number: PromptNumber
        let deadline: MonotonicInstant
        var isCancelled = false
        var isAnswered = false
    }

    var prompt: Prompt?
    /// Whether the pad shall be paused; `nil` where nobody said.
    var isPaused: Bool?
    var isPauseAnswered = false
    /// The wall clock as it was told, and when.
    var time: (wall: WallTime, at: MonotonicInstant)?
    var isSignOwed = false
    var display = DisplayRequests()

    var isAnythingOwed: Bool {
        prompt.map { !$0.isAnswered } ?? false || isPaused != nil && !isPauseAnswered || isSignOwed
            || display.isAnythingOwed
    }

    mutating func forgetAnswers() {
        prompt?.isAnswered = false
        isPauseAnswered = false
        isSignOwed = false
        display.forgetAnswers()
    }

    mutating func pauseAnswered(isPaused answer: Bool) {
        if isPaused == answer { isPauseAnswered = true }
    }
}

extension NativePadDriver {
    mutating func request(_ command: DeviceCommand, at now: MonotonicInstant) {
        switch command {
        case .prompt(let number, let timeout, _):
            guard number != 0 else { return }
            requests.prompt = Requests.Prompt(number: number, deadline: now.advanced(by: timeout))
            sendPrompt(at: now)
        case .cancelPrompt(let number):
            guard number != 0 else { return }
            let deadline = now.advanced(by: .milliseconds(ProtocolTimers.keepAlive))
            requests.prompt = Requests.Prompt(number: number, deadline: deadline, isCancelled: true)
            sendPrompt(at: now)
        case .pause, .resume:
            requests.isPaused = command == .pause
            requests.isPauseAnswered = false
            sendPause()
        case .identify:
            if phase == .open { send(.identify) }
        case .setTime(let wall):
            requests.time = (wall, now)
            sendTime(at: now)
        case .showWaiting(let count, let ticket): show(.waiting(count: count, ticket: ticket), at: now)
        case .show(let content): show(.content(content), at: now)
        case .scan(let isOn): show(.scanner(isOn: isOn), at: now)
        case .update(let image): begin(image)
        case .cancelUpdate: cancelUpdate()
        case .openPage, .closePage: break
        }
        if phase == .open, requests.isAnythingOwed { awaitAnswer() }
    }

    /// Sends what the pad has not answered; after a welcome that is everything.
    mutating func sendRequests(at now: MonotonicInstant) {
        if unanswered == 0 { sendTime(at: now) }
        sendPause()
        sendPrompt(at: now)
        sendDisplay(at: now)
        if requests.isSignOwed { send(.keepAlive) }
        if requests.isAnythingOwed { awaitAnswer() }
    }

    private mutating func sendPrompt(at now: MonotonicInstant) {
        guard let prompt = requests.prompt, !prompt.isAnswered else { return }
        let left = now.duration(to: prompt.deadline)
        let milliseconds =
            left.components.seconds.multipliedReportingOverflow(by: 1000).partialValue
            &+ left.components.attoseconds / 1_000_000_000_000_000
        guard milliseconds >= Int64(ProtocolLimits.promptMilliseconds.lowerBound) else {
            requests.prompt = nil
            return
        }
        guard phase == .open else { return }
        let longest = ProtocolLimits.promptMilliseconds.upperBound
        send(
            prompt.isCancelled
                ? .cancelPrompt(number: prompt.number)
                : .prompt(number: prompt.number, milliseconds: min(UInt32(clamping: milliseconds), longest)))
    }

    private mutating func sendPause() {
        guard phase == .open, let isPaused = requests.isPaused, !requests.isPauseAnswered else { return }
        send(isPaused ? .pause : .resume)
    }

    /// The clock went on since it was told; it is a display's, so nobody waits for an answer.
    private mutating func sendTime(at now: MonotonicInstant) {
        guard phase == .open, let (wall, told) = requests.time else { return }
        send(.time(millisecondsSinceEpoch: wall.onWire(toldAt: told, at: now)))
    }

    mutating func promptAnswered(_ number: PromptNumber, isShowing: Bool) {
        guard let prompt = requests.prompt, prompt.number == number else { return }
        if isShowing, !prompt.isCancelled {
            if !prompt.isAnswered { actions.append(.observed(.prompting(number))) }
            requests.prompt?.isAnswered = true
        } else if !isShowing {
            requests.prompt = nil
        }
    }
}

extension WallTime {
    /// The wall clock as the protocol carries it, told a while ago.
    func onWire(toldAt told: MonotonicInstant, at now: MonotonicInstant) -> UInt64 {
        let passed = told.duration(to: now).components
        return UInt64(
            clamping: millisecondsSinceEpoch &+ passed.seconds &* 1000 &+ passed.attoseconds / 1_000_000_000_000_000)
    }
}
