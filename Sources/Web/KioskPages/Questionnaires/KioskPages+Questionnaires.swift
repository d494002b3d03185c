// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HallAPI
import Hummingbird
import RatingModel
import Synchronization

/// Adds the pages of questionnaires where there is somebody to ask for them.
func addQuestionnaires(to router: Router<some RequestContext>, _ pages: KioskPages) {
    guard let service = pages.questionnaires else { return }
    router.get("q") { request, _ in await pages.listQuestionnaires(service, PageQuery(request)) }
    router.get("q/:id") { request, context in
        await pages.questionnaire(context.parameters.get("id") ?? "", service, PageQuery(request))
    }
    router.post("q/:id") { request, context in
        await pages.takeAnswersForm(context.parameters.get("id") ?? "", service, request, PageQuery(request))
    }
    router.post("q/:id/answers") { request, context in
        await pages.takeAnswers(context.parameters.get("id") ?? "", service, request)
    }
}

extension KioskPages {
    /// What can be answered now; empty where there is nothing or nobody to ask.
    func offeredQuestionnaires() async -> [QuestionnaireList.Entry] {
        (try? await questionnaires?.listQuestionnaires().questionnaires) ?? []
    }

    /// Every questionnaire there is.
    func listQuestionnaires(_ service: any QuestionnaireService, _ query: PageQuery) async -> Response {
        do {
            let hall = try await describe()
            let list = try await service.listQuestionnaires()
            let language = query.language(in: hall)
            let frame = PageFrame(
                hall, language, title: .listTitle, place: query.place, subject: .answers(isSentOn: list.isSentOn))
            return .page(templates.render("questionnaires", QuestionnairesPage(frame, list.questionnaires, language)))
        } catch {
            return refuse(error, to: nil, query)
        }
    }

    /// A questionnaire to be answered.
    func questionnaire(_ id: String, _ service: any QuestionnaireService, _ query: PageQuery) async -> Response {
        guard Self.isToken(id) else { return refuse(.questionnaireUnknown, to: nil, query) }
        do {
            let hall = try await describe()
            let opening = try await service.openQuestionnaire(QuestionnaireRequest(questionnaire: id))
            return page(hall, opening, query, submission: UUID().uuidString.lowercased())
        } catch {
            return refuse(error, to: id, query)
        }
    }

    /// Answers from a page without a script: the answer is a page.
    func takeAnswersForm(
        _ id: String, _ service: any QuestionnaireService, _ request: Request, _ query: PageQuery
    ) async -> Response {
        guard Self.isToken(id) else { return refuse(.questionnaireUnknown, to: nil, query) }
        do {
            let hall = try await describe()
            let body = try? await request.body.collect(upTo: AnswersForm.bodyBytes)
            guard let body, let fields = FormFields(body.readableBytesView, atMost: AnswersForm.mostFields)
            else { return .page("", .contentTooLarge) }
            let opening = try await service.openQuestionnaire(QuestionnaireRequest(questionnaire: id))
            let form = AnswersForm(fields, for: opening.questionnaire)
            do {
                let submission = try form.submission(to: id)
                if submission.version == opening.questionnaire.version { try form.check(for: opening.questionnaire) }
                let receipt = try await service.submitQuestionnaire(submission).receipt
                let frame = PageFrame(
                    hall, query.language(in: hall), title: .answersThanks, place: query.place,
                    subject: .answers(isSentOn: opening.isSentOn))
                return .page(templates.render("thanks", ThanksPage(page: frame, receipt: receipt)))
            } catch let problem as AnswersProblem {
                let kept = form.submission.flatMap { RatingForm.isUUID($0) ? $0 : nil }
                return page(
                    hall, opening, query, submission: kept ?? UUID().uuidString.lowercased(), form: form,
                    problem: problem)
            }
        } catch {
            guard let error = error as? GatewayError else { return refuse(.answersAway, to: id, query) }
            return refuse(error, to: id, query)
        }
    }

    /// Answers from a page's script, in JSON, which no form of another site can send.
    func takeAnswers(_ id: String, _ service: any QuestionnaireService, _ request: Request) async -> Response {
        guard request.headers[.contentType]?.hasPrefix("application/json") == true else {
            return Response(status: .unsupportedMediaType)
        }
        guard let body = try? await request.body.collect(upTo: AnswersForm.bodyBytes) else {
            return Response(status: .contentTooLarge)
        }
        let form = try? JSONDecoder().decode(AnswersForm.self, from: Data(body.readableBytesView))
        let language = form?.language.flatMap(PageLanguage.init) ?? .chinese
        guard Self.isToken(id) else { return refused(.questionnaireUnknown, language) }
        var asked: QuestionnaireDescription?
        do {
            guard let form else { throw AnswersProblem.other }
            let submission = try form.submission(to: id, key: request.bearer)
            asked = try await opened(id, service)
            // What was recorded by an earlier version, or to a questionnaire that has ended, only the gateway knows.
            if let asked, asked.version == submission.version { try form.check(for: asked) }
            return .json(RatingAnswer(receipt: try await service.submitQuestionnaire(submission).receipt))
        } catch let problem as AnswersProblem {
            return wrong(problem, asked, language)
        } catch {
            guard let error = error as? GatewayError else { return refused(.answersAway, language) }
            guard error.code != "questionnaire.invalid" else { return wrong(.other, asked, language) }
            return refused(PageRefusal.ofAnswers(error), language, after: error.retryAfterSeconds)
        }
    }

    private func opened(
        _ id: String, _ service: any QuestionnaireService
    ) async throws(GatewayError) -> QuestionnaireDescription? {
        do throws(GatewayError) {
            return try await service.openQuestionnaire(QuestionnaireRequest(questionnaire: id)).questionnaire
        } catch {
            guard error.code == "questionnaire.unknown" else { throw error }
            return nil
        }
    }

    private func page(
        _ hall: HallDescription, _ opening: QuestionnaireOpening, _ query: PageQuery, submission: String,
        form: AnswersForm = AnswersForm(), problem: AnswersProblem? = nil
    ) -> Response {
        let language = query.language(in: hall)
        let frame = PageFrame(
            hall, language, title: .listTitle, place: query.place, subject: .answers(isSentOn: opening.isSentOn))
        let model = QuestionsPage(
            frame, opening.questionnaire, language, submission: submission, form: form, problem: problem)
        return .page(templates.render("questions", model), problem == nil ? .ok : .unprocessableContent)
    }

    private func wrong(
        _ problem: AnswersProblem, _ asked: QuestionnaireDescription?, _ language: PageLanguage
    ) -> Response {
        .json(
            RatingAnswer(
                error: problem.name, text: problem.words(in: language, asked), question: problem.question),
            .unprocessableContent)
    }

    private func refuse(_ error: GatewayError, to id: String?, _ query: PageQuery) -> Response {
        refuse(
            error.code == "questionnaire.invalid" ? .outdated : PageRefusal.ofAnswers(error), to: id, query,
            after: error.retryAfterSeconds)
    }

    /// A page that says kindly why there is no other; answers under way are sent again from it.
    private func refuse(
        _ refusal: PageRefusal, to id: String?, _ query: PageQuery, after seconds: Int? = nil
    ) -> Response {
        let known = memory.last.withLock { $0 }
        let language = query.language(in: known)
        let frame = PageFrame(
            known, language, title: refusal.title, place: query.place, subject: .answers(isSentOn: false))
        let page = RefusedPage(
            page: frame, code: id.map { "q/\($0)" } ?? "", refusal: refusal.rawValue,
            title: Catalogue.text(refusal.title, in: language), text: Catalogue.text(refusal.text, in: language),
            isPassing: refusal.isPassing, send: id.map { "/q/\($0)/answers" })
        return .page(templates.render("refused", page), refusal.status, retryAfter: refusal.retryAfter(seconds))
    }
}
