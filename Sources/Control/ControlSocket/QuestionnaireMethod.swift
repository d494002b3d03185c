// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import HallAPI
import OperatorAPI
public import RatingModel

/// What pages and kiosks ask of questionnaires on the web process's socket: a closed list.
enum QuestionnaireMethod: String, Sendable, CaseIterable {
    case list = "questionnaire.list"
    case open = "questionnaire.open"
    case submit = "questionnaire.submit"

    /// What carries the method out, beside other requests of the connection.
    func method(_ service: any QuestionnaireService, _ calls: HallCalls) -> MethodTable.Method {
        switch self {
        case .list:
            { _ in try calls.beside { () async throws(GatewayError) in try await service.listQuestionnaires() } }
        case .open:
            MethodTable.beside(calls) { (request: QuestionnaireRequest) async throws(GatewayError) in
                try await service.openQuestionnaire(request)
            }
        case .submit:
            MethodTable.beside(calls) { (submission: QuestionnaireSubmission) async throws(GatewayError) in
                try await service.submitQuestionnaire(submission)
            }
        }
    }
}

extension CoreLine: QuestionnaireService {
    /// How long an answer of the core's memory may take, and one that waits for the disk.
    private static let (listTime, commitTime) = (Duration.seconds(5), Duration.seconds(20))

    public func listQuestionnaires() async throws(GatewayError) -> QuestionnaireList {
        try await connection().call(QuestionnaireMethod.list.rawValue, NoneAtAll(), within: Self.listTime)
    }

    public func openQuestionnaire(_ request: QuestionnaireRequest) async throws(GatewayError) -> QuestionnaireOpening {
        try await connection().call(QuestionnaireMethod.open.rawValue, request, within: Self.listTime)
    }

    public func submitQuestionnaire(
        _ submission: QuestionnaireSubmission
    ) async throws(GatewayError) -> SubmissionReceipt {
        try await connection().call(QuestionnaireMethod.submit.rawValue, submission, within: Self.commitTime)
    }
}
