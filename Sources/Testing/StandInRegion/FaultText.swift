// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

extension FaultRule {
    /// Reads one rule: `kind[:argument][:probability][@from..to][ xN]`, such as `status:503/2s:0.1@10s..40s x3`.
    ///
    /// The document of the stand-in region lists the kinds. Times carry their unit: `500ms`, `2s`, `1m`.
    public init(_ text: String) throws(GatewayError) {
        var rest = Substring(text).trimmed
        var limit: Int?
        if let space = rest.lastIndex(of: " "), rest[space...].dropFirst().first == "x" {
            guard let number = Int(rest[space...].dropFirst(2)), number > 0 else {
                throw Self.unreadable(text, "xN needs a number from 1")
            }
            limit = number
            rest = rest[..<space].trimmed
        }
        var window: Range<Duration>?
        if let at = rest.firstIndex(of: "@") {
            window = try Self.window(rest[at...].dropFirst(), in: text)
            rest = rest[..<at]
        }
        var parts = rest.split(separator: ":", omittingEmptySubsequences: false)[...]
        let kind = try Self.kind(&parts, in: text)
        var probability = 1.0
        if let part = parts.popFirst() {
            guard let number = Double(part), (0...1).contains(number) else {
                throw Self.unreadable(text, "\(part) is no probability from 0 to 1")
            }
            probability = number
        }
        guard parts.isEmpty else { throw Self.unreadable(text, "nothing can follow the probability") }
        self.init(kind, probability: probability, window: window, limit: limit)
    }

    /// Reads rules separated by commas; an empty text is no rule.
    public static func list(_ text: String) throws(GatewayError) -> [FaultRule] {
        var rules: [FaultRule] = []
        for part in text.split(separator: ",") { rules.append(try FaultRule(String(part))) }
        return rules
    }

    private static func kind(_ parts: inout ArraySlice<Substring>, in text: String) throws(GatewayError) -> FaultKind {
        switch parts.popFirst() ?? "" {
        case "status": return try status(parts.popFirst() ?? "", in: text)
        case "unauthorized": return .unauthorized
        case "success=false": return .refuseBatch
        case "garbage": return .garbage
        case "truncate": return .truncate
        case "lostanswer": return .lostAnswer
        case "duplicate": return .duplicate
        case "drop": return .drop
        case "reset": return .reset
        case "endless": return .endless
        case "omit": return .omit
        case "reject": return .reject
        case "retry": return .retry
        case "delay":
            guard let time = parts.popFirst().flatMap(duration) else {
                throw unreadable(text, "delay needs a time, such as delay:2s")
            }
            return .delay(time)
        case "slow":
            guard let time = parts.first.flatMap(duration) else { return .slow(.milliseconds(20)) }
            parts.removeFirst()
            return .slow(time)
        case let other: throw unreadable(text, "\(other) is no kind of fault")
        }
    }

    private static func status(_ part: Substring, in text: String) throws(GatewayError) -> FaultKind {
        let halves = part.split(separator: "/", maxSplits: 1)
        guard let code = halves.first.flatMap({ Int($0) }), (200...599).contains(code) else {
            throw unreadable(text, "status needs a number from 200 to 599, such as status:503")
        }
        guard halves.count == 2 else { return .status(code, retryAfterSeconds: nil) }
        guard let after = duration(halves[1]) else {
            throw unreadable(text, "\(halves[1]) is no time for Retry-After, such as status:503/2s")
        }
        return .status(code, retryAfterSeconds: Int(after.components.seconds))
    }

    private static func window(_ part: Substring, in text: String) throws(GatewayError) -> Range<Duration> {
        guard let dots = part.firstRange(of: ".."), let from = duration(part[..<dots.lowerBound]),
            let to = duration(part[dots.upperBound...]), from < to
        else { throw unreadable(text, "a window is two times, such as @10s..40s") }
        return from..<to
    }

    /// A time with its unit, at most a day.
    static func duration(_ text: Substring) -> Duration? {
        let units: [(String, Double)] = [("ms", 1), ("s", 1000), ("m", 60_000)]
        guard let (unit, factor) = units.first(where: { text.hasSuffix($0.0) }),
            let number = Double(text.dropLast(unit.count)), (0...86_400_000).contains(number * factor)
        else { return nil }
        return .milliseconds(Int64(number * factor))
    }

    private static func unreadable(_ text: String, _ why: String) -> GatewayError {
        GatewayError(
            "region.fault-rule", LocalText("The fault rule '\(text)' cannot be read", "无法识别故障规则“\(text)”"), cause: why,
            hint: LocalText(
                "write kind[:argument][:probability][@from..to][ xN], such as status:503:0.1 x3",
                "格式为 种类[:参数][:概率][@起..止][ xN]，例如 status:503:0.1 x3"))
    }
}

extension Substring {
    /// Without the blanks at both ends.
    var trimmed: Substring {
        var rest = self
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }
}
