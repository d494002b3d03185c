// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// A rating as a page, a kiosk or a form sends it.
public struct RatingSubmission: Sendable, Hashable, Codable {
    /// The code that the page was opened by.
    public var code: String
    /// A number the page minted for this rating (a UUID), the same whenever it is sent again.
    public var submission: String
    /// The level.
    public var level: PageLevel
    /// Codes of the indicators that were chosen, all of the level's.
    public var indicators: [String]
    /// What the citizen wrote, at most ``HallDescription/textLimit`` characters; `nil` for nothing.
    public var text: String?
    /// The name; only where the region asks for one.
    public var name: String?
    /// The number to call back; only where the region asks for one.
    public var mobile: String?
    /// The language of the page.
    public var language: PageLanguage
    /// Where the page was shown, as it says itself.
    public var place: Place
    /// The kiosk that shows the page; without its key the page is a phone's.
    public var kiosk: String?
    /// The kiosk's key.
    public var key: String?

    /// Where a page was shown, which says by which channel its rating came.
    public enum Place: String, Sendable, Hashable, Codable {
        /// On the citizen's own phone: 二维码.
        case phone
        /// On a self-service kiosk of the hall: 大厅其他终端.
        case kiosk
        /// On another maker's terminal: by its source's channel, which its code proves.
        case terminal
    }

    /// Takes the fields.
    public init(
        code: String, submission: String, level: PageLevel, indicators: [String] = [], text: String? = nil,
        name: String? = nil, mobile: String? = nil, language: PageLanguage = .chinese, place: Place = .phone,
        kiosk: String? = nil, key: String? = nil
    ) {
        self.code = code
        self.submission = submission
        self.level = level
        self.indicators = indicators
        self.text = text
        self.name = name
        self.mobile = mobile
        self.language = language
        self.place = place
        self.kiosk = kiosk
        self.key = key
    }
}

/// What a citizen is given for a rating that is on disk.
public struct SubmissionReceipt: Sendable, Hashable, Codable {
    /// The number by which the citizen can ask whether it arrived; nothing of the rating can be read from it.
    public var receipt: String

    /// Takes the number.
    public init(receipt: String) { self.receipt = receipt }
}

/// A level in the words pages and terminals use; numbers exist only in region profiles.
public enum PageLevel: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
    /// 非常满意
    case verySatisfied = "very_satisfied"
    /// 满意
    case satisfied
    /// 基本满意
    case basicallySatisfied = "basically_satisfied"
    /// 不满意
    case dissatisfied
    /// 非常不满意
    case veryDissatisfied = "very_dissatisfied"

    /// The word for a level.
    public init(_ level: SatisfactionLevel) {
        self =
            switch level {
            case .verySatisfied: .verySatisfied
            case .satisfied: .satisfied
            case .basicallySatisfied: .basicallySatisfied
            case .dissatisfied: .dissatisfied
            case .veryDissatisfied: .veryDissatisfied
            }
    }

    /// The level the word stands for.
    public var level: SatisfactionLevel {
        switch self {
        case .verySatisfied: .verySatisfied
        case .satisfied: .satisfied
        case .basicallySatisfied: .basicallySatisfied
        case .dissatisfied: .dissatisfied
        case .veryDissatisfied: .veryDissatisfied
        }
    }
}
