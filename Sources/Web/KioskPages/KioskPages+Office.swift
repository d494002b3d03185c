// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Hummingbird

extension KioskPages {
    /// Where the hall's office types in what citizens wrote on paper. The page sends it by the ingest API, with a key that
    /// is typed in and stays in the page: nothing is taken here.
    func paper(_ query: PageQuery) async -> Response {
        do {
            let hall = try await describe()
            // Whoever works in the office reads one of these two; citizens never see the page.
            let language: PageLanguage = query.lang == PageLanguage.english.rawValue ? .english : .chinese
            return .page(templates.render("office", PaperPage(hall, language)))
        } catch {
            return refuse(.away, query)
        }
    }
}

/// What the template of the paper page shows.
struct PaperPage: Sendable {
    struct Choice: Sendable {
        let value: String
        let label: String
    }

    struct Group: Sendable {
        let level: String
        let label: String
        let reasons: [Choice]
    }

    let lang: String
    let otherLang: String
    let otherName: String
    let hall: String
    let w: [String: String]
    let windows: [Choice]
    let levels: [Choice]
    let groups: [Group]
    let limit: Int
    let asksName: Bool
    let pagesCSS: String
    let css: String
    let js: String
    let icon: String

    init(_ hall: HallDescription, _ language: PageLanguage) {
        lang = language.rawValue
        let other: PageLanguage = language == .chinese ? .english : .chinese
        (otherLang, otherName) = (other.rawValue, other.ownName)
        self.hall = hall.name
        w = PaperWords.words(in: language)
        windows = hall.windows.map { Choice(value: $0.id, label: $0.name) }
        levels = PageLevel.allCases.map { Choice(value: $0.rawValue, label: Catalogue.text($0.phrase, in: language)) }
        groups = PageLevel.allCases.map { level in
            Group(
                level: level.rawValue, label: Catalogue.text(level.phrase, in: language),
                reasons: (hall.indicators[level] ?? []).map { Choice(value: $0.code, label: "\($0.code) \($0.text)") })
        }
        limit = hall.textLimit
        asksName = hall.realName != .anonymous
        pagesCSS = PageAssets.pagesCSS.path
        css = PageAssets.officeCSS.path
        js = PageAssets.officeJS.path
        icon = PageAssets.icon.path
    }
}
