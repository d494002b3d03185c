// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import Testing

@testable import KioskPages

@Suite struct CatalogueTests {
    @Test(arguments: PageLanguage.allCases) func everyPhraseHasItsWording(_ language: PageLanguage) throws {
        for phrase in Phrase.allCases {
            let wording = try #require(Catalogue.wordings[phrase], "\(phrase)")
            #expect(!wording.text(in: language).isEmpty, "\(phrase)")
        }
    }

    @Test func everyLanguagePutsInTheSameValuesExceptOnesLeftOutInMongolian() {
        for (phrase, wording) in Catalogue.wordings {
            #expect(names(wording.chinese) == names(wording.english), "\(phrase)")
            #expect(names(wording.mongolian).isSubset(of: names(wording.chinese)), "\(phrase)")
        }
    }

    @Test func mongolianIsInItsScriptAndSaysItIsUnverified() {
        #expect(!PageLanguage.mongolian.isVerified)
        for (phrase, wording) in Catalogue.wordings {
            #expect(wording.mongolian.unicodeScalars.contains { (0x1820...0x1842).contains($0.value) }, "\(phrase)")
        }
    }

    @Test func valuesArePutIn() {
        #expect(Catalogue.text(.minutesLeft, in: .english, ["minutes": "3"]) == "Please submit within 3 min")
        #expect(Catalogue.text(.minutesLeft, in: .chinese, ["minutes": "3"]) == "请在 3 分钟内提交")
    }

    /// The names in braces.
    private func names(_ text: String) -> Set<String> {
        Set(
            text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map {
                String($0.prefix { $0 != "}" })
            })
    }
}
