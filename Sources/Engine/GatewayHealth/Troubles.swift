// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import OperatorAPI
import RatingModel

extension GatewayError {
    static func journalRecovered(_ recovery: JournalImport) -> GatewayError {
        GatewayError(
            "journal.recovered",
            LocalText(
                "the journal was damaged: \(recovery.importedRecords) records were brought over, "
                    + "\(recovery.unreadableRows) could not be read",
                "日志曾损坏：已恢复 \(recovery.importedRecords) 条记录，\(recovery.unreadableRows) 条无法读取"),
            hint: LocalText(
                "check the disk; keep \(recovery.setAsideAs), it is the evidence",
                "请检查磁盘；请保留 \(recovery.setAsideAs)，它是证据"))
    }

    static func pressesMissing(_ device: DeviceID, _ count: UInt64) -> GatewayError {
        GatewayError(
            "device.presses-missing",
            LocalText("\(count) presses of \(device) never arrived", "\(device) 有 \(count) 次按键从未到达"),
            hint: LocalText(
                "ask who had the pad meanwhile; the numbers are in the journal", "请查明期间由谁保管该评价器；序号见日志"))
    }

    static func pressesConflict(_ count: Int64) -> GatewayError {
        GatewayError(
            "device.presses-conflict",
            LocalText(
                "\(count) ratings came again with another content and were kept beside the first",
                "有 \(count) 条评价以不同内容重复到达，已与原记录一并保留"),
            hint: LocalText(
                "see in the log where they came from: a pad may be tampered with or cloned, an ingest source may use a number "
                    + "for two ratings, a code may have been used for another",
                "请在日志中查看来源：评价器可能被篡改或复制，接入来源可能将同一编号用于两条评价，评价码可能被重复使用"))
    }

    static func notConserved(_ uplink: UplinkName) -> GatewayError {
        GatewayError(
            "journal.not-conserved",
            LocalText("the counters of \(uplink) do not add up", "\(uplink) 的计数不守恒"),
            hint: LocalText(
                "report this as a defect with the output of `hallgate status --json`; nothing is deleted",
                "请附上 hallgate status --json 的输出并报告此缺陷；数据不会删除"))
    }

    static func uplinkUnconfigured(_ uplink: UplinkName, waiting: Int64) -> GatewayError {
        GatewayError(
            "uplink.unconfigured",
            LocalText(
                "\(waiting) ratings wait for \(uplink), which the configuration no longer names",
                "有 \(waiting) 条评价等待 \(uplink)，但配置中已无此上行通道"),
            hint: LocalText("put the uplink back under the same name", "请以原名称恢复该上行通道"))
    }

    static func uplinkOutage(_ uplink: UplinkName, waiting: Int64, _ failure: GatewayError?) -> GatewayError {
        GatewayError(
            "uplink.outage",
            LocalText(
                "\(uplink) does not take \(uplink.what.english); \(waiting) wait\(failure.map { " (" + $0.message.english + ")" } ?? "")",
                "\(uplink) 未接收\(uplink.what.chinese)，\(waiting) 条等待中\(failure.map { "（" + $0.message.chinese + "）" } ?? "")"
            ),
            cause: failure?.cause,
            hint: failure?.hint
                ?? LocalText("check the line to the region; nothing is lost meanwhile", "请检查到区域平台的线路；期间不会丢失数据"))
    }

    static func ratingsParked(_ uplink: UplinkName, _ count: Int64) -> GatewayError {
        GatewayError(
            "uplink.parked",
            LocalText(
                "\(uplink) refused \(count) \(uplink.what.english) for good",
                "\(uplink) 永久拒绝了 \(count) 条\(uplink.what.chinese)"),
            hint: LocalText(
                "ask the region for its reasons, which the receipts hold as well; the \(uplink.what.english) are kept",
                "请向区域平台询问原因，回执中也有记录；\(uplink.what.chinese)会一直保留"))
    }

    static func ratingsUnanswered(_ uplink: UplinkName, _ count: Int64) -> GatewayError {
        GatewayError(
            "uplink.unanswered",
            LocalText(
                "whether \(count) \(uplink.what.english) reached \(uplink) is not known",
                "\(count) 条\(uplink.what.chinese)是否到达 \(uplink) 未知"),
            hint: LocalText(
                "compare with the region's counts; the \(uplink.what.english) are kept and not sent again by themselves",
                "请与区域平台核对；\(uplink.what.chinese)会保留，不会自动重发"))
    }

    /// It tells of a share of many; how many of which level is nobody's to know here (G9).
    static func badRatingsWithheld(_ uplink: UplinkName) -> GatewayError {
        GatewayError(
            "uplink.bad-withheld",
            LocalText(
                "a larger share of the 差评 than of the other ratings for \(uplink) is held or parked",
                "\(uplink) 的差评被保留或搁置的比例高于其他评价"),
            hint: LocalText(
                "look why with `hallgate queue ls`; where the region wants a reason that keys cannot give, set "
                    + "`reasonless_bad: statement`, and have what is parked sent again",
                "请用 hallgate queue ls 查明原因；如平台要求按键无法采集的原因，请设置 reasonless_bad: statement，并重新发送被搁置的评价"))
    }
}

extension UplinkName {
    /// What waits under the name.
    fileprivate var what: LocalText {
        isOfInvitations ? LocalText("invitations", "邀评") : LocalText("ratings", "评价")
    }
}
