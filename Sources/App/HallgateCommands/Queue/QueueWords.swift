// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import Glibc

/// The words about the queue in one of the two languages.
struct QueueWords {
    let isChinese: Bool

    private func say(_ english: String, _ chinese: String) -> String { isChinese ? chinese : english }

    var noUplinks: String { say("No uplink is configured: ratings stay in the journal.", "未配置上行链路：评价仅保存在日志库中。") }
    var nothing: String { say("Nothing has stopped.", "没有停滞的评价。") }
    var recorded: String { say("recorded", "条已记录") }
    var comma: String { say(", ", "，") }
    var doNotAdd: String { say("these do not add up: run 'hallgate queue verify'", "数目不符：请运行 hallgate queue verify") }
    var columns: [String] {
        isChinese ? ["编号", "窗口", "设备", "开始于", "变动"] : ["id", "window", "device", "since", "moves"]
    }
    var unreadable: String { say("the record cannot be read", "该记录无法读取") }
    var masked: String { say("● the region's words speak of the level", "● 上级系统的答复涉及等级") }

    var systemText: String { say("system text, not the citizen's", "系统文字，非群众所写") }

    func more(_ command: String?) -> String {
        command.map { say("There are more: \($0)", "还有更多：\($0)") }
            ?? say("There are more: name one with --uplink and --state.", "还有更多：请用 --uplink 和 --state 指定。")
    }

    /// A state for people; one of a later version is shown as it is called.
    func state(_ word: String) -> String {
        let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
        let english = [
            "in-flight": "in flight", "set-aside": "set aside", "waiting": "waiting", "held": "held",
        ]
        let chinese = [
            "pending": "待发送", "in-flight": "在途", "unknown": "结果不明", "parked": "已搁置", "set-aside": "已剔置",
            "delivered": "已送达", "held": "暂存", "waiting": "等待中",
        ]
        let first = parts.first ?? word
        let name = isChinese ? chinese[first] ?? first : english[first] ?? first
        guard parts.count == 2 else { return shortened(name, to: 40) }
        return shortened(isChinese ? "\(name)（\(reason(parts[1]))）" : "\(name) (\(parts[1]))", to: 40)
    }

    private func reason(_ word: String) -> String {
        let chinese = [
            "unmatched": "未匹配办件", "contested": "同件竞合", "unrated": "未评价", "unanswered": "未获回执",
            "quarantined": "隔离待核", "superseded": "已由后一次按键更正", "reasonless": "待补充说明",
            "questionnaire": "上级无问卷接口", "answerable": "尚可作答",
        ]
        return chinese[word] ?? word
    }

    /// Day and time where the operator sits.
    func time(_ milliseconds: Int64?) -> String {
        guard let milliseconds else { return "–" }
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        let two = { (number: Int32) in (number < 10 ? "0" : "") + "\(number)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
            + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
    }

    // MARK: Why

    var frame: String { say("frame", "帧") }
    var press: String { say("press", "按键") }
    var window: String { say("window", "窗口") }
    var commit: String { say("commit", "入库") }
    var statement: String { say("says", "内容") }
    var beside: String { say("Beside it", "相关记录") }
    var notDelivered: String { say("never delivered: it stays in the journal", "不上送，仅保存在日志库中") }
    var neverMoved: String { say("not sent yet", "尚未发送") }
    var fromMemory: String { say(" (from memory)", "（内存记录）") }
    var colon: String { say(": ", "：") }
    func driver(_ name: String) -> String { say("read by \(name)", "由 \(name) 解读") }
    func ingest(_ source: String, _ channel: String) -> String {
        say("by ingest of \(source), channel: \(channel)", "由 \(source) 接口报送，渠道：\(channel)")
    }
    func sourcePage(_ source: String, _ channel: String) -> String {
        say("on the page of \(source), channel: \(channel)", "在 \(source) 的评价页面上提交，渠道：\(channel)")
    }
    func session(_ number: UInt32) -> String { say("session \(number)", "会话 \(number)") }
    func reference(_ text: String) -> String { say("case \(text)", "办件 \(text)") }
    var unbound: String { say("no session", "无会话") }
    func record(_ sequence: String) -> String { say("record \(sequence)", "第 \(sequence) 条记录") }
    func head(_ text: String) -> String { say("head \(text)…", "链首 \(text)…") }
    var untrusted: String { say(" (clock not trusted)", "（时钟未校准）") }

    func outcome(_ word: String) -> String {
        switch word {
        case "rated": say("rated ●", "已评价 ●")
        case "timed-out": say("timed out, no level", "超时未评价")
        case "cancelled": say("cancelled, no level", "已取消")
        default: shortened(word, to: 40)
        }
    }

    func proof(_ word: String) -> String {
        switch word {
        case "proven": say("proven by the pad's key", "经评价器密钥验证")
        case "failed": say("a proof was due and is missing or wrong", "应有验证但缺失或错误")
        default: say("without a proof", "无验证")
        }
    }

    func mark(_ word: String) -> String {
        switch word {
        case "repeat": say("a repeat", "重复按键")
        case "outside-hours": say("outside the opening hours", "非工作时间")
        default: shortened(word, to: 40)
        }
    }

    var questionnaire: String { say("answers", "答卷") }
    func answers(_ count: Int) -> String {
        say("\(count) \(count == 1 ? "question" : "questions") answered ●", "已答 \(count) 题 ●")
    }

    var invitation: String { say("asked", "邀请评价") }
    func unanswered(_ asked: String, _ ended: String) -> String {
        say("from \(asked), until \(ended) nobody answered", "\(asked) 起询问，至 \(ended) 无人作答")
    }
    var answered: String { say("the case was rated", "该办件已评价") }

    var channel: String { say("channel", "渠道") }

    func channel(_ word: String) -> String {
        switch word {
        case "terminal": say("a pad or another terminal of the hall", "大厅终端")
        case "tablet": say("a tablet at a window", "大厅平板电脑")
        case "qr": say("a scanned code", "二维码")
        case "paper": say("a sheet of paper", "书面")
        case "pc": say("a web page", "PC 网页")
        case "mobile": say("an app or small program on a phone", "移动端")
        case "phone": say("a telephone call", "电话")
        case "sms": say("a text message", "短信")
        default: shortened(word, to: 40)
        }
    }

    func kind(_ word: String) -> String {
        let chinese = [
            "rating": "评价", "conflict": "冲突按键", "session": "会话", "import": "导入", "no-answer": "未作答", "flag": "标记",
            "decision": "决定", "verdict": "复核结论", "correction": "更正", "questionnaire": "问卷答卷",
            "invitation": "邀评",
        ]
        return isChinese ? chinese[word] ?? word : word
    }

    func attempt(_ result: String, ratings: Int) -> String {
        let with =
            ratings > 1 ? say(", with \(ratings - 1) other\(ratings == 2 ? "" : "s")", "，同批另有 \(ratings - 1) 条") : ""
        let word =
            switch result {
            case "unreachable": say("not delivered: the exchange failed", "未送达：通信失败")
            case "refused-whole": say("the batch was refused", "整批被拒")
            case "refused": say("refused", "被拒")
            case "put-off": say("put off", "要求稍后重试")
            case "unknown": say("the answer did not speak of it", "答复未提及")
            default: shortened(result, to: 40)
            }
        return word + with
    }

    func decision(_ kind: String, _ count: UInt64) -> String {
        switch kind {
        case "retried": say("had \(count == 1 ? "1 rating" : "\(count) ratings") sent again", "重新上送 \(count) 条评价")
        case "setAsideProposed": say("proposed to set it aside", "提议剔置")
        case "setAside": say("agreed to set it aside", "确认剔置")
        case "discarded": say("discarded it as unreadable", "因无法读取而丢弃")
        case "released": say("released \(count) ratings of the device", "放行该设备的 \(count) 条评价")
        default: shortened(kind, to: 40)
        }
    }

    func verdict(_ outcome: String, number: String) -> String {
        say("the region's review \(number): \(outcome)", "复核 \(number)：\(outcome)")
    }
    var conflict: String { say("the same press came again with another body", "同一按键以不同内容再次上报") }
    var correction: String { say("a later press corrected it", "已由后一次按键更正") }
    var duplicate: String { say("the region had it already", "上级系统已有该评价") }
}
