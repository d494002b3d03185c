// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import OperatorAPI

/// The words about devices in one of the two languages.
struct DeviceWords {
    let isChinese: Bool

    var status: StatusWords { StatusWords(isChinese: isChinese) }

    private func say(_ english: String, _ chinese: String) -> String { isChinese ? chinese : english }

    var comma: String { say(", ", "，") }
    var none: String { say("No devices are configured.", "未配置设备。") }
    var columns: [String] {
        isChinese
            ? ["窗口", "状态", "最近", "已记录", "被拒绝", "坏帧", "设备"]
            : ["window", "state", "heard", "recorded", "refused", "bad", "device"]
    }

    func line(_ path: String, _ driver: String) -> String { say("\(driver) on \(path)", "\(driver)，\(path)") }

    /// What an operator should look at, a line each.
    func notes(of device: GatewayStatus.Device) -> [String] {
        let health = device.health
        var notes: [String] = []
        if health.isLogFull { notes.append(say("its log is full: it takes no presses", "日志已满：不再接受按键")) }
        for place in device.places where place.isAbsent {
            let name = (place.window.map { shortened($0, to: 16) } ?? "–") + (place.address.map { "#\($0)" } ?? "")
            notes.append(say("\(name) does not answer", "\(name) 没有应答"))
        }
        if health.isKeyStuck { notes.append(say("a key seems to be held down", "疑似有按键卡住")) }
        if health.missingPresses > 0 {
            notes.append(
                say("\(health.missingPresses) presses never arrived", "\(health.missingPresses) 次按键从未到达"))
        }
        return notes
    }

    // MARK: One device

    var lineTitle: String { say("line", "线路") }
    var modelTitle: String { say("model", "型号") }
    var heardTitle: String { say("heard", "最近") }
    var pressesTitle: String { say("presses", "按键") }
    var errorsTitle: String { say("errors", "错误") }
    var logTitle: String { say("its log", "设备日志") }
    var supplyTitle: String { say("supply", "供电") }
    var abilitiesTitle: String { say("can", "能力") }
    var lastFrames: String { say("Last frames", "最近的帧") }
    var noFrames: String { say("none since the line was opened", "线路打开以来没有") }

    func heard(_ seconds: Double?) -> String {
        guard let seconds else { return say("never since the start", "启动以来没有") }
        let age = ageText(seconds: seconds, isChinese: isChinese)
        return say("\(age) ago", "\(age)前")
    }

    func opened(_ count: Int64) -> String {
        say(count == 1 ? "opened once" : "opened \(grouped(count)) times", "打开 \(grouped(count)) 次")
    }

    func presses(_ device: GatewayStatus.Device) -> String {
        [
            say("\(grouped(device.recorded)) recorded", "已记录 \(grouped(device.recorded))"),
            say("\(grouped(device.refused)) refused", "被拒绝 \(grouped(device.refused))"),
            say("\(grouped(device.health.repeats)) came again", "重复到达 \(grouped(device.health.repeats))"),
            say("\(device.health.missingPresses) missing", "缺失 \(device.health.missingPresses)"),
        ].joined(separator: comma)
    }

    func errors(_ health: GatewayStatus.Device.Health) -> String {
        [
            say("\(grouped(health.checksumErrors)) wrong checksums", "校验错误 \(grouped(health.checksumErrors))"),
            say("\(grouped(health.otherBadFrames)) other wrong frames", "其他错误帧 \(grouped(health.otherBadFrames))"),
            say("\(grouped(health.resyncBytes)) bytes passed over", "跳过字节 \(grouped(health.resyncBytes))"),
        ].joined(separator: comma)
    }

    /// What the device says of its log; `nil` where it says nothing.
    func log(_ health: GatewayStatus.Device.Health) -> String? {
        let parts = [
            health.waiting.map { say("\($0) presses wait", "待发 \($0)") },
            health.lifetimeCount.map { say("\($0) presses in its life", "累计按键 \($0)") },
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: comma)
    }

    func volts(_ millivolts: Int) -> String {
        let hundredths = millivolts / 10
        let rest = abs(hundredths % 100)
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) V"
    }

    /// What a device can and cannot do, a line each.
    func abilities(_ abilities: GatewayStatus.Device.Abilities) -> [String] {
        var lines: [String] = []
        if abilities.takesRatings {
            switch abilities.thanks {
            case "afterCommit":
                lines.append(say("says thanks once the press is on disk", "按键写入磁盘后才致谢"))
            case "bySelf":
                lines.append(
                    say("says thanks by itself, too early: before the press is on disk", "自行致谢，过早：按键尚未写入磁盘"))
            default: lines.append(say("cannot say thanks", "不能致谢"))
            }
            lines.append(
                abilities.keepsLog
                    ? say("keeps its presses until they are acknowledged", "在确认之前保留按键")
                    : say("keeps no log: a press not yet on disk can be lost", "不保留日志：尚未写入磁盘的按键可能丢失"))
        } else {
            lines.append(say("takes no ratings", "不接受评价"))
        }
        lines.append(
            (abilities.prompts ? say("can ask for a rating", "可提示评价") : say("cannot ask for a rating", "不能提示评价"))
                + comma + (abilities.displays ? say("has a display", "有显示屏") : say("has no display", "无显示屏")))
        if abilities.showsCodes { lines.append(say("can show QR codes", "可显示二维码")) }
        if abilities.opensPages { lines.append(say("opens the region's page", "可打开上级平台的页面")) }
        if !abilities.missingLevels.isEmpty {
            let levels = abilities.missingLevels.joined(separator: say(", ", "、"))
            lines.append(say("cannot express \(levels)", "无法表达 \(levels)"))
        }
        return lines
    }
}
