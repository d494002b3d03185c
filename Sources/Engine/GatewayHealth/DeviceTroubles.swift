// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI
import RatingModel

extension GatewayStatus.Trouble {
    /// An error as the status shows it: what lies beneath is part of the message.
    init(_ error: GatewayError) {
        self.init(
            code: error.code, message: error.message.english + (error.cause.map { ": " + $0 } ?? ""),
            messageChinese: error.message.chinese + (error.cause.map { "：" + $0 } ?? ""), hint: error.hint.english,
            hintChinese: error.hint.chinese)
    }
}

extension GatewayStatus.Device {
    /// What it last complained of, in both languages.
    var words: LocalText? { detail.map { LocalText($0, detailChinese ?? $0) } }

    /// Why its last code was not shown.
    var unshownCode: LocalText? { health.unshownCode.map { LocalText($0, health.unshownCodeChinese ?? $0) } }
}

extension LocalText {
    /// A text with what lies beneath it.
    fileprivate func because(of reason: LocalText?) -> LocalText {
        guard let reason else { return self }
        return LocalText("\(english): \(reason.english)", "\(chinese)：\(reason.chinese)")
    }
}

extension GatewayError {
    /// A device by the window it stands at and its line.
    private static func place(_ device: GatewayStatus.Device) -> String {
        let windows = device.windows
        guard let first = windows.first else { return device.path }
        return windows.count == 1 ? "\(first) (\(device.path))" : "\(first)… (\(device.path))"
    }

    static func windowUnreachable(_ window: String) -> GatewayError {
        GatewayError(
            "window.unreachable",
            LocalText("no pad and no display works at window \(window)", "窗口 \(window) 没有可用的评价器或二维码屏"),
            hint: LocalText(
                "put up its QR code and paper sheets until one is back: every visitor must be able to rate",
                "请先摆放该窗口的二维码和纸质评价表，直到设备恢复：须确保至少有一种评价渠道可达"))
    }

    static func deviceAway(_ device: GatewayStatus.Device) -> GatewayError {
        let place = place(device)
        let (code, message) =
            switch device.state {
            case .silent: ("device.silent", LocalText("the pad at \(place) does not answer", "\(place) 的评价器没有应答"))
            case .stale:
                ("device.stale", LocalText("nothing is heard of the pad at \(place)", "\(place) 的评价器久无动静"))
            default: ("device.absent", LocalText("no pad at \(place)", "\(place) 没有评价器"))
            }
        return GatewayError(
            code, message.because(of: device.words),
            hint: LocalText(
                "check the cable and the power; it is taken up again by itself", "请检查连线和电源；恢复后会自动重新接入"))
    }

    /// Nobody answers at an address of a line that is open.
    static func padAbsent(_ place: GatewayStatus.Device.Place, on device: GatewayStatus.Device) -> GatewayError {
        let address = place.address.map { "\($0)" } ?? "–"
        let (window, path) = (place.window ?? "–", device.path)
        return GatewayError(
            "device.absent",
            LocalText(
                "no pad answers for window \(window) at address \(address) of \(path)",
                "线路 \(path) 的地址 \(address)（窗口 \(window)）没有评价器应答"),
            hint: LocalText(
                "check the pad's power and its address switches; it is taken up again by itself",
                "请检查该评价器的电源和地址拨码；恢复后会自动重新接入"))
    }

    static func deviceComplains(_ device: GatewayStatus.Device, _ detail: LocalText) -> GatewayError {
        let place = place(device)
        let message = LocalText("the pad at \(place) is not well", "\(place) 的评价器异常")
        return GatewayError(
            "device.unwell", message.because(of: detail),
            hint: LocalText(
                "mend the cause; what the pad keeps in its log is sent by itself", "请排除原因；评价器日志中保留的按键会自动补发"))
    }

    static func keyStuck(_ device: GatewayStatus.Device) -> GatewayError {
        let place = place(device)
        return GatewayError(
            "device.key-stuck",
            LocalText("a key of the pad at \(place) seems to be held down", "\(place) 的评价器疑似有按键卡住"),
            hint: LocalText(
                "free the key or replace the pad; what it pressed meanwhile is kept",
                "请松开按键或更换评价器；期间的按键均已保留"))
    }

    static func codeNotShown(_ device: GatewayStatus.Device, _ reason: LocalText) -> GatewayError {
        let place = place(device)
        let message = LocalText("the code is not shown at \(place)", "\(place) 未显示二维码")
        return GatewayError(
            "device.code-not-shown", message.because(of: reason),
            hint: LocalText(
                "shorten the address ('pages.public_url', or the region's), or use a display that takes longer codes; "
                    + "citizens are asked all the same",
                "请缩短网址（'pages.public_url' 或上级平台的网址），或更换支持更长二维码的屏幕；评价照常进行"))
    }

    static func fewLevels(_ device: GatewayStatus.Device) -> GatewayError {
        let (place, levels) = (place(device), device.abilities.missingLevels.joined(separator: "、"))
        return GatewayError(
            "device.few-levels",
            LocalText("the pad at \(place) cannot express \(levels)", "\(place) 的评价器无法表达 \(levels)"),
            hint: LocalText(
                "the standard has five levels: offer a QR code beside it, or a pad with five keys",
                "标准为五个等级：请在旁边提供二维码，或更换五键评价器"))
    }
}
