// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import HallAPI
public import RatingModel

/// Who hands ratings over by the ingest API, and what it may say.
public struct IngestSource: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// How its ratings came in (评价渠道).
    public var channel: RatingChannel
    /// The windows it may rate; empty for all of the hall, and the hall as a whole.
    public var windows: [WindowID]
    /// The page that its terminal may open; `nil` where it has none.
    public var page: SourcePage?

    /// Takes what an operator decided.
    public init(name: String, channel: RatingChannel, windows: [WindowID] = [], page: SourcePage? = nil) {
        self.name = name
        self.channel = channel
        self.windows = windows
        self.page = page
    }
}

/// What an operator decides of the page that a source's terminal may open.
public struct SourcePage: Sendable, Hashable {
    /// Where it may lead back to.
    public var back: [WebOrigin]
    /// Whose pages may show it in a frame; empty for nobody's.
    public var frames: [WebOrigin]
    /// How long an address counts.
    public var lifetime: Duration
    /// How long after thanks it leads back by itself; `nil` where it waits to be left.
    public var returnAfter: Duration?

    /// Takes what an operator decided; by default an address counts for 10 min, and 10 s after thanks it leads back.
    public init(
        back: [WebOrigin], frames: [WebOrigin] = [], lifetime: Duration = .seconds(600),
        returnAfter: Duration? = .seconds(10)
    ) {
        self.back = back
        self.frames = frames
        self.lifetime = lifetime
        self.returnAfter = returnAfter
    }

    /// Whether it leads back to an address: that stands at one of the origins, and can be taken for no other.
    public func allows(back address: String) -> Bool {
        address.utf8.count <= HallLimits.backBytes
            && WebOrigin(ofAddress: address).map { back.contains($0) } ?? false
    }
}

/// A rating of a source that can be recorded as it is.
///
/// What keeps another from it is said by its field, and without a word of what the citizen chose or wrote (G9).
public struct CheckedIngest: Sendable, Hashable {
    /// The source's own number.
    public let number: String
    /// The level.
    public let level: SatisfactionLevel
    /// What the citizen said beside the level; `nil` for nothing.
    public let personal: PersonalFields?
    /// The window; `nil` for the hall as a whole.
    public let window: WindowID?
    /// The case; `nil` for none.
    public let caseReference: CaseReference?
    /// When it was given, where the source said so.
    public let statedTime: StatedTime?
    /// How long before now it was given.
    public let age: Duration

    /// Checks a rating of a source against what the hall asks; `zone` is the hall's.
    ///
    /// Throws `ingest.invalid`, and `ingest.clock` where the gateway does not know the time yet that a stated one is held
    /// against.
    public init(
        _ rating: IngestRating, of source: IngestSource, for hall: HallDescription, zone: HallZone, at now: CaptureTime
    ) throws(GatewayError) {
        number = try Self.number(rating.number)
        if let channel = rating.channel, channel != source.channel.rawValue {
            throw .invalidIngest(
                "channel is not the source's: it hands over by '\(source.channel.rawValue)'",
                "channel 与该来源的渠道“\(source.channel.rawValue)”不符")
        }
        level = rating.level.level
        window = try Self.window(rating.window, of: source, in: hall)
        caseReference = try Self.reference(rating.project, rating.service)
        (statedTime, age) = try Self.time(rating.ratedAt, zone, at: now)
        let said = SaidBeside(
            indicators: rating.indicators, text: rating.text, name: rating.name, mobile: rating.mobile)
        do throws(SubmissionFault) {
            personal = try SubmissionRules.personal(said, beside: rating.level, for: hall)
        } catch {
            throw .invalidIngest(error.words.english, error.words.chinese)
        }
    }

    /// Whether a text can be a source's number: it stands in an address as it is.
    public static func isNumber(_ text: String) -> Bool {
        (1...HallLimits.ingestNumberBytes).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "-._~".utf8.contains($0)
            }
    }

    /// A source's number; throws `ingest.invalid` for what can be none.
    static func number(_ text: String) throws(GatewayError) -> String {
        guard isNumber(text) else {
            throw .invalidIngest(
                "number is not 1 to \(HallLimits.ingestNumberBytes) letters, digits and -._~",
                "number 须为 1 至 \(HallLimits.ingestNumberBytes) 位字母、数字或 -._~")
        }
        return text
    }

    /// The window that a source names; throws `ingest.invalid` for one that it may not rate.
    static func window(
        _ id: String?, of source: IngestSource, in hall: HallDescription
    ) throws(GatewayError) -> WindowID? {
        guard let id else {
            guard source.windows.isEmpty else { throw .invalidIngest("window is missing", "缺少 window") }
            return nil
        }
        let window = WindowID(id)
        let isKnown = source.windows.isEmpty ? hall.windows.contains { $0.id == id } : source.windows.contains(window)
        guard isKnown else {
            throw .invalidIngest("window is not one that the source rates", "window 不在该来源可评价的窗口之内")
        }
        return window
    }

    /// The case that a source names; throws `ingest.invalid` for what can be none.
    static func reference(_ project: String?, _ service: String?) throws(GatewayError) -> CaseReference? {
        guard project != nil || service != nil else { return nil }
        guard let project, let service else {
            throw .invalidIngest("project and service go together", "project 与 service 须同时填写")
        }
        let areWhole = [project, service].allSatisfy { text in
            !text.isEmpty && text.utf8.count <= Limits.identifierBytes
                && !text.unicodeScalars.contains {
                    $0.properties.isWhitespace || $0.properties.generalCategory == .control
                }
        }
        guard areWhole else {
            throw .invalidIngest(
                "project or service is empty, longer than \(Limits.identifierBytes) bytes, or holds spaces",
                "project 或 service 为空、超过 \(Limits.identifierBytes) 字节或含有空格")
        }
        return CaseReference(projectNumber: project, serviceNumber: service)
    }

    private static func time(
        _ text: String?, _ zone: HallZone, at now: CaptureTime
    ) throws(GatewayError) -> (StatedTime?, Duration) {
        guard let text else { return (nil, .zero) }
        guard let stated = StatedTime(text, zone: zone) else {
            throw .invalidIngest(
                "ratedAt is neither a moment such as 2026-06-01T10:15:00+08:00 nor a day",
                "ratedAt 既不是 2026-06-01T10:15:00+08:00 这样的时刻，也不是日期")
        }
        let milliseconds = now.wall.millisecondsSinceEpoch - stated.wall.millisecondsSinceEpoch
        guard milliseconds >= 0 else {
            // A gateway that was just switched on may believe in a year long past.
            guard now.isWallTrusted else { throw .ingestClock }
            throw .invalidIngest("ratedAt is later than the gateway's clock", "ratedAt 晚于网关时间")
        }
        guard milliseconds <= HallLimits.ingestAgeDays * 86_400_000 else {
            throw .invalidIngest(
                "ratedAt is more than \(HallLimits.ingestAgeDays) days ago", "ratedAt 早于 \(HallLimits.ingestAgeDays) 天前"
            )
        }
        return (stated, .milliseconds(milliseconds))
    }
}

extension GatewayError {
    /// What a source may not hand over as it is.
    static func invalidIngest(_ english: String, _ chinese: String) -> GatewayError {
        GatewayError(
            "ingest.invalid", LocalText("this cannot be taken: \(english)", "无法接收：\(chinese)"),
            hint: LocalText("correct it and send it again under the same number", "请更正后以同一编号重新提交"))
    }

    fileprivate static let ingestClock = GatewayError(
        "ingest.clock", LocalText("the gateway does not know the time yet", "网关时钟尚未校准"),
        hint: LocalText("send it again in some minutes", "请几分钟后重新提交"))
}
