// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

extension GatewayError {
    static func nothingToTry(_ driver: String?) -> GatewayError {
        let known = DriverCatalogue.drivers.map { $0.name }.joined(separator: ", ")
        return GatewayError(
            "learn.no-driver",
            LocalText(
                "'\(driver ?? "")' is no driver that can be learned", "'\(driver ?? "")' 不是可以学习的驱动"),
            hint: LocalText("known: \(known)", "可用：\(known)"))
    }

    static var noUnknownLine: GatewayError {
        GatewayError(
            "learn.no-line", LocalText("there is no serial line that is not configured", "没有未配置的串口"),
            hint: LocalText(
                "plug the pad in, or name its line with --path; a line of the configuration need not be learned",
                "请接上评价器，或用 --path 指定线路；已配置的线路无需学习"))
    }

    /// Nothing was heard, or nothing that tells one device from another.
    public static var nobodyPressed: GatewayError {
        GatewayError(
            "learn.nobody-pressed", LocalText("no press was understood in time", "规定时间内没有识别到按键"),
            hint: LocalText(
                "press a key several times, slowly; if the pad is of an unknown make, record it and run 'devices infer'",
                "请慢慢多按几次；若评价器型号未知，请先录制再运行 devices infer"))
    }

    static func keysNeeded(_ path: String) -> GatewayError {
        let all = "very_satisfied,satisfied,basically_satisfied,dissatisfied,very_dissatisfied"
        return GatewayError(
            "learn.keys-needed",
            LocalText("what the keys of \(path) mean is not in what it sends", "\(path) 发送的内容不含按键含义"),
            hint: LocalText(
                "run it again with --keys \(all) (those the pad has) and press the keys in this order",
                "请加 --keys \(all)（按评价器实有的等级）重新运行，并按此顺序逐个按键"))
    }

    static func otherKeys(_ path: String, heard: Int, wanted: Int) -> GatewayError {
        GatewayError(
            "learn.other-keys",
            LocalText(
                "\(heard) keys were told apart on \(path) instead of \(wanted)",
                "\(path) 上识别到 \(heard) 个按键，应为 \(wanted) 个"),
            hint: LocalText(
                "press each key once, one after the other, and let it go before the next",
                "请依次按下每个按键各一次，松开后再按下一个"))
    }

    static func severalAnswered(_ several: [LearnEvidence]) -> GatewayError {
        GatewayError(
            "learn.several", LocalText("several devices answered and none was pressed", "有多台设备应答，但没有按键"),
            cause: several.map { "\($0.path) (\($0.driver))" }.joined(separator: ", "),
            hint: LocalText("press a key of the one you mean, or name it with --path", "请按下目标评价器的按键，或用 --path 指定"))
    }
}
