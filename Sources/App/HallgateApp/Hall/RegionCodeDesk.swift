// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import Logging
import RatingModel
import UplinkAPI

/// Asks the region for its own codes and whether their cases have been rated, beside everything else: no screen, no pad and
/// no session waits for it.
actor RegionCodeDesk {
    /// What it asks of the rest of the gateway.
    struct Surroundings: Sendable {
        /// The desk of the region that a configuration names; `nil` where it has none that can be asked.
        var desk: @Sendable (UplinkName?) async -> RegionDesk?
        /// Shows a code that came.
        var show: @Sendable (_ code: ShownCode, WindowSession) async -> Void
        /// Has a session answered that was rated at the region's page.
        var answered: @Sendable (PromptNumber) async -> Void
    }

    /// The longest code that is shown, in bytes: with more, the squares are too small for a phone at a counter.
    static let longestCode = 512

    private let clock: any GatewayClock
    private let logger: Logger
    private var surroundings: Surroundings?
    private var machine = RegionCodes(times: .init(shown: .zero, askRated: nil))
    private var region: UplinkName?
    private var isOn = false
    /// What went wrong last, so that an outage is told once and not at every citizen.
    private var trouble: GatewayError?
    /// Places whose code was wanted and which the site has none of.
    private var placesWithout: Set<WindowID?> = []
    /// The codes that came last.
    private var given: [(session: PromptNumber, code: ShownCode)] = []
    /// Most of them: as many as a busy hall opens sessions in a minute or two, a megabyte of pictures at the most.
    private static let mostGiven = 16
    /// Whether a code came as a picture.
    private var drawsCodes = false

    init(clock: any GatewayClock, logger: Logger) {
        self.clock = clock
        self.logger = logger
    }

    func connect(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Takes what is decided of pages.
    func apply(_ settings: PagesSettings) {
        isOn = settings.codeSource != .local
        region = settings.region
        placesWithout = []
        drawsCodes = false
        given = []
        machine.times = RegionCodes.Times(shown: settings.showCodeFor, askRated: settings.askRated)
    }

    // MARK: What happens

    /// A code is wanted; `code` is what is shown for it, `nil` where the region has yet to say or the site has none.
    func wanted(_ purpose: ScreenMachine.Purpose, code: ShownCode?, _ settings: PagesSettings) {
        guard isOn else { return }
        switch purpose {
        case .session(let session):
            let asks = settings.codeSource == .regionCall && session.caseReference != nil
            machine.opened(session, wantsCode: code == nil && asks, at: clock.now().monotonic)
            if code == nil, !asks { placesWithout.insert(session.window) }
        case .everybody(let place): if code == nil { placesWithout.insert(place) }
        }
    }

    func take(_ sign: ScreenSign) {
        if case .window(let window, let picture) = sign { machine.changed(window, to: picture) }
    }

    /// The region said unasked that a case was rated just now.
    func told(rated reference: CaseReference) async {
        for action in machine.told(rated: reference, at: clock.now().monotonic) { await carryOut(action) }
    }

    // MARK: Asking

    /// Asks whenever it is time, until the task is cancelled.
    func run(sleep: @Sendable @escaping (Duration) async throws -> Void) async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                for action in due() { group.addTask { await self.carryOut(action) } }
                // A hall with codes of its own is looked at for a change of the configuration alone.
                do { try await sleep(isOn ? .milliseconds(250) : .seconds(2)) } catch { break }
            }
            group.cancelAll()
        }
    }

    /// What is to be asked now.
    func due() -> [RegionCodes.Action] { machine.timePassed(at: clock.now().monotonic) }

    /// Asks, and does what comes of the answer.
    func carryOut(_ action: RegionCodes.Action) async {
        switch action {
        case .askCode(let session):
            let code = await code(for: session)
            await follow(machine.code(code, for: session.number, at: clock.now().monotonic))
        case .askRated(let session):
            let isRated = await isRated(session)
            await follow(machine.rated(isRated, of: session.number, at: clock.now().monotonic))
        case .show(let session, let code): await surroundings?.show(code, session)
        case .answered(let session): await surroundings?.answered(session)
        }
    }

    private func follow(_ actions: [RegionCodes.Action]) async {
        for action in actions { await carryOut(action) }
    }

    private func code(for session: WindowSession) async -> ShownCode? {
        guard let reference = session.caseReference else { return nil }
        let code = try? await code(of: reference, at: session.window)
        if let code { keep(code, of: session) }
        return code
    }

    /// The code of a session's case, for print: what the region gave for it, or gives now; `nil` where it is not asked.
    func code(for session: WindowSession, _ settings: PagesSettings) async throws(GatewayError) -> ShownCode? {
        guard settings.codeSource == .regionCall, let reference = session.caseReference else { return nil }
        if let given = given.last(where: { $0.session == session.number }) { return given.code }
        do throws(GatewayError) {
            let code = try await code(of: reference, at: session.window)
            machine.asked(hasCome: true, at: clock.now().monotonic)
            keep(code, of: session)
            return code
        } catch {
            machine.asked(hasCome: false, at: clock.now().monotonic)
            throw error
        }
    }

    /// Keeps the newest codes, so that a slip asks for none that a screen shows.
    private func keep(_ code: ShownCode, of session: WindowSession) {
        given = given.suffix(Self.mostGiven - 1) + [(session.number, code)]
    }

    private func isRated(_ session: WindowSession) async -> Bool? {
        guard let reference = session.caseReference else { return nil }
        return try? await answer(to: .isRated(reference)) { coding, reply throws(GatewayError) in
            try coding.isRated(reply)
        }
    }

    private func code(of reference: CaseReference, at window: WindowID) async throws(GatewayError) -> ShownCode {
        let code = try await answer(to: .code(reference, window: window)) { coding, reply throws(GatewayError) in
            let code = try coding.code(in: reply)
            if case .text(let text) = code, !Self.isAddress(text) { throw .codeIsNoAddress }
            return code
        }
        if case .image = code { drawsCodes = true }
        return code
    }

    private func answer<Answer: Sendable>(
        to question: RegionQuestion,
        _ read: (any RegionCoding, RegionReply) throws(GatewayError) -> Answer
    ) async throws(GatewayError) -> Answer {
        do throws(GatewayError) {
            guard let desk = await surroundings?.desk(region), desk.asks else { throw .nobodyToAsk }
            let answer = try read(desk.coding, try await desk.ask(question))
            trouble = nil
            return answer
        } catch {
            if trouble?.code != error.code, !Task.isCancelled {
                logger.warning(
                    "the region was asked about its own codes and did not answer; pads and pages go on without",
                    metadata: ["error": "\(error)"])
            }
            trouble = error
            throw error
        }
    }

    // MARK: What operators see

    /// How codes came, and which the site lacks; `nil` where its codes are its own.
    var picture: RegionCodePicture? {
        guard isOn else { return nil }
        return RegionCodePicture(
            tally: machine.tally, trouble: trouble, placesWithout: placesWithout, drawsCodes: drawsCodes)
    }

    /// Whether a region's text is an address that a phone opens, as it is: nothing of it is ever altered.
    static func isAddress(_ text: String) -> Bool {
        let start = text.prefix(8).lowercased()
        return (start.hasPrefix("https://") || start.hasPrefix("http://")) && text.utf8.count <= longestCode
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

extension GatewayError {
    fileprivate static let codeIsNoAddress = GatewayError(
        "uplink.code-unusable", LocalText("the region's code is no address", "上级平台给出的二维码不是网址"),
        hint: LocalText(
            "let 'answers.code.text' of the profile name the address, or 'answers.code.image' a picture",
            "请让上级配置的 'answers.code.text' 指向网址，或让 'answers.code.image' 指向图片"))

    fileprivate static let nobodyToAsk = GatewayError(
        "uplink.asks-nothing", LocalText("this kind of uplink asks nothing", "此类上行链路不能查询上级系统"),
        hint: LocalText("name an uplink of kind https with 'pages.region'", "请用 'pages.region' 指定 https 类上行链路"))
}
