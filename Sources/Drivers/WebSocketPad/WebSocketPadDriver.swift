// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// An Android pad that connects in over WebSocket and speaks JSON (the public host code; domain of Hallgate, section 8).
///
/// The pad's text messages reach the driver through a relay, framed as ``MessageCollector`` says, and answers go back
/// the same way. A rating is answered 0 only once it is on disk, and 1003 where it could not be recorded.
public struct WebSocketPadDriver: DeviceDriver {
    public static let name = "websocket"
    public let capabilities: DeviceCapabilities

    /// What an answer says.
    enum Code: Int, Sendable {
        case done = 0
        case unknownMethod = 999
        case notLoggedIn = 1000
        case noRight = 1001
        case badWindowOrUser = 1002
        case ratingFailed = 1003
    }

    /// Longest `rateId`, `winNum` or `userCode` taken, in bytes.
    static let longestName = 64

    let settings: WebSocketPadSettings
    var collector = MessageCollector()
    var submissions: SubmissionMemory
    var isOpen = false
    var isLoggedIn = false
    var isSilent = false
    /// The prompt that the pad still owes an answer to.
    var prompt: PromptNumber?
    var actions: [DriverAction] = []

    /// Makes a driver for one connection.
    public init(_ settings: WebSocketPadSettings) {
        self.settings = settings
        submissions = SubmissionMemory(ConnectionLog(device: settings.device, nonce: 0))
        capabilities = DeviceCapabilities(
            thanks: .afterCommit, keepsLog: false, prompts: true, levels: settings.keyMap.levels)
    }

    public mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened(let nonce): open(nonce)
        case .received(let bytes): receive(bytes)
        case .timer(.keepAlive): noteSilence()
        case .timer: break
        case .recorded(let key):
            if isOpen, submissions.recorded(key) { answer(Submission.method, .done) }
        case .refused(let key):
            if isOpen, submissions.refused(key) { answer(Submission.method, .ratingFailed) }
        case .command(let command, _):
            if isOpen { request(command) }
        }
        var result: [DriverAction] = []
        swap(&result, &actions)
        return result
    }

    /// Both ways: what a pad is asked can name a citizen.
    public func masked(_ bytes: [UInt8], _ direction: TrafficRecord.Direction) -> [UInt8?] { MessageMask.masked(bytes) }

    private mutating func open(_ nonce: UInt64) {
        self = WebSocketPadDriver(settings)
        submissions = SubmissionMemory(ConnectionLog(device: settings.device, nonce: nonce))
        isOpen = true
        expectSign()
    }

    // MARK: Messages in

    private mutating func receive(_ bytes: [UInt8]) {
        guard isOpen else { return }
        var heard = false
        for byte in bytes {
            switch collector.push(byte) {
            case .pending: break
            case .passedOver(let count): actions.append(.observed(.garbage(bytes: count)))
            case .message(let message):
                do {
                    take(try JSONParser.parse(message), raw: message)
                    heard = true
                } catch {
                    actions.append(.observed(.badFrame(reason: "not JSON: \(error)")))
                }
            }
        }
        guard heard else { return }
        if isSilent {
            isSilent = false
            actions.append(.observed(.answering))
        }
        expectSign()
    }

    private mutating func take(_ message: JSONValue, raw: [UInt8]) {
        if case .string(let method)? = message["method"] {
            call(method, message["param"] ?? .null, raw: raw)
        } else if case .string(let request)? = message["request"] {
            take(answer: message["code"], to: request)
        } else {
            actions.append(.observed(.badFrame(reason: "neither a request nor an answer")))
        }
    }

    // MARK: Silence

    private mutating func expectSign() {
        actions.append(.setTimer(.keepAlive, after: settings.heartbeat * 5 / 2))
    }

    private mutating func noteSilence() {
        guard isOpen, !isSilent else { return }
        isSilent = true
        actions.append(.observed(.silent))
    }

    // MARK: Messages out

    /// Sends an answer; the method goes back as it came, cut where no method is that long.
    mutating func answer(_ method: String, _ code: Code, _ result: JSONValue = .null) {
        let request = String(method.unicodeScalars.prefix(WebSocketPadDriver.longestName))
        send(.object(["request": .string(request), "code": .integer(code.rawValue), "result": result]))
    }

    mutating func send(_ message: JSONValue) {
        actions.append(.send(MessageCollector.framed(message)))
    }
}
