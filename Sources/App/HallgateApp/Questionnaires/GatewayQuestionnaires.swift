// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import HallAPI
import Questionnaires
import RatingModel

/// Answers what pages and kiosks ask of questionnaires for a running gateway.
actor GatewayQuestionnaires: QuestionnaireService {
    private let desk: QuestionnaireDesk
    private let hall: GatewayHall
    private let clock: any GatewayClock
    private var offered: Set<String> = []
    private var pace = SubmissionPace(perMinute: PagesSettings().mostPerMinute)

    /// Hands what is answered to a desk; receipts are the hall's.
    init(_ configuration: GatewayConfiguration, _ desk: QuestionnaireDesk, _ hall: GatewayHall, clock: any GatewayClock)
    {
        self.desk = desk
        self.hall = hall
        self.clock = clock
        offered = Self.offered(by: configuration)
        pace.perMinute = Self.perMinute(of: configuration)
    }

    /// Takes a configuration that was accepted while running.
    func apply(_ configuration: GatewayConfiguration) async {
        offered = Self.offered(by: configuration)
        pace.perMinute = Self.perMinute(of: configuration)
        await desk.apply(configuration.questionnaires.map(\.questionnaire))
    }

    private static func offered(by configuration: GatewayConfiguration) -> Set<String> {
        Set(configuration.questionnaires.filter(\.isOfferedAfterRating).map(\.questionnaire.id))
    }

    private static func perMinute(of configuration: GatewayConfiguration) -> Int {
        (configuration.pages ?? PagesSettings()).mostPerMinute
    }

    // MARK: The service

    func listQuestionnaires() async throws(GatewayError) -> QuestionnaireList {
        try await hall.checkPages()
        let entries = await desk.list().map { each in
            QuestionnaireList.Entry(
                id: each.id, title: each.title, introduction: each.introduction,
                isOfferedAfterRating: offered.contains(each.id))
        }
        return QuestionnaireList(questionnaires: entries, isSentOn: await isSentOn)
    }

    func openQuestionnaire(_ request: QuestionnaireRequest) async throws(GatewayError) -> QuestionnaireOpening {
        try await hall.checkPages()
        guard let found = await desk.list().first(where: { $0.id == request.questionnaire }) else {
            throw .unknownQuestionnaire(request.questionnaire)
        }
        return QuestionnaireOpening(questionnaire: found, isSentOn: await isSentOn)
    }

    func submitQuestionnaire(
        _ submission: QuestionnaireSubmission
    ) async throws(GatewayError) -> SubmissionReceipt {
        try await hall.checkPages()
        guard RecordID(submission.submission) != nil else { throw .submissionWithoutNumber }
        // What is on disk already is answered at any pace: it costs no commit.
        if let earlier = try await desk.earlier(submission) { return try await receipt(for: earlier) }
        if let wait = pace.take([.questionnaire(submission.questionnaire)], at: clock.now().monotonic) {
            throw .answersTooFast(wait)
        }
        let place = await hall.proven(submission.place, kiosk: submission.kiosk, key: submission.key)
        let origin = QuestionnaireDesk.Origin(place == .kiosk ? .terminal : .qrCode)
        return try await receipt(for: desk.submit(submission, from: origin))
    }

    private var isSentOn: Bool {
        get async { await desk.doesSend(to: await hall.region) }
    }

    private func receipt(for reception: Reception) async throws(GatewayError) -> SubmissionReceipt {
        switch reception {
        case .recorded(let id), .duplicate(let id), .conflict(let id, _): return try await hall.receipt(of: id)
        case .refused(let error): throw error
        }
    }
}
