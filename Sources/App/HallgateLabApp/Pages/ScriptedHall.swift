// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird
import RatingModel

/// A hall without devices, journal or region: it answers pages as the core would, and does what a script says.
actor ScriptedHall: HallService {
    /// What was submitted, as a test asks for it.
    struct Ratings: Sendable, Codable, ResponseEncodable {
        /// Every submission that arrived, answered or not.
        var attempts = 0
        /// Those that count, by their numbers.
        var recorded: [RatingSubmission] = []
    }

    private let description: HallDescription
    private(set) var ratings = Ratings()
    private var redeemed: Set<String> = []
    /// The numbers that were looked for.
    var searches: [String] = []
    private var isAway = false
    private var answersToLose = 0
    private var isDelivered = false
    /// Where the page at the terminal `t1` leads back to.
    let back: String
    private var scenes: [String: ScreenScene] = [:]
    private var watchers: [String: [Int: AsyncStream<ScreenScene>.Continuation]] = [:]
    private var lastWatcher = 0
    /// The key of every screen.
    private let screenKey = "lab"
    private static let window = HallDescription.Window(id: "w3", name: "3号综合窗口")

    init(
        languages: [PageLanguage], realName: HallDescription.RealName, isReasonRequired: Bool, speaks: Bool,
        back: String
    ) {
        self.back = back
        description = HallDescription(
            name: "土默特左旗政务服务大厅", windows: [Self.window],
            receiver: PageText([
                .chinese: "内蒙古自治区政务服务“好差评”系统",
                .english: "the autonomous region's evaluation system",
            ]), privacyNotice: nil, languages: languages, indicators: Self.indicators,
            isReasonRequiredForBad: isReasonRequired, realName: realName, textLimit: Limits.freeTextCharacters,
            selfService: .init(speaks: speaks),
            terminals: WebOrigin(ofAddress: back).map { [.init(source: Self.terminal, frames: [$0])] }, version: 1)
    }

    // MARK: The script

    func show(_ scene: ScreenScene, on screen: String) {
        scenes[screen] = scene
        for watcher in (watchers[screen] ?? [:]).values { watcher.yield(scene) }
    }

    /// The core goes away, with the streams it had, or comes back.
    func setAway(_ away: Bool) {
        isAway = away
        guard away else { return }
        for watcher in watchers.values.flatMap(\.values) { watcher.finish() }
        watchers = [:]
    }

    /// The next ratings are recorded, and their answers get lost.
    func loseAnswers(_ count: Int) { answersToLose = count }

    func deliver() { isDelivered = true }

    // MARK: The service

    func describeHall() throws(GatewayError) -> HallDescription {
        try checkPresence()
        return description
    }

    func openPage(_ request: PageRequest) throws(GatewayError) -> PageOpening {
        try checkPresence()
        return try opening(of: request.code)
    }

    func submitRating(_ submission: RatingSubmission) throws(GatewayError) -> SubmissionReceipt {
        try checkPresence()
        ratings.attempts += 1
        let receipt = SubmissionReceipt(receipt: Self.receipt(of: submission.submission))
        if !ratings.recorded.contains(where: { $0.submission == submission.submission }) {
            if try opening(of: submission.code).isOneTime { redeemed.insert(submission.code) }
            ratings.recorded.append(proven(submission))
        }
        if answersToLose > 0 {
            answersToLose -= 1
            throw Self.error("core.away")
        }
        return receipt
    }

    func checkReceipt(_ request: ReceiptRequest) throws(GatewayError) -> ReceiptState {
        try checkPresence()
        guard ratings.recorded.contains(where: { Self.receipt(of: $0.submission) == request.receipt })
        else { throw Self.error("receipt.unknown") }
        return ReceiptState(progress: isDelivered ? .delivered : .recorded)
    }

    func watchScreen(_ request: ScreenRequest) throws(GatewayError) -> AsyncStream<ScreenScene> {
        try checkPresence()
        guard request.key == screenKey else { throw Self.error("screen.unknown") }
        let (stream, continuation) = AsyncStream.makeStream(of: ScreenScene.self)
        lastWatcher += 1
        watchers[request.screen, default: [:]][lastWatcher] = continuation
        continuation.yield(scenes[request.screen] ?? ScreenScene(kind: .idle, window: Self.window))
        return stream
    }

    // MARK: What it knows

    func checkPresence() throws(GatewayError) {
        if isAway { throw Self.error("core.away") }
    }

    private func opening(of code: String) throws(GatewayError) -> PageOpening {
        for word in ["expired", "redeemed", "revoked", "foreign"] where code.hasPrefix(word) {
            throw Self.error("code." + word)
        }
        if redeemed.contains(code) { throw Self.error("code.redeemed") }
        if code.hasPrefix("once") {
            return PageOpening(window: Self.window, caseShown: "…0042", expiresInSeconds: 900, isOneTime: true)
        }
        if code.hasPrefix("sign") {
            return PageOpening(window: Self.window, caseShown: nil, expiresInSeconds: nil, isOneTime: false)
        }
        if code.hasPrefix("hall") {
            return PageOpening(window: nil, caseShown: nil, expiresInSeconds: nil, isOneTime: false)
        }
        throw Self.error("code.unreadable")
    }

    /// A number that looks like a receipt's and tells submissions apart.
    private static func receipt(of submission: String) -> String {
        let digits = submission.filter { $0 != "-" }.prefix(12).uppercased()
        return [digits.prefix(4), digits.dropFirst(4).prefix(4), digits.dropFirst(8)].map(String.init)
            .joined(separator: "-")
    }

    static func error(_ code: String, after seconds: Int? = nil) -> GatewayError {
        GatewayError(
            code, LocalText("The script says so", "脚本如此"), hint: LocalText("change the script", "请修改脚本"),
            retryAfterSeconds: seconds)
    }

    /// The nation's indicators, as a region hands them down; the first three of a level are basic.
    private static let indicators: [PageLevel: [HallDescription.Indicator]] = Dictionary(
        uniqueKeysWithValues: zip(PageLevel.allCases, indicatorTexts).map { level, texts in
            let indicators = texts.enumerated().map { index, text in
                HallDescription.Indicator(code: "\(text.0)", text: text.1, isBasic: index < 3)
            }
            return (level, indicators)
        })
}
