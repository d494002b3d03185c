// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel
import UplinkAPI

/// What shows only once a profile is read as a whole: parts that cannot be true together.
struct ProfileChecks {
    let profile: RegionProfile
    let section: ConfigurationSection

    func run() {
        checkRecords()
        checkResponses()
        checkInvitations()
        checkPageCalls()
        checkTemplates()
        checkTerms(profile.terms)
    }

    private func checkRecords() {
        if profile.fields.isEmpty {
            report("the profile writes no field", "配置未写入任何字段", "add 'fields: …'", "请添加 'fields: …'", at: "fields")
        }
        if !profile.calls.evaluate.body.has(.records) {
            report(
                "no call hands the ratings over", "没有提交评价的调用",
                "add '${records}' to the body of calls.evaluate", "请在 calls.evaluate 的 body 中加入 '${records}'",
                at: "calls")
        }
        if profile.shape.form == .form, profile.terms.batchRecords > 1 {
            report(
                "a form carries one rating", "表单每次只能提交一条评价", "write 'batch: 1'", "请写 'batch: 1'", at: "batch")
        }
        if profile.writesChannel, profile.channels[.terminal] == nil {
            report(
                "there is no code for key pads", "没有评价器的渠道代码", "add 'channels: {terminal: …}'",
                "请添加 'channels: {terminal: …}'", at: "channels")
        }
    }

    private func checkResponses() {
        let writes = profile.responseFields.contains { $0.source == .answers }
        guard let call = profile.calls.questionnaire else {
            if !profile.responseFields.isEmpty {
                report(
                    "no call hands responses to questionnaires over", "没有提交问卷答卷的调用", "add 'calls.questionnaire: …'",
                    "请添加 'calls.questionnaire: …'", at: "calls")
            }
            return
        }
        if !writes {
            report(
                "no field holds the answers to a questionnaire", "没有填写问卷答案的字段",
                "add '{name: …, from: answers}' to 'questionnaire_fields'",
                "请在 'questionnaire_fields' 中添加 '{name: …, from: answers}'", at: "questionnaire_fields")
        }
        if !call.body.has(.records) {
            report(
                "the call for questionnaires carries no response", "问卷调用未携带答卷",
                "add '${records}' to the body of calls.questionnaire", "请在 calls.questionnaire 的 body 中加入 '${records}'",
                at: "calls")
        }
    }

    private func checkInvitations() {
        guard let call = profile.calls.invitation else {
            if !profile.invitationFields.isEmpty {
                report(
                    "no call hands invitations over", "没有提交邀评的调用", "add 'calls.invitation: …'",
                    "请添加 'calls.invitation: …'", at: "calls")
            }
            return
        }
        if !profile.invitationFields.contains(where: { $0.source == .project }) {
            report(
                "no field says which case the invitation is about", "没有填写邀评办件编号的字段",
                "add '{name: …, from: project}' to 'invitation_fields'",
                "请在 'invitation_fields' 中添加 '{name: …, from: project}'", at: "invitation_fields")
        }
        if !call.body.has(.records) {
            report(
                "the call for invitations carries none", "邀评调用未携带邀评",
                "add '${records}' to the body of calls.invitation", "请在 calls.invitation 的 body 中加入 '${records}'",
                at: "calls")
        }
    }

    private func checkPageCalls() {
        guard profile.calls.rated != nil, profile.answers.rated.yes.isEmpty || profile.answers.rated.no.isEmpty else {
            return
        }
        report(
            "nothing says what the answer to calls.rated means", "未说明 calls.rated 的答复含义",
            "add 'rated: {yes: […], no: […]}' under 'answers'", "请在 'answers' 下添加 'rated: {yes: […], no: […]}'",
            at: "answers")
    }

    private func checkTemplates() {
        let known = Set(profile.site.map(\.name))
        var templates = profile.calls.templates + [profile.sealing.signed]
        if let document = profile.shape.document { templates.append(document) }
        for template in templates {
            for case .slot(.site(let name)) in template.pieces where !known.contains(name) {
                report(
                    "'${site.\(name)}' is asked for, and 'site' has no such entry",
                    "引用了 '${site.\(name)}'，但 'site' 中没有此项",
                    "add it under 'site'", "请在 'site' 下添加", at: "site")
            }
        }
    }

    /// Checks terms, those of the profile or those a site has chosen.
    func checkTerms(_ terms: RegionTerms) {
        if terms.unbound == .plain, profile.fields.contains(where: { $0.isRequired && $0.source == .project }) {
            report(
                "the region demands a case, so that a rating without one cannot go", "上级要求办件编号，无办件的评价无法提交",
                "write 'unbound: hold'", "请写 'unbound: hold'", at: "unbound")
        }
        if terms.onUnknown == .query, profile.calls.outcomes == nil {
            report(
                "the region cannot be asked what it has", "上级没有查询接口", "choose resend or hold, or add calls.outcomes",
                "请选择 resend 或 hold，或添加 calls.outcomes", at: "on_unknown")
        }
        if terms.caseMode == .push, profile.calls.fileCase == nil {
            report(
                "the region takes no case from a gateway", "上级不接受网关推送办件",
                "choose none or reference, or add calls.file_case",
                "请选择 none 或 reference，或添加 calls.file_case", at: "case")
        }
        if terms.lateAfter != nil, profile.calls.supplement == nil {
            report(
                "the region has no call for late ratings", "上级没有补报接口",
                "leave 'late_after' out, or add calls.supplement",
                "请去掉 'late_after'，或添加 calls.supplement", at: "late_after")
        }
        if terms.invitationAfter != nil, profile.calls.invitation == nil {
            report(
                "the region has no call for invitations", "上级没有邀评接口",
                "leave 'invitation_after' out, or add calls.invitation",
                "请去掉 'invitation_after'，或添加 calls.invitation", at: "invitation_after")
        }
        if terms.onUnknown == .resend, terms.dedupe == .nothing {
            report(
                "a rating that is sent again would count twice", "重发的评价会被重复计数", "choose query or hold",
                "请选择 query 或 hold", at: "on_unknown")
        }
    }

    /// Checks that the stanza's `credentials` name what the calls carry.
    ///
    /// Without any no token is asked for: the site was given one, or needs none.
    func checkCredentials(_ named: Set<String>) {
        var missing: Set<String> = []
        for (key, form) in profile.calls.all where key != "token" || !named.isEmpty {
            for name in form.credentials(withHeaders: key == "token")
            where !named.contains(name) && missing.insert(name).inserted {
                report(
                    "calls.\(key) of the profile carries '\(name)', which 'credentials' does not name",
                    "配置的 calls.\(key) 需要 '\(name)'，但 'credentials' 中没有此项",
                    "add '\(name): /path' under 'credentials'", "请在 'credentials' 下添加 '\(name): /路径'",
                    at: "credentials")
            }
        }
    }

    private func report(_ english: String, _ chinese: String, _ hint: String, _ chineseHint: String, at key: String) {
        section.report(LocalText(english, chinese), hint: LocalText(hint, chineseHint), at: key)
    }
}
