// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import DeviceAPI
import HallAPI
import JournalAPI
import Logging
import RatingModel

/// Takes the ratings of ingest sources for a running gateway: who shows a key of the configuration may hand over what
/// ``CitizenDesk/CheckedIngest`` lets through, and each of its numbers stands for one rating.
actor GatewayIngest: IngestService {
    /// What stands as the driver in the records of every source.
    static let driver = "ingest"
    /// What stands as the driver in the records of what was rated on a source's page.
    static let pageDriver = "ingest-page"
    /// How long a caller waits for the answer to a wrong key; tests need not wait.
    typealias Pause = @Sendable (Duration) async -> Void

    private let hall: GatewayHall
    private let reception: PressReception
    private let journal: any RatingJournal
    private let clock: any GatewayClock
    private let logger: Logger
    private let pause: Pause
    private var settings: IngestSettings
    private var zone: HallZone
    private var paces: [String: SubmissionPace] = [:]
    /// How many requests are being carried out for a press.
    private var underWay: [PressKey: Int] = [:]
    private var wrongKeys = WrongKeys()

    init(
        _ configuration: GatewayConfiguration, _ hall: GatewayHall, _ reception: PressReception,
        _ journal: any RatingJournal, clock: any GatewayClock, logger: Logger,
        pause: @escaping Pause = { try? await Task.sleep(for: $0) }
    ) {
        self.hall = hall
        self.reception = reception
        self.journal = journal
        self.clock = clock
        self.logger = logger
        self.pause = pause
        settings = configuration.ingest
        zone = configuration.hall.zone
    }

    /// Takes a configuration that was accepted while running.
    func apply(_ configuration: GatewayConfiguration) {
        settings = configuration.ingest
        zone = configuration.hall.zone
        paces = paces.filter { name, _ in settings.sources.contains { $0.source.name == name } }
    }

    /// How often a wrong key was shown since the start.
    var wrongKeysShown: Int64 { wrongKeys.count }

    // MARK: What is asked

    func ingest(_ rating: IngestRating) async throws(GatewayError) -> IngestReceipt {
        let source = try await admit(rating.source, rating.key)
        let (description, now) = (try await hall.describeHall(), clock.now())
        let checked = try CheckedIngest(rating, of: source.source, for: description, zone: zone, at: now)
        if let known = try await known(checked, of: source.source) {
            return try await receipt(of: known, checked, source, at: now)
        }
        let press = try CapturedPress(checked, of: source.source)
        // What is being recorded already costs no pace, and what was recorded meanwhile is answered at any.
        if underWay[press.key] == nil {
            do throws(GatewayError) { try keepPace(source) } catch {
                guard let known = try await known(checked, of: source.source) else { throw error }
                return try await receipt(of: known, checked, source, at: now)
            }
        }
        underWay[press.key, default: 0] += 1
        defer { underWay[press.key] = underWay[press.key].flatMap { $0 > 1 ? $0 - 1 : nil } }
        let outcome = await reception.receive(
            press, from: PressSource(path: press.key.device.value, window: checked.window),
            channel: source.source.channel, personal: checked.personal, caseReference: checked.caseReference,
            isTimeOfDayKnown: checked.isTimeOfDayKnown, reportedAt: now)
        switch outcome {
        case .recorded(let id): return try await receipt(of: id, number: checked.number)
        case .duplicate, .conflict:
            // The same number came twice at once: what stands under it decides.
            guard let known = try await known(checked, of: source.source) else { throw .ingestConflict }
            return try await receipt(of: known, checked, source, at: now)
        case .refused(let error): throw error
        }
    }

    func progress(of question: IngestQuestion) async throws(GatewayError) -> IngestProgress {
        let source = try await admit(question.source, question.key)
        guard CheckedIngest.isNumber(question.number),
            let entry = try await journal.rating(under: try PressKey(question.number, of: source.source))
        else { throw .unknownIngestNumber }
        let receipt = try await hall.receipt(of: entry.id).receipt
        let state = try await hall.checkReceipt(ReceiptRequest(receipt: receipt))
        return IngestProgress(number: question.number, receipt: receipt, progress: state.progress)
    }

    func makeAddress(for request: AddressRequest) async throws(GatewayError) -> IngestAddress {
        let source = try await admit(request.source, request.key)
        let checked = try CheckedAddress(request, of: source.source, for: try await hall.describeHall())
        try keepPace(source)
        return try await hall.address(for: checked, of: source.source)
    }

    // MARK: Who asks

    /// The source of this name and key. Whoever shows another waits for the answer, and is not told which of the two is
    /// wrong.
    private func admit(_ name: String, _ key: String) async throws(GatewayError) -> IngestSettings.Source {
        if let source = settings.source(name),
            PadChannelKey.fits(key, file: source.keyFile, of: "source", name, logger: logger)
        {
            return source
        }
        let (waits, report) = wrongKeys.shown(at: clock.now().monotonic)
        if let report { logger.warning("wrong keys of ingest sources were shown", metadata: ["count": "\(report)"]) }
        guard waits else { throw .tooManyWrongKeys }
        await pause(WrongKeys.pause)
        wrongKeys.ended()
        throw .ingestNotAllowed
    }

    private func keepPace(_ source: IngestSettings.Source) throws(GatewayError) {
        var pace = paces[source.source.name] ?? SubmissionPace(perMinute: source.mostPerMinute)
        pace.perMinute = source.mostPerMinute
        // A source paces itself alone, so that a busy one holds up no other.
        let wait = pace.take([.code([])], at: clock.now().monotonic)
        paces[source.source.name] = pace
        guard let wait else { return }
        logger.info("an ingest source hands over too fast", metadata: ["source": "\(source.source.name)"])
        throw .ratingTooFast(wait)
    }

    // MARK: What is on disk

    /// The record under a number of a source, with the rating it holds.
    private func known(
        _ checked: CheckedIngest, of source: IngestSource
    ) async throws(GatewayError) -> (entry: JournalEntry, rating: Rating)? {
        let key = try PressKey(checked.number, of: source)
        guard let entry = try await journal.rating(under: key), case .rating(let rating) = entry.body else {
            return nil
        }
        return (entry, rating)
    }

    /// The receipt of what stands under the number, where that is the same; another content is kept beside it (G4).
    private func receipt(
        of known: (entry: JournalEntry, rating: Rating), _ checked: CheckedIngest, _ source: IngestSettings.Source,
        at now: CaptureTime
    ) async throws(GatewayError) -> IngestReceipt {
        let personal = try await journal.personal(of: known.entry.id)
        if checked.isSame(as: known.rating, personal) {
            return try await receipt(of: known.entry.id, number: checked.number)
        }
        try await keepBeside(known.entry.id, checked, source, at: now)
        throw .ingestConflict
    }

    private func receipt(of id: RecordID, number: String) async throws(GatewayError) -> IngestReceipt {
        IngestReceipt(number: number, receipt: try await hall.receipt(of: id).receipt)
    }

    /// Keeps what came under the number of another rating, once for each level: it is evidence and never delivered.
    private func keepBeside(
        _ original: RecordID, _ checked: CheckedIngest, _ source: IngestSettings.Source, at now: CaptureTime
    ) async throws(GatewayError) {
        for entry in try await journal.entries(beside: original) {
            if case .conflict(let kept) = entry.body, kept.rating.level == checked.level { return }
        }
        try keepPace(source)
        let rating = Rating(
            press: try CapturedPress(checked, of: source.source), pressedAt: now.earlier(by: checked.age),
            window: checked.window, session: nil, caseReference: checked.caseReference, staff: nil,
            channel: source.source.channel)
        let kept = try await reception.keep(rating, checked.personal, beside: original)
        logger.warning(
            "a source's number came again with another content; both are kept",
            metadata: ["source": "\(source.source.name)", "original": "\(original)", "kept": "\(kept)"])
    }
}

extension CheckedIngest {
    /// Whether the time of day is known at which it was given.
    fileprivate var isTimeOfDayKnown: Bool { if case .day = statedTime { false } else { true } }

    /// What is recorded as the frame: the number, and behind a zero whether words came with it.
    fileprivate var frame: [UInt8] { Array(number.utf8) + [0, personal == nil ? 0 : 1] }

    /// Whether a rating that is on disk says the same. Words that were erased there are held against nothing.
    fileprivate func isSame(as rating: Rating, _ personal: PersonalFields?) -> Bool {
        rating.press.rawFrame == frame && rating.level == level && rating.window == window
            && rating.caseReference == caseReference
            && (statedTime == nil || statedTime?.wall == rating.pressedAt.wall)
            && (personal == nil || personal == self.personal)
    }
}

extension PressKey {
    /// A source's number presses once in its life.
    fileprivate init(_ number: String, of source: IngestSource) throws(GatewayError) {
        self.init(source: source.name, press: try Self.ingestNumber(number))
    }
}

extension CapturedPress {
    /// What is recorded as the press: its evidence is the source's number, and never a word.
    fileprivate init(_ checked: CheckedIngest, of source: IngestSource) throws(GatewayError) {
        self.init(
            key: try PressKey(checked.number, of: source), outcome: .rated(checked.level, key: 0, label: ""),
            prompt: nil, age: checked.age, lifetimeCount: nil, driver: GatewayIngest.driver,
            rawFrame: checked.frame)
    }
}

extension GatewayError {
    fileprivate static let ingestNotAllowed = GatewayError(
        "ingest.not-allowed", LocalText("no source of this name has this key", "没有使用该名称和密钥的来源"),
        hint: LocalText(
            "compare them with 'name' and 'key_file' under 'ingest.sources' of the gateway's configuration",
            "请与网关配置 ingest.sources 中的 name 和 key_file 核对"))

    fileprivate static let tooManyWrongKeys = GatewayError(
        "ingest.too-many-wrong-keys", LocalText("too many wrong keys are being tried", "正有过多错误密钥被尝试"),
        hint: LocalText("compare name and key, then try again in some seconds", "请核对名称和密钥，数秒后重试"))

    fileprivate static let unknownIngestNumber = GatewayError(
        "ingest.unknown-number", LocalText("nothing is recorded under this number", "没有以该编号记录的评价"),
        hint: LocalText("hand the rating over, or compare the number", "请提交该评价，或核对编号"))

    fileprivate static let ingestConflict = GatewayError(
        "ingest.conflict", LocalText("this number stands for another rating already", "该编号已对应另一评价"),
        hint: LocalText(
            "the first one counts and this one is kept as evidence: give a new rating a number of its own",
            "以首次提交为准，本次内容留存备查：新的评价请使用新的编号"))

    static func ingestFailed(_ cause: String) -> GatewayError {
        GatewayError(
            "ingest.failed", LocalText("the number cannot be taken now", "暂时无法处理该编号"), cause: cause,
            hint: LocalText("send it again; look at the gateway's log if it goes on", "请重新提交；如持续出现请查看网关日志"))
    }
}
