// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import OperatorAPI
import RatingModel

/// What a line's driver made of the bytes, the last of it, in words without a level (G9).
struct LineHappenings: Sendable {
    /// Most happenings kept.
    static let most = 32

    private(set) var items: [(number: UInt64, at: MonotonicInstant, text: LocalText)] = []
    private var issued: UInt64 = 0

    mutating func note(_ event: LineState.Event, at now: MonotonicInstant) {
        guard let text = Self.words(for: event) else { return }
        issued &+= 1
        if items.count == Self.most { items.removeFirst() }
        items.append((issued, now, text))
    }

    private static func words(for event: LineState.Event) -> LocalText? {
        switch event {
        case .notOpened, .sharesIdentity: nil
        case .opened: LocalText("line open", "线路已打开")
        case .identified(let identity):
            LocalText("device \(identity.device) is ready", "设备 \(identity.device) 就绪")
        case .pressed(let press): words(for: press)
        case .settled(.recorded): LocalText("recorded, the device may say thanks", "已记录，设备可致谢")
        case .settled(.refused(let error)):
            LocalText("not recorded: \(error.message.english)", "未记录：\(error.message.chinese)")
        case .staffKey(let key): words(for: key)
        case .scanned(let code):
            LocalText("a code of \(code.text.utf8.count) bytes was scanned", "扫到 \(code.text.utf8.count) 字节的码")
        case .signedIn(isKnown: true): LocalText("a member of staff signed in", "有工作人员登录")
        case .signedIn(isKnown: false): LocalText("nobody is signed in", "无工作人员登录")
        case .closed(let reason): LocalText("line closed: \(reason)", "线路已关闭：\(reason)")
        case .observed(let observation): words(for: observation)
        }
    }

    /// A key of staff in words. The code of a key that is not known stays unsaid: on a bus whose line returns what it is
    /// sent, a rating's own echo could pass for one, and its code would be the level.
    private static func words(for key: StaffKey) -> LocalText {
        switch key {
        case .askForRating: LocalText("staff key: ask for a rating", "员工键：评价")
        case .callNext: LocalText("staff key: call the next", "员工键：呼叫")
        case .callAgain: LocalText("staff key: call again", "员工键：重呼")
        case .pause: LocalText("staff key: pause", "员工键：暂停")
        case .transfer: LocalText("staff key: transfer", "员工键：转移")
        case .abandon: LocalText("staff key: abandon", "员工键：弃号")
        case .suspend: LocalText("staff key: suspend", "员工键：挂起")
        case .recall: LocalText("staff key: recall", "员工键：回呼")
        case .other: LocalText("a staff key that is not known", "未知的员工键")
        }
    }

    /// A press in words: which one it is, and that there is a level, never which.
    private static func words(for press: CapturedPress) -> LocalText {
        let prompt = press.prompt.map { (" to prompt \($0)", "（应答提示 \($0)）") } ?? ("", "")
        return switch press.outcome {
        case .rated: LocalText("press \(press.key.sequence)\(prompt.0): ●", "按键 \(press.key.sequence)\(prompt.1)：●")
        case .timedOut:
            LocalText("entry \(press.key.sequence)\(prompt.0): time ran out", "条目 \(press.key.sequence)\(prompt.1)：超时")
        case .cancelled:
            LocalText("entry \(press.key.sequence)\(prompt.0): cancelled", "条目 \(press.key.sequence)\(prompt.1)：已取消")
        }
    }

    private static func words(for observation: DeviceObservation) -> LocalText? {
        switch observation {
        case .garbage(let bytes): LocalText("\(bytes) bytes belong to no frame", "\(bytes) 字节不属于任何帧")
        case .badFrame(let reason): LocalText("a frame was wrong: \(reason)", "错误帧：\(reason)")
        case .silent: LocalText("the device does not answer", "设备无应答")
        case .answering: LocalText("the device answers again", "设备恢复应答")
        case .logFull: LocalText("the device's log is full", "设备日志已满")
        case .health(let waiting, let count):
            LocalText("\(waiting) wait in the log, \(count) presses in its life", "日志中待发 \(waiting)，累计按键 \(count)")
        case .prompting(let number): LocalText("shows prompt \(number)", "正在显示提示 \(number)")
        case .repeated: LocalText("a press came again", "按键重复到达")
        case .stuckKey: LocalText("a key is held down", "有按键卡住")
        case .keyReleased: LocalText("no key is held down any more", "按键已恢复")
        case .absent(let address):
            LocalText("address \(address) does not answer", "地址 \(address) 无应答")
        case .present(let address):
            LocalText("address \(address) answers again", "地址 \(address) 恢复应答")
        case .unproven(let reason):
            LocalText("the device does not prove who it is: \(reason)", "设备未能证明身份：\(reason)")
        case .unknownAddress(let address):
            LocalText("address \(address) is not configured", "地址 \(address) 未配置")
        case .notShown(let content, let address): Self.at(address, words(for: content))
        case .shownAgain(let kind, let address):
            at(address, LocalText("shown again: \(words(for: kind).english)", "重新显示：\(words(for: kind).chinese)"))
        case .firmware(let progress, let address): words(for: progress).map { Self.at(address, $0) }
        case .supply(let millivolts): LocalText("supply \(millivolts) mV", "供电 \(millivolts) mV")
        case .incompatible(let version):
            LocalText("protocol version \(version) is not known", "未知协议版本 \(version)")
        }
    }
}
