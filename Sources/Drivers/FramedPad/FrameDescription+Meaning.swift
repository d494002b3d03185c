// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

extension FrameDescription {
    /// What is wrong with the meaning of frames: which are presses, and which values they have.
    var meaningMistakes: [FrameMistake] {
        var mistakes: [FrameMistake] = []
        if press == nil, commands.qrCode == nil {
            mistakes.append(
                FrameMistake(
                    .press, LocalText("nobody can rate by this", "无法由此评价"),
                    hint: LocalText(
                        "describe the presses, or the frame that shows a QR code", "请描述按键帧，或显示二维码的帧")))
        }
        if press == nil, !keys.keys.isEmpty {
            mistakes.append(
                FrameMistake(
                    .keys, LocalText("no frame brings these keys", "没有传送这些按键的帧"),
                    hint: LocalText("describe 'press', or leave the keys out", "请描述 'press'，或删除按键")))
        }
        if commands.qrCode != nil, commands.standby == nil {
            mistakes.append(
                FrameMistake(
                    .qrCode, LocalText("nothing takes a code off the display", "没有可清除二维码的帧"),
                    hint: LocalText(
                        "write 'standby': a code must not be there for the next citizen",
                        "请填写 'standby'：二维码不得留给下一位群众")))
        }
        if press != nil, keys.keys.isEmpty {
            mistakes.append(
                FrameMistake(
                    .keys, LocalText("no key is described", "没有描述任何按键"),
                    hint: LocalText("write which value stands for which level", "请填写各值对应的等级")))
        }
        if let value = press?.timedOut, keys.keys[value] != nil {
            mistakes.append(
                FrameMistake(
                    .pressTimedOut, LocalText("the value \(value) is a key's already", "值 \(value) 已属于某个按键"),
                    hint: LocalText("a timeout is a result of its own, never a rating", "超时是单独的结果，绝不是评价")))
        }
        if press?.when.isEmpty == true, staff != nil || alive != nil {
            mistakes.append(
                FrameMistake(
                    .press, LocalText("every frame would be a press", "所有的帧都会被当作评价"),
                    hint: LocalText("write 'when' under 'press', such as 6=11", "请在 'press' 下填写 'when'，例如 6=11")))
        }
        let conditions: [(FrameField, [FrameCondition])] = [
            (.pressWhen, press?.when ?? []), (.staffWhen, staff?.when ?? []), (.aliveWhen, alive?.when ?? []),
            (.staff, staff?.keys.flatMap(\.when) ?? []),
        ]
        for (field, list) in conditions {
            for condition in list where condition.place.index(in: lengths.longest) == nil {
                mistakes.append(
                    FrameMistake(
                        field,
                        LocalText(
                            "\(condition) is outside a frame of \(lengths.longest) bytes",
                            "\(condition) 超出 \(lengths.longest) 字节的帧"),
                        hint: LocalText("the longest frame has no such byte", "最长的帧中也没有该字节")))
            }
        }
        return mistakes
    }

    /// What is wrong with the frames that are sent.
    var templateMistakes: [FrameMistake] {
        var mistakes: [FrameMistake] = []
        func check(_ field: FrameField, _ template: FrameTemplate?, _ use: FrameTemplate.Use) {
            guard let problem = template?.problem(use, in: self) else { return }
            mistakes.append(FrameMistake(field, problem.message, hint: problem.hint))
        }
        check(.acknowledgement, press?.acknowledgement, .answer)
        check(.refusal, press?.refusal, .answer)
        check(.staffAcknowledgement, staff?.acknowledgement, .answer)
        check(.aliveAcknowledgement, alive?.acknowledgement, .answer)
        check(.prompt, commands.prompt, .prompt)
        check(.cancel, commands.cancel, .plain)
        check(.pause, commands.pause, .plain)
        check(.resume, commands.resume, .plain)
        check(.identify, commands.identify, .plain)
        check(.waiting, commands.waiting, .waiting)
        check(.text, commands.text, .text)
        check(.qrCode, commands.qrCode, .code)
        check(.standby, commands.standby, texts.standby.isEmpty ? .plain : .text)
        if let refusal = press?.refusal, refusal == press?.acknowledgement {
            mistakes.append(
                FrameMistake(
                    .refusal, LocalText("a refusal looks like thanks", "拒绝与致谢相同"),
                    hint: LocalText(
                        "a press that was not recorded needs another answer, or none", "未记录的评价需要不同的应答，或不应答")))
        }
        return mistakes
    }
}

extension FrameTemplate {
    /// What a template is for, which says what it can be filled with.
    enum Use: Sendable, Hashable { case answer, prompt, waiting, text, code, plain }

    /// Why no frame can be made of the template; `nil` where one can.
    func problem(_ use: Use, in description: FrameDescription) -> FrameTextError? {
        for element in elements {
            if let problem = problem(of: element, use, in: description) { return problem }
        }
        if use == .code, !elements.contains(where: { if case .text = $0 { true } else { false } }) {
            return FrameTextError(
                message: LocalText("the code is nowhere in it", "其中没有二维码的内容"),
                hint: LocalText("write <text> where it goes", "请在相应位置写 <text>"))
        }
        // A stand-in for the shortest frame, so that every place is there.
        let values = TemplateValues(
            frame: [UInt8](repeating: 0x30, count: use == .answer ? description.lengths.shortest : 0),
            address: description.address == nil ? nil : 1, seconds: 10, waiting: 1, ticket: 1, text: "A",
            isCode: use == .code)
        if let frame = bytes(values, in: description), !frame.isEmpty { return nil }
        return FrameTextError(
            message: LocalText("no frame can be made of this", "无法据此生成帧"),
            hint: LocalText(
                "it must have 1 to \(FrameDescription.mostBytesSent) bytes and all that it counts and the checksum covers",
                "长度须为 1 到 \(FrameDescription.mostBytesSent) 字节，并含有计数和校验所覆盖的全部字节"))
    }

    private func problem(of element: Element, _ use: Use, in description: FrameDescription) -> FrameTextError? {
        let count = description.lengths.shortest
        let missing: (words: String, field: String)?
        switch element {
        case .echo(let place) where use == .answer && place.index(in: count) == nil:
            return pastFrame("<\(place)>", count)
        case .echoes(let range) where use == .answer && range.indices(in: count) == nil:
            return pastFrame("<\(range)>", count)
        case .echo where use != .answer: missing = ("<…>", "press")
        case .echoes where use != .answer: missing = ("<…>", "press")
        case .address where description.address == nil: missing = ("<address>", "address")
        case .checksum where description.checksum == nil: missing = ("<checksum>", "checksum")
        case .seconds where use != .prompt && use != .code: missing = ("<seconds>", "prompt, qr")
        case .waiting where use != .waiting, .ticket where use != .waiting: missing = ("<waiting>, <ticket>", "waiting")
        case .text where use != .text && use != .code: missing = ("<text>", "text, qr, texts.standby")
        case .length:
            if case .byte = description.length { missing = nil } else { missing = ("<length>", "length.at") }
        default: missing = nil
        }
        return missing.map { missing in
            FrameTextError(
                message: LocalText("there is nothing to fill \(missing.words) with", "没有可填入 \(missing.words) 的内容"),
                hint: LocalText(
                    "it goes with '\(missing.field)'; write the byte itself otherwise",
                    "它与 '\(missing.field)' 配合使用；否则请直接写出字节"))
        }
    }

    private func pastFrame(_ words: String, _ count: Int) -> FrameTextError {
        FrameTextError(
            message: LocalText(
                "\(words) refers past a frame of \(count) bytes", "\(words) 超出 \(count) 字节的帧"),
            hint: LocalText(
                "the shortest frame decides; -1 is its last byte", "以最短的帧为准；-1 为最后一个字节"))
    }
}
