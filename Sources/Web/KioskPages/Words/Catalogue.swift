// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI

/// A sentence in every language of the pages; `{name}` stands for what is put in.
struct Wording: Sendable {
    let chinese: String
    let english: String
    /// Written down by no translator who signed it: pages that show it say so.
    let mongolian: String

    init(_ chinese: String, _ english: String, _ mongolian: String) {
        self.chinese = chinese
        self.english = english
        self.mongolian = mongolian
    }

    func text(in language: PageLanguage) -> String {
        switch language {
        case .chinese: chinese
        case .english: english
        case .mongolian: mongolian
        }
    }
}

/// The one catalogue of what pages say, in parts by page.
enum Catalogue {
    static let wordings: [Phrase: Wording] = [
        common, rating, receipt, refusals, screen, kiosk, terminal, questionnaires,
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }

    /// The words of a phrase with values put in; a phrase without wording shows its name, which a test rules out.
    static func text(_ phrase: Phrase, in language: PageLanguage, _ values: [String: String] = [:]) -> String {
        var text = wordings[phrase]?.text(in: language) ?? phrase.rawValue
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    /// Every phrase of a language by its name, as templates use them.
    static func words(in language: PageLanguage) -> [String: String] { table[language] ?? [:] }

    private static let table: [PageLanguage: [String: String]] = Dictionary(
        uniqueKeysWithValues: PageLanguage.allCases.map { language in
            (language, Dictionary(uniqueKeysWithValues: Phrase.allCases.map { ($0.rawValue, text($0, in: language)) }))
        })
}

extension PageLanguage {
    /// What the language calls itself.
    var ownName: String {
        switch self {
        case .chinese: "简体中文"
        case .english: "English"
        case .mongolian: "ᠮᠣᠩᠭᠣᠯ"
        }
    }

    /// Whether a named translator has signed its wording.
    var isVerified: Bool { self != .mongolian }
}
