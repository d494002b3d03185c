// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What every page shows of the hall and asks in it.
public struct HallDescription: Sendable, Hashable, Codable {
    /// The hall's name.
    public var name: String
    /// Its windows, in the configuration's order.
    public var windows: [Window]
    /// Who receives the ratings, in the site's words; `nil` where the site has not said.
    public var receiver: PageText?
    /// The site's privacy notice beside Hallgate's own sentences; `nil` where the site has none.
    public var privacyNotice: PageText?
    /// The languages pages may show, the first being what they begin with.
    public var languages: [PageLanguage]
    /// The indicators of each level (evalDetail), by the level's word.
    public var indicators: [PageLevel: [Indicator]]
    /// Whether the region takes a 差评 only with a reason.
    public var isReasonRequiredForBad: Bool
    /// Whether the region wants to know who rates.
    public var realName: RealName
    /// Most characters of free text.
    public var textLimit: Int
    /// How self-service kiosks behave; `nil` where the hall has none.
    public var selfService: SelfService?
    /// Who may show the pages of a source's terminal in a frame of its own; `nil` where nobody may.
    public var terminals: [Terminal]?
    /// Changes whenever anything else here does.
    public var version: UInt64

    /// A window.
    public struct Window: Sendable, Hashable, Codable {
        /// Its id.
        public var id: String
        /// What people call it.
        public var name: String

        /// Takes the fields.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// Something a citizen can say of a service.
    public struct Indicator: Sendable, Hashable, Codable {
        /// Its code in the region's table.
        public var code: String
        /// The region's words, in 简体中文: they are not Hallgate's to translate.
        public var text: String
        /// Whether it is one of those shown first.
        public var isBasic: Bool

        /// Takes the fields.
        public init(code: String, text: String, isBasic: Bool) {
            self.code = code
            self.text = text
            self.isBasic = isBasic
        }
    }

    /// Whether a page asks who rates.
    public enum RealName: String, Sendable, Hashable, Codable {
        /// It does not ask.
        case anonymous
        /// It asks and takes no answer for an answer.
        case optional
        /// It asks for a name and a number to call back.
        case required
    }

    /// How the hall's self-service kiosks behave.
    public struct SelfService: Sendable, Hashable, Codable {
        /// Seconds without a touch after which a kiosk asks whether anybody is still there.
        public var idleSeconds: Int
        /// Seconds it then waits before it forgets everything.
        public var countdownSeconds: Int
        /// Whether it reads question and thanks aloud, where its browser has a voice for them.
        public var speaks: Bool

        /// Takes the fields; by default it asks after 40 s, waits for another 20 s and is silent.
        public init(idleSeconds: Int = 40, countdownSeconds: Int = 20, speaks: Bool = false) {
            self.idleSeconds = idleSeconds
            self.countdownSeconds = countdownSeconds
            self.speaks = speaks
        }
    }

    /// The pages of a source's terminal.
    public struct Terminal: Sendable, Hashable, Codable {
        /// The source's name, as it stands in their addresses.
        public var source: String
        /// Whose pages may show them in a frame.
        public var frames: [WebOrigin]

        /// Takes the fields.
        public init(source: String, frames: [WebOrigin]) {
            self.source = source
            self.frames = frames
        }
    }

    /// Takes the fields.
    public init(
        name: String, windows: [Window], receiver: PageText? = nil, privacyNotice: PageText? = nil,
        languages: [PageLanguage], indicators: [PageLevel: [Indicator]], isReasonRequiredForBad: Bool,
        realName: RealName, textLimit: Int, selfService: SelfService? = nil, terminals: [Terminal]? = nil,
        version: UInt64
    ) {
        self.name = name
        self.windows = windows
        self.receiver = receiver
        self.privacyNotice = privacyNotice
        self.languages = languages
        self.indicators = indicators
        self.isReasonRequiredForBad = isReasonRequiredForBad
        self.realName = realName
        self.textLimit = textLimit
        self.selfService = selfService
        self.terminals = terminals
        self.version = version
    }
}

/// A language of the pages (BCP 47).
public enum PageLanguage: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
    /// 简体中文
    case chinese = "zh-Hans"
    /// English
    case english = "en"
    /// ᠮᠣᠩᠭᠣᠯ, traditional script, written downwards.
    case mongolian = "mn-Mong"
}

/// A text of the site, in the languages it has it in.
public struct PageText: Sendable, Hashable, Codable {
    /// The words by language.
    public var words: [PageLanguage: String]

    /// Takes the words.
    public init(_ words: [PageLanguage: String]) { self.words = words }

    /// The words in a language, else in 简体中文, else in whichever there is.
    public func text(in language: PageLanguage) -> String {
        words[language] ?? words[.chinese] ?? words.first?.value ?? ""
    }
}
