// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import CitizenDesk
import DeviceAPI
import HallAPI
import JournalAPI
import Logging
import RatingModel
import RegionMirror

/// Answers pages, kiosks and phones for a running gateway.
actor GatewayHall: HallService {
    /// The name under which codes press: one for all of them, since each press has a number of its own.
    static let device = DeviceID("code")
    /// How long after its code ran out a submission that was recorded is still answered with its receipt.
    private static let answeredAfterExpiry = Duration.seconds(86_400)

    /// How long it is kept in memory which code was redeemed; the journal knows it for ever.
    private static let redeemedKept = Duration.seconds(86_400)

    let reception: PressReception
    let journal: any RatingJournal
    let clock: any GatewayClock
    let codes: CodeStore
    private let receipts: Result<ReceiptNumbers, GatewayError>
    private let notices: @Sendable (UplinkName?) async -> MirroredNotices?
    let logger: Logger
    let board: ScreenBoard
    let regionCodes: RegionCodeDesk

    private(set) var configuration: GatewayConfiguration
    private var describer: HallDescriber
    private var redeemed = RedeemedCodes()
    private var pace: SubmissionPace
    /// How fast numbers may come at kiosks.
    var numberPace: SubmissionPace

    init(
        _ configuration: GatewayConfiguration, reception: PressReception, journal: any RatingJournal, codes: CodeStore,
        notices: @escaping @Sendable (UplinkName?) async -> MirroredNotices?, clock: any GatewayClock, logger: Logger
    ) {
        self.configuration = configuration
        self.reception = reception
        self.journal = journal
        self.codes = codes
        self.notices = notices
        self.clock = clock
        self.logger = logger
        board = ScreenBoard(clock: clock, logger: logger)
        regionCodes = RegionCodeDesk(clock: clock, logger: logger)
        describer = HallDescriber(logger: logger)
        pace = SubmissionPace(perMinute: (configuration.pages ?? PagesSettings()).mostPerMinute)
        numberPace = SubmissionPace(perMinute: PagesSettings.SelfService().numbersPerMinute)
        // A key that cannot be read keeps nobody from pressing a pad; pages say so.
        receipts = Result { () throws(GatewayError) in
            try ReceiptNumbers.open(directory: configuration.journalDirectory)
        }
    }

    /// Takes a configuration that was accepted while running.
    func apply(_ configuration: GatewayConfiguration) async {
        self.configuration = configuration
        describer.forget()
        pace.perMinute = settings.mostPerMinute
        await regionCodes.apply(settings)
        await board.apply(configuration)
        await reception.watch(board.windows)
    }

    /// The source that a visit's code was made for; throws where the configuration gives it no page any more.
    private func source(of visit: SourceVisit) throws(GatewayError) -> IngestSource {
        guard let source = configuration.ingest.source(visit.source)?.source, source.page != nil else {
            throw .sourceWithdrawn
        }
        return source
    }

    /// What is decided of pages.
    var settings: PagesSettings { configuration.pages ?? PagesSettings() }

    /// What people call a window.
    func name(of window: WindowID) -> String { configuration.windows.first { $0.id == window }?.name ?? window.value }

    /// The uplink of the region that pages speak of.
    var region: UplinkName? { settings.region ?? configuration.uplinks.first?.name }

    // MARK: Pages

    func describeHall() async throws(GatewayError) -> HallDescription { await description() }

    private func description() async -> HallDescription {
        let newer = await notices(settings.region)?.indicators
        return describer.description(of: configuration, newer: newer)
    }

    func openPage(_ request: PageRequest) async throws(GatewayError) -> PageOpening {
        try checkPages()
        let now = clock.now().wall
        let content = try await codes.open(request.code, at: now)
        if let visit = content.visit { _ = try source(of: visit) }
        if content.isOneTime {
            guard redeemed.submission(for: PressKey(content)) == nil,
                try await journal.rating(under: PressKey(content)) == nil
            else { throw .codeRedeemed }
        }
        let window = content.window.map { id in
            HallDescription.Window(id: id.value, name: name(of: id))
        }
        let expiresIn = content.expiresAt.map {
            Int(max(0, ($0.millisecondsSinceEpoch - now.millisecondsSinceEpoch) / 1000))
        }
        return PageOpening(
            window: window, caseShown: content.caseReference?.shown, expiresInSeconds: expiresIn,
            isOneTime: content.isOneTime)
    }

    /// Throws `hall.no-pages` where the hall has none.
    func checkPages() throws(GatewayError) {
        if configuration.pages == nil { throw .noPages }
    }

    // MARK: Ratings

    func submitRating(_ submission: RatingSubmission) async throws(GatewayError) -> SubmissionReceipt {
        try checkPages()
        let checked = try CheckedSubmission(proven(submission), for: await description())
        let content: CodeContent
        do throws(GatewayError) {
            content = try await codes.open(submission.code, at: clock.now().wall)
        } catch {
            guard error.code == GatewayError.expiredCode, let id = await recorded(checked, by: submission.code) else {
                throw error
            }
            return try receipt(of: id)
        }
        try await keepPace(content)
        let press = CapturedPress(checked, by: content)
        if content.isOneTime, let expiresAt = content.expiresAt {
            let now = clock.now().wall
            switch redeemed.redeem(
                press.key, submission: submission.submission.lowercased(),
                expiresAt: min(expiresAt, now.later(by: Self.redeemedKept)), at: now)
            {
            case .first, .again: break
            case .redeemed: throw .codeRedeemed
            case .full: throw .ratingTooFast(.seconds(10))
            }
        }
        do throws(GatewayError) {
            return try receipt(of: await record(press, checked, content))
        } catch {
            // Whoever it was that could not be recorded, the code is still the citizen's.
            redeemed.release(press.key, submission: submission.submission.lowercased())
            throw error
        }
    }

    /// Records a press, unless it is on disk; answers the record.
    private func record(
        _ press: CapturedPress, _ checked: CheckedSubmission, _ content: CodeContent
    ) async throws(GatewayError) -> RecordID {
        if let known = try await known(press, content) { return known }
        // A session says itself which case it is about; at a source's terminal there is none.
        let channel = try content.visit.map { visit throws(GatewayError) in try source(of: visit).channel }
        let outcome = await reception.receive(
            press, from: PressSource(path: press.key.device.value, window: content.window),
            channel: channel ?? checked.channel, personal: checked.personal,
            caseReference: content.visit == nil ? nil : content.caseReference)
        switch outcome {
        case .recorded(let id): return id
        case .duplicate, .conflict:
            // Somebody was faster: who it was decides, and never which level they chose (G9).
            guard let known = try await known(press, content) else { throw .codeRedeemed }
            return known
        case .refused(let error): throw error
        }
    }

    /// The record of the same submission, where it is on disk; throws where the code's is another's.
    private func known(_ press: CapturedPress, _ content: CodeContent) async throws(GatewayError) -> RecordID? {
        guard let entry = try await journal.rating(under: press.key), case .rating(let rating) = entry.body else {
            return nil
        }
        guard rating.press.rawFrame == press.rawFrame else {
            throw content.isOneTime ? .codeRedeemed : .invalidRating("the submission's number was used elsewhere")
        }
        return entry.id
    }

    /// The record of a submission that came before its code ran out.
    private func recorded(_ checked: CheckedSubmission, by code: String) async -> RecordID? {
        let earlier = clock.now().earlier(by: Self.answeredAfterExpiry).wall
        guard let content = try? await codes.open(code, at: earlier) else { return nil }
        return try? await known(CapturedPress(checked, by: content), content)
    }

    private func keepPace(_ content: CodeContent) async throws(GatewayError) {
        var sources: [SubmissionPace.Source] = [.code(content.nonce.bytes)]
        // A source paces itself alone, by the addresses that it asks for.
        if content.visit == nil, let window = content.window { sources.append(.window(window)) }
        if let wait = pace.take(sources, at: clock.now().monotonic) { throw .ratingTooFast(wait) }
    }

    // MARK: Receipts

    /// What a citizen is given for a record that is on disk.
    func receipt(of id: RecordID) throws(GatewayError) -> SubmissionReceipt {
        guard let number = try receipts.get().number(of: id) else { throw .unknownReceipt }
        return SubmissionReceipt(receipt: number)
    }

    func checkReceipt(_ request: ReceiptRequest) async throws(GatewayError) -> ReceiptState {
        guard let id = try receipts.get().record(of: request.receipt), let entry = try await journal.entry(id),
            entry.body.delivered?.isOfCitizen == true
        else { throw .unknownReceipt }
        let places = try await journal.places(of: id)
        return ReceiptState(progress: region.flatMap { places[$0] } == .delivered ? .delivered : .recorded)
    }

    // MARK: Screens

    func watchScreen(_ request: ScreenRequest) async throws(GatewayError) -> AsyncStream<ScreenScene> {
        try await board.watch(request)
    }
}

extension PressKey {
    /// A code for one rating presses once in its life; all codes of a session press once together, however many were made
    /// for it: on a screen, again after a restart, at a kiosk.
    init(_ content: CodeContent) {
        if let visit = content.visit {
            self.init(source: visit.source, press: visit.press)
        } else if let session = content.session {
            self.init(session: session)
        } else {
            self = .oneTime(GatewayHall.device, number: Self.number(content.nonce.bytes.suffix(8)))
        }
    }

    /// The one press by code that a session takes.
    init(session: PromptNumber) { self = .oneTime(GatewayHall.device, number: UInt64(session)) }

    /// A code for everybody presses once for each submission.
    init(submission: [UInt8]) {
        self = .oneTime(
            GatewayHall.device, number: Self.number(submission.prefix(8)) ^ Self.number(submission.suffix(8)))
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}

extension CapturedPress {
    /// What is recorded as the press: its evidence names code and submission, and neither level nor words.
    init(_ checked: CheckedSubmission, by content: CodeContent) {
        self.init(
            key: content.isOneTime ? PressKey(content) : PressKey(submission: checked.number),
            outcome: .rated(checked.level, key: 0, label: ""), prompt: content.session, age: .zero, lifetimeCount: nil,
            driver: content.visit == nil ? GatewayHall.device.value : GatewayIngest.pageDriver,
            rawFrame: content.nonce.bytes + checked.number)
    }
}

extension CaseReference {
    /// Enough of the case's number for its citizen to know it again.
    fileprivate var shown: String { projectNumber.count > 6 ? "…" + projectNumber.suffix(6) : projectNumber }
}

extension GatewayError {
    fileprivate static let expiredCode = "code.expired"

    fileprivate static let noPages = GatewayError(
        "hall.no-pages", LocalText("this hall serves no pages", "本大厅未启用评价页面"),
        hint: LocalText("add the section 'pages' to the gateway's configuration", "请在网关配置中添加 'pages' 一节"))

    fileprivate static let unknownReceipt = GatewayError(
        "receipt.unknown", LocalText("no rating has this number", "没有与此编号对应的评价"),
        hint: LocalText("compare the number with the one that was shown", "请与提交后显示的编号核对"))
}

extension DeliveredContent {
    /// Whether a citizen, or who spoke for one, was given a receipt of it.
    fileprivate var isOfCitizen: Bool {
        [GatewayHall.device, QuestionnaireDesk.source].contains(key.device)
            || [GatewayIngest.driver, GatewayIngest.pageDriver].contains(rating?.press.driver)
    }
}
