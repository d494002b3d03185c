// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI

/// The words of the status page in one of its two languages.
struct StatusWords {
    let isChinese: Bool

    private func say(_ english: String, _ chinese: String) -> String { isChinese ? chinese : english }

    var comma: String { say(", ", "，") }
    var colon: String { say(": ", "：") }
    func parenthesised(_ text: String) -> String { say(" (\(text))", "（\(text)）") }

    // MARK: Verdict and journal

    var well: String { say("Well", "正常") }
    func unwell(_ troubles: Int) -> String {
        say("Unwell, " + (troubles == 1 ? "1 trouble" : "\(troubles) troubles"), "异常，\(troubles) 项需要处理")
    }
    func running(_ age: String) -> String { say("running for \(age)", "已运行 \(age)") }
    var journal: String { say("Journal", "日志库") }
    func records(_ count: String) -> String { say("\(count) records", "\(count) 条记录") }
    func head(_ head: String) -> String { say("head \(head)", "链首 \(head)") }

    // MARK: Uplinks

    var uplinks: String { say("Uplinks", "上行链路") }
    var noUplinks: String { say("none: ratings stay in the journal", "无：评价仅保存在日志库中") }
    func answered(_ age: String) -> String { say("answered \(age) ago", "\(age)前应答") }
    func unverified(_ profile: String) -> String {
        say(
            "the profile \(profile) is unverified: it was never checked against the region's interface",
            "区域配置 \(profile) 未经核实：尚未与上级系统的接口核对")
    }
    var neverAnswered: String { say("no answer since the start", "启动以来无应答") }
    var nothingRecorded: String { say("nothing recorded yet", "尚无评价") }
    var invitations: String { say("invitations", "邀评") }
    var recorded: String { say("recorded", "条已记录") }
    var delivered: String { say("delivered", "已送达") }
    var pending: String { say("pending", "待发送") }
    var inFlight: String { say("in flight", "在途") }
    var unknown: String { say("unknown", "结果不明") }
    var parked: String { say("parked", "已搁置") }
    var setAside: String { say("set aside", "已剔置") }
    var heldName: String { say("held", "暂存") }

    /// One reason for which ratings are held, with their count.
    func held(_ reason: String, _ count: String) -> String {
        let chinese = [
            "unmatched": "未匹配办件", "contested": "同件竞合", "unrated": "未评价", "unanswered": "未获回执", "quarantined": "隔离待核",
            "questionnaire": "上级无问卷接口", "answerable": "尚可作答", "superseded": "已更正或已评价",
        ]
        return "\(count) \(isChinese ? chinese[reason] ?? reason : reason)"
    }

    /// What the region let the hall know, counted; its own words are in the JSON.
    func mirrored(_ mirror: GatewayStatus.Mirror) -> String {
        let (orders, rates) = (mirror.workOrders.count, mirror.rates.count)
        return say("from the region: \(orders) work orders, \(rates) rates", "上级下发：工单 \(orders) 件，官方评价率 \(rates) 项")
    }

    func state(_ state: GatewayStatus.Uplink.State) -> String {
        switch state {
        case .idle: say("idle", "空闲")
        case .delivering: say("delivering", "发送中")
        case .backingOff: say("waiting after a failure", "失败后等待重试")
        case .outage: say("outage", "中断")
        }
    }

    // MARK: Devices

    var devices: String { say("Devices", "设备") }
    var noDevices: String { say("none configured", "未配置") }
    var deviceColumns: [String] {
        isChinese
            ? ["窗口", "线路", "状态", "设备", "已记录", "被拒绝", "坏帧"]
            : ["window", "line", "state", "device", "recorded", "refused", "bad frames"]
    }

    func state(_ state: GatewayStatus.Device.State) -> String {
        switch state {
        case .absent: say("absent", "未连接")
        case .greeting: say("greeting", "识别中")
        case .ready: say("ready", "就绪")
        case .silent: say("silent", "无应答")
        case .stale: say("stale", "久无动静")
        }
    }
}
