// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Questionnaires
import RatingModel

extension GatewayError {
    static func unknownQuestionnaire(_ id: String) -> GatewayError {
        GatewayError(
            "questionnaire.unknown", LocalText("the hall has no such questionnaire", "本厅没有该问卷"),
            cause: String(id.prefix(Questionnaire.nameBytes)),
            hint: LocalText("load the list of questionnaires anew", "请重新加载问卷列表"))
    }

    static func outdatedQuestionnaire(_ current: Questionnaire) -> GatewayError {
        GatewayError(
            "questionnaire.outdated", LocalText("the questionnaire has changed since it was shown", "问卷在显示后已更新"),
            cause: "\(current.id) \(current.version)",
            hint: LocalText("load the questionnaire anew and answer it again", "请重新加载问卷后再作答"))
    }

    static func answerOfNoKind(_ question: String) -> GatewayError {
        GatewayError(
            "questionnaire.invalid",
            LocalText("an answer is given twice, in two ways, or in none", "某题的答案重复、方式冲突或缺失"),
            cause: String(question.prefix(Questionnaire.nameBytes)),
            hint: LocalText("send each answer once, in the way of its question", "每题只提交一次，并按题型作答"))
    }

    static func answersTooFast(_ wait: Duration) -> GatewayError {
        let seconds = wait.secondsToWait
        return GatewayError(
            "questionnaire.too-fast", LocalText("answers come too fast here", "此处提交过于频繁"),
            cause: "retry after \(seconds) s",
            hint: LocalText("send them again in \(seconds) s", "请在 \(seconds) 秒后重新提交"),
            retryAfterSeconds: seconds)
    }

    static let submissionWithoutNumber = GatewayError(
        "questionnaire.invalid", LocalText("the submission has no number of its own", "提交缺少编号"),
        hint: LocalText("mint a UUID for each submission", "请为每次提交生成一个 UUID"))

    static func noDigest(_ cause: String) -> GatewayError {
        GatewayError(
            "questionnaire.no-digest", LocalText("the submission's number could not be hashed", "无法计算提交编号的摘要"),
            cause: cause, hint: LocalText("check the OpenSSL library", "请检查 OpenSSL 库"))
    }
}
