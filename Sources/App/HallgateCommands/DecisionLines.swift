// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import Glibc
import OperatorAPI

/// What people decided, a line each: when, who, what. Never why, for a reason may speak of a level (G9).
struct DecisionLines {
    let isChinese: Bool

    private func say(_ english: String, _ chinese: String) -> String { isChinese ? chinese : english }

    var title: String { say("Decided last", "最近的决定") }

    /// The decisions as lines, without an indent.
    func lines(of decisions: [GatewayStatus.Decision]) -> [String] {
        decisions.map { "\(Self.time($0.atMilliseconds))  \(who($0))\(say(" ", ""))\(what($0))" }
    }

    private func who(_ decision: GatewayStatus.Decision) -> String {
        if let user = decision.user { return shortened(user, to: 32) }
        switch decision.origin {
        case .operatorSocket: return say("an operator", "操作员")
        case .configuration: return say("the configuration", "配置文件")
        case .webSocket: return say("a web user", "网页用户")
        case .auditorSocket: return say("an auditor", "审计员")
        }
    }

    private func what(_ decision: GatewayStatus.Decision) -> String {
        let line = shortened(decision.line ?? "–", to: 64)
        let window = decision.window.map { shortened($0, to: 16) }
        let place = window.map { say("\(line) at \($0)", "\($0) 的 \(line)") } ?? line
        let device = shortened(decision.device ?? "–", to: 48)
        switch decision.kind {
        case .revealed: return say("looked at levels on \(place)", "查看了 \(place) 上的等级")
        case .released:
            return say("released \(decision.count) ratings of \(device)", "放行了 \(device) 的 \(decision.count) 条评价")
        case .confirmed: return say("confirmed what is on \(place)", "确认了 \(place) 上的硬件")
        case .placed:
            let stands = say("put \(line) at \(window ?? "no window")", "将 \(line) 设在 \(window ?? "无窗口处")")
            let former = decision.former.map { shortened($0, to: 64) }
            return stands + (former.map { say(", in the place of \($0)", "，替换 \($0)") } ?? "")
        case .withdrawn: return say("took \(place) away", "移除了 \(place)")
        case .paired: return say("changed whose keys count on \(place)", "更改了 \(place) 的配对密钥")
        case .revealAllowed:
            return decision.count == 1
                ? say("allowed levels to be shown", "允许查看等级") : say("forbade levels to be shown", "禁止查看等级")
        case .retried:
            return say(
                "had \(decision.count == 1 ? "1 rating" : "\(decision.count) ratings") sent again",
                "重新发送了 \(decision.count) 条评价")
        case .setAsideProposed: return say("proposed to set a rating aside", "提议剔置一条评价")
        case .setAside: return say("agreed to set a rating aside", "确认剔置一条评价")
        case .discarded: return say("discarded an unreadable record", "丢弃了一条无法读取的记录")
        case .signMinted:
            return say("made \(device) for \(window ?? "the hall")", "为 \(window ?? "大厅") 制作了 \(device)")
        case .signRevoked:
            return say("revoked \(device) of \(window ?? "the hall")", "停用了 \(window ?? "大厅") 的 \(device)")
        case .codeKeyMade: return say("made \(device)", "生成了 \(device)")
        case .codeKeyRevoked: return say("revoked \(device)", "停用了 \(device)")
        }
    }

    /// Day and time where the operator sits.
    static func time(_ milliseconds: Int64) -> String {
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        let two = { (number: Int32) in (number < 10 ? "0" : "") + "\(number)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
            + "\(two(parts.tm_hour)):\(two(parts.tm_min))"
    }
}
