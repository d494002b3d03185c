// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

extension GatewayError {
    /// What an update that came to nothing is told as, with what can be done.
    public static func notUpdated(_ report: UpdateReport) -> GatewayError {
        let device = report.device
        if report.state == .wentBack {
            return GatewayError(
                "update.went-back",
                LocalText(
                    "\(device) runs \(report.runs), not \(report.version)",
                    "\(device) 运行的是 \(report.runs)，不是 \(report.version)"),
                hint: LocalText(
                    "the new firmware did not start well, so the pad went back; ask its maker",
                    "新固件未能正常启动，评价器已退回旧固件；请联系厂家"))
        }
        let word = report.refusal ?? ""
        let (message, hint) =
            refusals[word]
            ?? (
                LocalText("\(device) was not updated", "\(device) 未升级"),
                LocalText("see 'hallgate devices show'", "请查看 hallgate devices show")
            )
        return GatewayError(
            "update." + codes[word, default: "refused"], message,
            cause: "\(device) runs \(report.runs), the image is \(report.version)", hint: hint)
    }

    private static let codes = [
        "tooLarge": "too-large", "tooOld": "not-newer", "forged": "forged", "memoryFailed": "memory-failed",
        "otherModel": "other-hardware", "unanswered": "not-known",
    ]

    private static let refusals: [String: (LocalText, LocalText)] = [
        "tooLarge": (
            LocalText("the image has no room in the pad", "评价器容纳不下该固件"),
            LocalText("ask the maker for the image of this model", "请向厂家索取适用于该型号的固件")
        ),
        "tooOld": (
            LocalText("the image is older than the firmware that runs", "该固件比正在运行的更旧"),
            LocalText("take a newer release: a pad does not go back", "请使用更新的版本：评价器不接受降级")
        ),
        "forged": (
            LocalText(
                "the pad holds the image for forged, and keeps the firmware it has", "评价器判定固件签名无效，继续运行原有固件"),
            LocalText(
                "the file is damaged, of another maker, or for other hardware: get it from the maker anew",
                "文件已损坏、来自其他厂家或适用于其他硬件：请向厂家重新索取")
        ),
        "memoryFailed": (
            LocalText("the pad's memory could not be written", "评价器的存储器写入失败"),
            LocalText("try again; where that fails too, replace the pad", "请重试；仍失败时请更换评价器")
        ),
        "otherModel": (
            LocalText("the image is for another model", "该固件适用于其他型号"),
            LocalText("see the pad's model: hallgate devices show", "评价器型号见 hallgate devices show")
        ),
        "unanswered": (
            LocalText("the pad knows no update", "评价器不支持升级"),
            LocalText("renew its firmware with the maker's tool", "请使用厂家工具升级固件")
        ),
    ]

    /// The driver of a device has no way to renew a firmware.
    public static func updateImpossible(_ driver: String) -> GatewayError {
        GatewayError(
            "update.impossible",
            LocalText("devices of the driver '\(driver)' take no firmware", "驱动 '\(driver)' 的设备不支持固件升级"),
            hint: LocalText("use the maker's tool", "请使用厂家工具"))
    }

    /// The device at a place is not there, so nobody knows which it would be.
    public static func notReadyForUpdate(_ place: String) -> GatewayError {
        GatewayError(
            "device.not-ready", LocalText("no device at '\(place)' is ready", "'\(place)' 没有就绪的设备"),
            hint: LocalText(
                "see what it lacks: hallgate devices show \(place)", "请查看原因：hallgate devices show \(place)"))
    }

    /// A place stands for more than one device.
    public static func severalForUpdate(_ place: String, _ names: [String]) -> GatewayError {
        GatewayError(
            "device.several", LocalText("several devices are at '\(place)'", "'\(place)' 有多台设备"),
            cause: names.joined(separator: ", "),
            hint: LocalText("update one after the other, each by its window or path", "请按窗口或路径逐台升级"))
    }

    /// An update runs on the line.
    public static func updateRunning(_ path: String) -> GatewayError {
        GatewayError(
            "update.running", LocalText("an update runs on \(path)", "\(path) 正在升级"),
            hint: LocalText("wait for it, or give --cancel", "请等待完成，或使用 --cancel 取消"))
    }

    /// As many updates run as the daemon keeps images for.
    public static func tooManyUpdates(_ most: Int) -> GatewayError {
        GatewayError(
            "update.too-many", LocalText("\(most) updates run already", "已有 \(most) 项升级在进行"),
            hint: LocalText("wait until one is through", "请等待其中一项完成"))
    }

    /// No update was begun at a place since the start.
    public static func noUpdate(_ place: String) -> GatewayError {
        GatewayError(
            "update.none", LocalText("no update was begun at '\(place)'", "'\(place)' 没有升级任务"),
            hint: LocalText("begin one with --image", "请用 --image 开始升级"))
    }

    /// The pad installs the image, which nobody can take back.
    public static func updateInstalling(_ path: String) -> GatewayError {
        GatewayError(
            "update.installing", LocalText("the pad on \(path) installs the image", "\(path) 上的评价器正在安装固件"),
            hint: LocalText("wait until it is back", "请等待其重新启动"))
    }

    /// A file is no firmware, or not a whole one.
    public static func notFirmware(_ cause: String) -> GatewayError {
        GatewayError(
            "update.bad-image", LocalText("the file is no firmware for pads", "该文件不是评价器固件"), cause: cause,
            hint: LocalText(
                "get it from the maker anew; its form is firmware-protocol.md section 2.12",
                "请向厂家重新索取；格式见 firmware-protocol.zh-CN.md 第 2.12 节"))
    }

    /// A piece of a file came that fits none that is being uploaded.
    public static func uploadBroken(_ cause: String) -> GatewayError {
        GatewayError(
            "update.upload", LocalText("the upload was broken off", "上传已中断"), cause: cause,
            hint: LocalText("begin again", "请重新开始"))
    }
}
