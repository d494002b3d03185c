// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import HallAPI
import RatingModel

/// What an operator decides of pages, codes and kiosk screens: the section `pages`.
struct PagesSettings: Sendable, Hashable {
    /// Where phones find the hall's pages, without a slash at its end; `nil` where nothing serves them: no code is shown.
    var publicURL: String?
    /// Whose page a code leads to.
    var codeSource = CodeSource.local
    /// The region's codes that were imported; `nil` where none were.
    var regionCodes: RegionCodeTable?
    /// How often the region is asked whether a case was rated whose code is shown; `nil` for never.
    var askRated: Duration?
    /// How long a code for one rating can be redeemed.
    var codeLifetime = Duration.seconds(900)
    /// How long the hall's own code on a slip can be redeemed; `nil` where the site prints none.
    var slipLifetime: Duration?
    /// How long a screen asks for a rating of a session.
    var showCodeFor = Duration.seconds(60)
    /// How long a screen says thanks.
    var thanksFor = Duration.seconds(5)
    /// How often a code for everybody changes.
    var rotateEvery = Duration.seconds(60)
    /// Who receives the ratings.
    var receiver: PageText?
    /// The site's privacy notice.
    var privacyNotice: PageText?
    /// The languages, the first being what pages begin with.
    var languages = [PageLanguage.chinese, .english]
    /// Whether pages ask who rates.
    var realName = HallDescription.RealName.anonymous
    /// The uplink whose region says what is asked; `nil` for the first.
    var region: UplinkName?
    /// Most ratings a minute by one code and at one window.
    var mostPerMinute = 120
    /// Whether pads with a display show the codes of sessions.
    var showsOnPads = false
    /// The kiosk screens.
    var screens: [Screen] = []
    /// The self-service kiosks.
    var kiosks: [Kiosk] = []
    /// How they behave.
    var selfService = SelfService()
    /// The desks whose clerks have a page.
    var desks: [Desk] = []

    /// Whose page a code leads to.
    enum CodeSource: Sendable, Hashable {
        /// Hallgate's own.
        case local
        /// The region's, by an address with `{case}`, `{service}` and `{window}`.
        case regionTemplate(String)
        /// The region's, which is asked for the address of each case.
        case regionCall
    }

    /// A kiosk screen.
    struct Screen: Sendable, Hashable {
        /// Its name.
        var id: String
        /// Where it stands; `nil` in a waiting area.
        var window: WindowID?
        /// The file with its key.
        var keyFile: String
        /// Whether it shows who serves.
        var showsStaff = false
        /// Whether its code is for everybody and changes, in place of one for each session.
        var rotates: Bool
    }

    // MARK: Reading

    /// Reads the section.
    static func read(
        _ section: ConfigurationSection, windows: UniqueNames, kept: KeptDescriptions = .none,
        checkUplink: (String, ConfigurationSection) -> Void
    ) -> PagesSettings {
        var result = PagesSettings()
        result.publicURL = section.value("public_url", .pagesAddress)
        let minute = Duration.seconds(60)
        section.section("qr") { qr in
            result.codeSource = codeSource(qr)
            result.askRated = qr.value("ask_rated", .duration(in: .seconds(1)...minute))
            result.regionCodes = qr.file("codes", copiedTo: kept.copy(of:), table: RegionCodeTable.sheet) {
                .read($0, windows: windows)
            }
            result.regionCodes?.file = qr.value("codes", .absolutePath()) ?? ""
            result.slipLifetime = qr.value("receipt", .duration(in: .seconds(3600) ... .seconds(30 * 86_400)))
            result.checkSlips(qr)
            if result.codeSource == .local, result.regionCodes != nil {
                qr.report(
                    LocalText("'codes' goes with the region's own code", "'codes' 仅用于上级平台的二维码"),
                    hint: LocalText("name a source that is the region's", "请将 source 改为上级平台"), at: "codes")
            }
            if result.codeSource == .local, result.askRated != nil {
                qr.report(
                    LocalText("'ask_rated' goes with the region's own code", "'ask_rated' 仅用于上级平台的二维码"),
                    hint: LocalText("leave it out: the hall knows of its own page", "请删除：本厅页面的评价本厅自知"),
                    at: "ask_rated")
            }
        }
        result.codeLifetime = section.value(
            "code_lifetime", .duration(in: minute ... .seconds(86_400)), default: result.codeLifetime)
        result.showCodeFor = section.value(
            "show_code_for", .duration(in: .seconds(5) ... .seconds(3600)), default: result.showCodeFor)
        result.thanksFor = section.value("thanks_for", .duration(in: .seconds(1)...minute), default: result.thanksFor)
        result.rotateEvery = section.value(
            "rotate_every", .duration(in: .seconds(10) ... .seconds(86_400)), default: result.rotateEvery)
        result.receiver = text(section, "receiver", atMost: 256)
        result.privacyNotice = text(section, "privacy_notice", atMost: 4096)
        result.languages = languages(section, default: result.languages)
        let realName: [String: HallDescription.RealName] =
            ["anonymous": .anonymous, "optional": .optional, "required": .required]
        result.realName = section.value("real_name", .choice(realName), default: result.realName)
        if let region = section.value("region", .identifier) {
            checkUplink(region, section)
            result.region = UplinkName(region)
        }
        result.mostPerMinute = section.value(
            "most_ratings_per_minute", .integer(in: 1...1_000_000), default: result.mostPerMinute)
        result.showsOnPads = section.value("pad_codes", .choice(["shown": true, "hidden": false]), default: false)
        var names = UniqueNames()
        result.screens = section.list("screens", atMost: 256, places: ["id"]) { screen($0, &names, windows) }
        var kiosks = UniqueNames()
        result.kiosks = section.list("kiosks", atMost: 256, places: ["id"]) { kiosk($0, &kiosks) }
        section.section("self_service") { result.selfService = selfService($0) }
        result.desks = desks(section, windows: windows)
        check(result, section)
        return result
    }

    private static func codeSource(_ section: ConfigurationSection) -> CodeSource {
        enum Word: Sendable { case local, template, call }
        let words: [String: Word] = ["local": .local, "region-template": .template, "region-call": .call]
        let word = section.value("source", .choice(words), default: .local)
        let template = section.value("template", .codeTemplate)
        if word != .template, section.has("template") {
            section.report(
                LocalText("'template' goes with source: region-template", "'template' 仅用于 source: region-template"),
                hint: LocalText("name that source, or leave the template out", "请改为该来源，或删除 template"),
                at: "template")
        }
        switch word {
        case .local: return .local
        case .call: return .regionCall
        case .template:
            if !section.has("template") {
                section.report(
                    LocalText("'template' is missing", "缺少 'template'"),
                    hint: LocalText(
                        "write the region's address, such as https://region.example/e?c={case}&s={service}",
                        "请填写上级平台的地址，例如 https://region.example/e?c={case}&s={service}"), at: "source")
            }
            return template.map { .regionTemplate($0) } ?? .local
        }
    }

    private static func text(_ section: ConfigurationSection, _ key: String, atMost limit: Int) -> PageText? {
        section.section(key) { words -> PageText? in
            var result: [PageLanguage: String] = [:]
            for language in PageLanguage.allCases {
                result[language] = words.value(language.rawValue, .text(atMost: limit))
            }
            return result.isEmpty ? nil : PageText(result)
        } ?? nil
    }

    private static func languages(_ section: ConfigurationSection, default usual: [PageLanguage]) -> [PageLanguage] {
        let words = Dictionary(uniqueKeysWithValues: PageLanguage.allCases.map { ($0.rawValue, $0) })
        let given = section.values("languages", atMost: words.count, .choice(words))
        var result: [PageLanguage] = []
        for language in given where !result.contains(language) { result.append(language) }
        if result.contains(.mongolian) {
            section.report(
                LocalText("the Mongolian texts are unverified", "蒙古文文本尚未经译者核定"),
                hint: LocalText("have a translator sign them before citizens read them", "请在对外使用前由译者签字核定"),
                at: "languages", .warning)
        }
        return result.isEmpty ? usual : result
    }

    private static func screen(
        _ section: ConfigurationSection, _ names: inout UniqueNames, _ windows: UniqueNames
    ) -> Screen? {
        let id = section.required("id", .identifier)
        if let id { names.add(id, key: "id", in: section, noun: LocalText("the screen", "屏幕")) }
        let window = section.value("window", .identifier)
        if let window { windows.check(window, key: "window", in: section, noun: LocalText("window", "窗口")) }
        let keyFile = section.required("key_file", .absolutePath())
        let showsStaff = section.value("staff", .choice(["shown": true, "hidden": false]), default: false)
        let rotates = section.value("code", .choice(["rotating": true, "session": false]), default: window == nil)
        if window == nil, !rotates {
            section.report(
                LocalText("a screen without a window knows no session", "未设窗口的屏幕没有会话"),
                hint: LocalText("name its window, or leave 'code' out", "请填写窗口，或删除 'code'"), at: "code")
        }
        guard let id, let keyFile else { return nil }
        return Screen(
            id: id, window: window.map(WindowID.init), keyFile: keyFile, showsStaff: showsStaff, rotates: rotates)
    }

    private static func check(_ result: PagesSettings, _ section: ConfigurationSection) {
        if result.codeSource == .local, result.publicURL == nil, !result.screens.isEmpty, !section.has("public_url") {
            section.report(
                LocalText("'public_url' is missing: screens show no code", "缺少 'public_url'：屏幕不会显示二维码"),
                hint: LocalText(
                    "write the address by which phones reach the hall's pages", "请填写手机访问大厅页面的地址"),
                at: "screens", .warning)
        }
        if result.codeLifetime < result.showCodeFor {
            section.report(
                LocalText("a code would run out while a screen shows it", "二维码会在屏幕仍显示时过期"),
                hint: LocalText(
                    "make 'code_lifetime' longer than 'show_code_for'", "请使 'code_lifetime' 长于 'show_code_for'"),
                at: "code_lifetime")
        }
    }
}

extension ValueKind where Value == String {
    /// Where pages are found: an `https` or `http` address without a query; the slash at its end is left out.
    ///
    /// Plain `http` is for a hall's own Wi-Fi, where no certificate that phones trust can be had.
    fileprivate static var pagesAddress: ValueKind {
        ValueKind { text, isQuoted in
            let isPlain = text.lowercased().hasPrefix("http://")
            let checked = isPlain ? "https://" + text.dropFirst("http://".count) : text
            if case .wrong(let message, let hint) = httpsAddress.reading(of: checked, isQuoted: isQuoted) {
                return .wrong(message, hint: hint)
            }
            guard !text.contains("?") else {
                return .wrong(
                    LocalText("the address has a query", "地址含有查询部分"),
                    hint: LocalText("leave out what begins with ?", "请去掉 ? 之后的部分"))
            }
            var address = text[...]
            while address.hasSuffix("/") { address = address.dropLast() }
            return .value(String(address))
        }
    }

    /// The region's address with placeholders.
    fileprivate static var codeTemplate: ValueKind {
        ValueKind { text, isQuoted in
            var plain = text
            for name in CodeTemplate.placeholders { plain = plain.replacing("{\(name)}", with: "x") }
            guard !plain.contains(where: { $0 == "{" || $0 == "}" }) else {
                return .wrong(
                    LocalText("the template has an unknown placeholder", "模板中有未知的占位符"),
                    hint: LocalText("known: {case}, {service}, {window}", "可用：{case}、{service}、{window}"))
            }
            if case .wrong(let message, let hint) = httpsAddress.reading(of: plain, isQuoted: isQuoted) {
                return .wrong(message, hint: hint)
            }
            return .value(text)
        }
    }
}

/// The region's own address for a case.
struct CodeTemplate: Sendable, Hashable {
    static let placeholders = ["case", "service", "window"]

    private let template: String

    init(_ template: String) { self.template = template }

    /// The address; `nil` where something it names is not known.
    func address(caseReference: CaseReference?, window: WindowID?) -> String? {
        let values = [
            "case": caseReference?.projectNumber, "service": caseReference?.serviceNumber, "window": window?.value,
        ]
        var result = template
        for name in Self.placeholders where template.contains("{\(name)}") {
            guard let value = values[name] ?? nil else { return nil }
            result = result.replacing("{\(name)}", with: Self.encoded(value))
        }
        return result
    }

    /// Percent-encoded but for the unreserved characters of RFC 3986 section 2.3.
    private static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let scalar = UnicodeScalar(byte)
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte))
            if isPlain || "-._~".unicodeScalars.contains(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return result
    }
}
