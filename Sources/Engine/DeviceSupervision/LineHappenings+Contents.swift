// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

extension LineHappenings {
    /// What a device shows.
    static func words(for kind: RefusedContent.Kind) -> LocalText {
        switch kind {
        case .text: LocalText("a text", "文字")
        case .clip: LocalText("a clip", "图片")
        case .qrCode: LocalText("a QR code", "二维码")
        case .staffCard: LocalText("a staff card", "员工名片")
        case .waiting: LocalText("how many wait", "等候人数")
        case .scanner: LocalText("the scanner", "扫码")
        }
    }

    /// What a device was to show and does not, and why.
    static func words(for content: RefusedContent) -> LocalText {
        let kind = words(for: content.kind)
        let reason: LocalText =
            switch content.reason {
            case .unable: LocalText("the device cannot", "设备不支持")
            case .tooLong(let bytes, let most):
                LocalText("\(bytes) bytes, of at most \(most)", "\(bytes) 字节，上限 \(most)")
            case .empty: LocalText("there is nothing in it", "内容为空")
            case .noDisplay: LocalText("the device has no display", "设备没有显示屏")
            }
        return LocalText(
            "not shown: \(kind.english): \(reason.english)", "未显示：\(kind.chinese)：\(reason.chinese)")
    }

    /// What became of a firmware; the parts on their way are for the report of the update, and too many.
    static func words(for progress: FirmwareProgress) -> LocalText? {
        switch progress {
        case .received: nil
        case .verified: LocalText("the device holds the firmware for true", "设备已核验固件")
        case .installing: LocalText("the device restarts with the firmware", "设备正以新固件重新启动")
        case .cancelled: LocalText("the firmware was taken back", "已取消固件升级")
        case .refused(let refusal):
            LocalText("the firmware was not taken: \(refusal.rawValue)", "固件未被接受：\(refusal.rawValue)")
        }
    }

    static func at(_ address: BusAddress?, _ text: LocalText) -> LocalText {
        guard let address else { return text }
        return LocalText("address \(address): \(text.english)", "地址 \(address)：\(text.chinese)")
    }
}
