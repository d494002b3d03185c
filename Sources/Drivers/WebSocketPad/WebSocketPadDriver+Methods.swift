// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

extension WebSocketPadDriver {
    /// What a pad asked for.
    mutating func call(_ method: String, _ parameters: JSONValue, raw: [UInt8]) {
        if method == "Login" { return logIn(parameters) }
        let list = WebSocketPadSettings.Method(rawValue: method)
        let isKnown = method == "HeartBeat" || method == Submission.method || list != nil
        guard isKnown else { return answer(method, .unknownMethod) }
        guard isLoggedIn || list?.isAskedBeforeLogin == true else { return answer(method, .notLoggedIn) }
        if method == Submission.method {
            submit(parameters, raw: raw)
        } else if let list {
            if let result = settings.results[list] { answer(method, .done, result) } else { answer(method, .noRight) }
        } else {
            answer(method, .done)
        }
    }

    private mutating func logIn(_ parameters: JSONValue) {
        let window = Submission.name(parameters["winNum"])
        // Who is known by the code is the engine's to say: a code that nobody has signs nobody in.
        let user = Submission.name(parameters["userCode"])
        let isUser = user != nil || parameters["userCode"] == .string("")
        guard let window, isUser, settings.windowNumber.map({ $0 == window }) ?? true else {
            actions.append(.observed(.badFrame(reason: "login with another window or user")))
            return answer("Login", .badWindowOrUser)
        }
        isLoggedIn = true
        answer("Login", .done)
        // The model holds the pad's own word for its window, which is checked for control characters.
        actions.append(
            .identified(
                DeviceIdentity(
                    device: settings.device, log: nil, model: "\(WebSocketPadDriver.name) \(window)", firmware: "")))
        if settings.signsStaffIn { actions.append(.signedIn(user)) }
    }

    private mutating func submit(_ parameters: JSONValue, raw: [UInt8]) {
        guard let submission = Submission(parameters, score: settings.score),
            let outcome = settings.keyMap.outcome(of: submission.value)
        else {
            // Which field it is stays unsaid, for a score must not be told by what is reported of it.
            actions.append(.observed(.badFrame(reason: "RateSubmit with fields that are missing or wrong")))
            return answer(Submission.method, .ratingFailed)
        }
        let prompt = PromptName.prompt(named: submission.rateID)
        switch submissions.meet(submission.rateID, prompt: prompt) {
        case .waiting: break
        case .recorded: answer(Submission.method, .done)
        case .new(let key):
            actions.append(
                .press(
                    CapturedPress(
                        key: key, outcome: outcome, prompt: prompt, age: nil, lifetimeCount: nil,
                        driver: WebSocketPadDriver.name,
                        rawFrame: Array(raw.prefix(Limits.rawFrameBytes)))))
        }
    }

    /// What a pad answered.
    mutating func take(answer code: JSONValue?, to request: String) {
        guard case .integer(let code)? = code else {
            actions.append(.observed(.badFrame(reason: "an answer without a code")))
            return
        }
        guard code == Code.done.rawValue else {
            actions.append(.observed(.badFrame(reason: "the pad answered with code \(code)")))
            return
        }
        if request == "RateQuest", let number = prompt {
            prompt = nil
            actions.append(.observed(.prompting(number)))
        }
    }

    /// What the gateway wants of the pad; a pad that is not logged in is told nothing.
    mutating func request(_ command: DeviceCommand) {
        guard isLoggedIn else { return }
        switch command {
        case .prompt(let number, _, let subject):
            guard number != 0 else { return }
            prompt = number
            ask(number, subject)
        case .cancelPrompt(let number):
            if prompt == number { prompt = nil }
            operate("Reset")
        case .pause: operate("Pause")
        case .resume: operate("Resume")
        case .showWaiting, .show, .openPage, .closePage, .scan, .identify, .setTime, .update, .cancelUpdate: break
        }
    }

    /// What is not known of the session is an empty text.
    private mutating func ask(_ number: PromptNumber, _ subject: PromptSubject?) {
        let name = PromptName.name(of: number)
        let date = subject?.openedAt.map { String($0.prefix(settings.date.characters)) }
        let parameters: [String: JSONValue] = [
            "rateId": settings.sendsNumericRateID ? .integer(Int(clamping: name)) : .string(String(name)),
            "transactor": .string(subject?.transactor ?? ""), "item": .string(subject?.item ?? ""),
            "date": .string(date ?? ""), "reserveSeq": .string(""),
        ]
        send(.object(["method": .string("RateQuest"), "param": .object(parameters)]))
    }

    private mutating func operate(_ word: String) {
        let parameter: JSONValue = settings.operationMember.map { .object([$0: .string(word)]) } ?? .string(word)
        send(.object(["method": .string("RateOperate"), "param": parameter]))
    }
}

/// The parameters of a `RateSubmit`.
struct Submission: Sendable, Hashable {
    static let method = "RateSubmit"

    let rateID: String
    /// The score that is the level, 1 to 5.
    let value: UInt8

    /// Reads the parameters; `nil` where one is missing or wrong.
    init?(_ parameters: JSONValue, score: WebSocketPadSettings.Score) {
        guard let rateID = Submission.name(parameters["rateId"]) else { return nil }
        var value: UInt8?
        for each in WebSocketPadSettings.Score.allCases {
            guard let member = parameters[each.rawValue] else { continue }
            guard case .integer(let number) = member, (1...5).contains(number) else { return nil }
            if each == score { value = UInt8(number) }
        }
        guard let value else { return nil }
        self.rateID = rateID
        self.value = value
    }

    /// A name as a text or a whole number, without control characters.
    static func name(_ value: JSONValue?) -> String? {
        switch value {
        case .integer(let number)?: return String(number)
        case .string(let text)?:
            let isPlain = text.unicodeScalars.allSatisfy { scalar in
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator: false
                default: true
                }
            }
            return isPlain && !text.isEmpty && text.utf8.count <= WebSocketPadDriver.longestName ? text : nil
        default: return nil
        }
    }
}
