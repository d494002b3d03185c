// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The region's own rating page, that its QR code of a case leads to: a plain form, as small as it can be.
struct RegionPage: Sendable {
    /// The levels' codes, the best first.
    let levels: [String]

    private static let labels = ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    /// Some reasons of each bad level, by the codes of the national table.
    private static let reasons = [
        ("207", "没有提供材料样本"), ("214", "服务态度生硬"), ("110", "无理由超过法定办理时间"), ("115", "服务态度差效率低"),
    ]

    /// The form for a case; `problem` says what was wrong with what was sent before.
    func form(for rated: CaseKey, problem: String? = nil) -> String {
        let choices = zip(levels, Self.labels).map { code, label in
            "<p><label><input type=\"radio\" name=\"satisfaction\" value=\"\(code)\" required> \(label)</label></p>"
        }
        let reasons = Self.reasons.map { code, text in "<option value=\"\(code)\">\(text)</option>" }
        return page(
            """
            <h1>请您评价</h1><p>办件 \(escaped(rated.projectNo))</p>
            \(problem.map { "<p role=\"alert\">\(escaped($0))</p>" } ?? "")
            <form method="post" action="/evaluate">
            <input type="hidden" name="projectNo" value="\(escaped(rated.projectNo))">
            <input type="hidden" name="serviceNumber" value="\(escaped(rated.serviceNumber))">
            \(choices.joined())
            <p><select name="evalDetail" aria-label="原因"><option value="">原因（可不选）</option>\(reasons.joined())</select></p>
            <p><textarea name="writingEvaluation" rows="3" maxlength="\(Limits.freeTextCharacters)" aria-label="意见"></textarea></p>
            <p><button type="submit">提交</button></p>
            </form>
            """)
    }

    /// Thanks after the rating is kept.
    func thanks() -> String { page("<h1 id=\"thanks\">感谢您的评价</h1>") }

    /// That the case was rated before.
    func ratedBefore() -> String { page("<h1 id=\"before\">该办件已评价</h1><p>您的评价已收到，无需重复评价。</p>") }

    /// Why there is nothing to rate.
    func refusal(_ words: String) -> String { page("<h1>无法评价</h1><p>\(escaped(words))</p>") }

    private func page(_ body: String) -> String {
        """
        <!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>好差评</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>body{font:18px/1.5 sans-serif;max-width:30rem;margin:auto;padding:1rem;background:#fff;color:#222}
        button,select,textarea{box-sizing:border-box;font:inherit;width:100%;padding:.6rem}</style></head><body>\(body)</body></html>
        """
    }

    private func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            default: String(scalar)
            }
        }.joined()
    }
}
