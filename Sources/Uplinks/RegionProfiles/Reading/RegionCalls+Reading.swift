// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

enum HeaderReader {
    static func read(_ section: ConfigurationSection) -> RegionCalls.HeaderForm? {
        let name = section.required("name", .fieldName)
        let value = section.required("value", .template)
        guard let name, let value else { return nil }
        return RegionCalls.HeaderForm(name: name.lowercased(), value: value)
    }
}

extension RegionCalls {
    mutating func read(_ section: ConfigurationSection) {
        evaluate = section.section("evaluate") { CallForm.read($0, method: "POST") } ?? evaluate
        supplement = section.section("supplement") { CallForm.read($0, method: "POST") }
        token = section.section("token") { CallForm.read($0, method: "POST") }
        alive = section.section("alive") { CallForm.read($0, method: "GET") }
        outcomes = section.section("outcomes") { CallForm.read($0, method: "POST") }
        fileCase = section.section("file_case") { CallForm.read($0, method: "POST") }
        lookUpCase = section.section("look_up_case") { CallForm.read($0, method: "GET") }
        holdings = section.section("holdings") { CallForm.read($0, method: "GET") }
        notices = section.section("notices") { CallForm.read($0, method: "GET") }
        questionnaire = section.section("questionnaire") { CallForm.read($0, method: "POST") }
        invitation = section.section("invitation") { CallForm.read($0, method: "POST") }
        rated = section.section("rated") { CallForm.read($0, method: "GET") }
        code = section.section("code") { CallForm.read($0, method: "POST") }
    }
}

extension CallForm {
    static func read(_ section: ConfigurationSection, method: String) -> CallForm {
        var form = CallForm()
        form.method = section.value("method", .choice(["GET": "GET", "POST": "POST", "PUT": "PUT"]), default: method)
        form.path = section.value("path", .template, default: .empty)
        form.body = section.value("body", .template, default: .empty)
        form.bodyForm = section.value("form", .word(), default: .json)
        let isEmpty = form.body.pieces.isEmpty
        form.media = section.value(
            "media", .text(atMost: 128), default: isEmpty ? "" : form.bodyForm.mediaType)
        form.headers = section.list("headers", atMost: 32) { HeaderReader.read($0) }
        return form
    }
}

extension SealingRules {
    static func read(_ section: ConfigurationSection) -> SealingRules {
        var rules = SealingRules()
        rules.extent = section.value("records", .word(), default: .none)
        rules.encryption = section.section("encrypt") { SealingMethod.read($0) } ?? nil
        rules.signature =
            section.section("sign") { sign in
                rules.signed = sign.value("over", .template, default: Template(pieces: [.slot(.records)]))
                return SealingMethod.read(sign)
            } ?? nil
        rules.opensAnswers = section.value("answers", .flag, default: false)
        if rules.extent != .none || rules.opensAnswers, rules.encryption == nil {
            section.report(
                LocalText("something is encrypted, and 'encrypt' does not say how", "需要加密，但 'encrypt' 未说明方式"),
                hint: LocalText("add 'encrypt: {algorithm: …}'", "请添加 'encrypt: {algorithm: …}'"))
        }
        if let method = rules.encryption, !method.algorithm.encrypts, method.algorithm != .sm2 {
            section.report(
                LocalText("\(method.algorithm.rawValue) does not encrypt", "\(method.algorithm.rawValue) 不能加密"),
                hint: LocalText("choose sm2, sm4-cbc or sm4-ecb", "请选择 sm2、sm4-cbc 或 sm4-ecb"), at: "encrypt")
        }
        if let method = rules.signature, method.algorithm.encrypts {
            section.report(
                LocalText("\(method.algorithm.rawValue) does not sign", "\(method.algorithm.rawValue) 不能签名"),
                hint: LocalText("choose sm2, sm3, hmac-sm3 or hmac-sha256", "请选择 sm2、sm3、hmac-sm3 或 hmac-sha256"),
                at: "sign")
        }
        return rules
    }
}

extension SealingMethod {
    static func read(_ section: ConfigurationSection) -> SealingMethod? {
        guard let algorithm: Algorithm = section.required("algorithm", .word()) else { return nil }
        var method = SealingMethod(algorithm: algorithm)
        method.text = section.value("text", .word(), default: method.text)
        method.order = section.value("order", .word(), default: method.order)
        method.hasPrefix = section.value("prefix", .flag, default: method.hasPrefix)
        method.identity = section.value("identity", .text(atMost: 256), default: method.identity)
        method.isDER = section.value("der", .flag, default: method.isDER)
        return method
    }
}
