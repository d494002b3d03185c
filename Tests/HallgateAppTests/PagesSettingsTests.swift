// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import HallAPI
import RatingModel
import Testing

@testable import HallgateApp

@Suite struct PagesSettingsTests {
    private static let windows = "windows: [{id: A01}]\n"

    @Test func `a hall that says nothing has no pages, and an empty section has the defaults`() throws {
        #expect(GatewayConfiguration.read(text: Self.windows).configuration?.pages == nil)
        let reading = GatewayConfiguration.read(text: Self.windows + "pages: {real_name: anonymous}\n")
        #expect(reading.configuration?.pages == PagesSettings())
    }

    @Test func `everything that is written is taken`() throws {
        let reading = GatewayConfiguration.read(
            text: """
                windows: [{id: A01}]
                uplinks: [{name: second, kind: https, profile: national, url: 'https://127.0.0.1:9/a'}]
                pages:
                  public_url: http://192.0.2.4:8080/hall/
                  qr: {source: region-template, template: 'https://region.example/e?c={case}&s={service}&w={window}'}
                  code_lifetime: 30m
                  show_code_for: 90s
                  thanks_for: 8s
                  rotate_every: 5m
                  receiver: {zh-Hans: 自治区, en: the region}
                  languages: [en, zh-Hans, en]
                  real_name: optional
                  region: second
                  most_ratings_per_minute: 9
                  pad_codes: shown
                  screens:
                    - {id: one, window: A01, key_file: /k, staff: shown}
                    - {id: two, window: A01, key_file: /k, code: rotating}
                    - {id: lobby, key_file: /k}
                  kiosks: [{id: hall-1, key_file: /k}, {id: hall-2, key_file: /l}]
                  self_service: {idle_after: 30s, countdown: 10s, find_within: 2h, numbers_per_minute: 6, voice: on}

                """)
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
        let pages = try #require(reading.configuration?.pages)
        #expect(pages.publicURL == "http://192.0.2.4:8080/hall" && pages.region == UplinkName("second"))
        #expect(
            pages.codeSource
                == .regionTemplate("https://region.example/e?c={case}&s={service}&w={window}"))
        #expect(pages.codeLifetime == .seconds(1800) && pages.showCodeFor == .seconds(90))
        #expect(pages.thanksFor == .seconds(8) && pages.rotateEvery == .seconds(300))
        #expect(pages.mostPerMinute == 9 && pages.showsOnPads)
        #expect(pages.receiver?.text(in: .mongolian) == "自治区" && pages.receiver?.text(in: .english) == "the region")
        #expect(pages.languages == [.english, .chinese] && pages.realName == .optional)
        #expect(pages.kiosks == [.init(id: "hall-1", keyFile: "/k"), .init(id: "hall-2", keyFile: "/l")])
        #expect(pages.selfService.described == .init(idleSeconds: 30, countdownSeconds: 10, speaks: true))
        #expect(pages.selfService.findWithin == .seconds(7200) && pages.selfService.numbersPerMinute == 6)
        #expect(
            pages.screens.map(\.rotates) == [false, true, true]
                && pages.screens.map(\.showsStaff) == [true, false, false])
    }

    @Test(arguments: [
        ("public_url: ftp://a", "public_url"), ("public_url: 'https://a/?x=1'", "query"),
        ("public_url: 'https://user@a'", "user or password"), ("qr: {source: region-call}", "no region to ask"),
        ("qr: {ask_rated: 3s}", "goes with"),
        ("qr: {source: region-template, template: 'https://a/{case}', ask_rated: 100ms}", "ask_rated"),
        ("qr: {codes: /nowhere.yaml}", "there is no file"),
        ("qr: {source: region-template}", "'template' is missing"), ("qr: {template: 'https://a/{case}'}", "goes with"),
        ("qr: {source: region-template, template: 'https://a/{name}'}", "placeholder"),
        ("qr: {source: region-template, template: 'http://a/{case}'}", "in the clear"),
        ("code_lifetime: 1s", "code_lifetime"), ("code_lifetime: 1m, show_code_for: 2m", "run out"),
        ("languages: [fr]", "'fr' is not known"), ("real_name: maybe", "'maybe' is not known"),
        ("region: nowhere", "no uplink 'nowhere'"), ("screens: [{id: a}]", "'key_file' is missing"),
        ("screens: [{id: a, key_file: /k}, {id: a, key_file: /k}]", "there already"),
        ("screens: [{id: a, key_file: /k, window: B9}]", "no window 'B9'"),
        ("screens: [{id: a, key_file: /k, code: session}]", "knows no session"),
        ("kiosks: [{id: a}]", "'key_file' is missing"), ("kiosks: [{id: a, key_file: k}]", "absolute"),
        ("kiosks: [{id: a, key_file: /k}, {id: a, key_file: /k}]", "there already"),
        ("self_service: {voice: loud}", "'loud' is not known"), ("self_service: {idle_after: 1s}", "idle_after"),
        ("most_ratings_per_minute: 0", "out of range"), ("gateway: 7", "unknown key"),
        ("languages: [mn-Mong]", "unverified"), ("screens: [{id: a, key_file: /k}]", "screens show no code"),
    ]) func `mistakes are named`(_ yaml: String, _ words: String) {
        let diagnostics = GatewayConfiguration.read(text: Self.windows + "pages: {\(yaml)}\n").diagnostics
        #expect(diagnostics.contains { $0.message.english.contains(words) }, "\(diagnostics)")
    }

    @Test func `a template is filled in, or there is no code`() {
        let template = CodeTemplate("https://region.example/e?c={case}&s={service}&w={window}")
        let reference = CaseReference(projectNumber: "P 1/号", serviceNumber: "1&x")
        #expect(
            template.address(caseReference: reference, window: WindowID("A~1"))
                == "https://region.example/e?c=P%201%2F%E5%8F%B7&s=1%26x&w=A~1")
        #expect(template.address(caseReference: nil, window: WindowID("A1")) == nil)
        #expect(
            CodeTemplate("https://a/{window}").address(caseReference: nil, window: WindowID("A1")) == "https://a/A1")
        #expect(CodeTemplate("https://a/x").address(caseReference: nil, window: nil) == "https://a/x")
    }
}
