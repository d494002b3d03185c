// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import FrameInference
import FramedPad
import RatingModel

/// `hallgate devices infer`: guesses how the frames of an unknown pad are made, and drafts their description.
struct DevicesInferCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "infer",
        abstract: say("Draft the description of an unknown pad from a capture of its line.", "由线路抓取数据起草未知评价器的描述。"),
        discussion: say(
            "The capture is text: bytes in hexadecimal digits, lines of the pad beginning with '<' and lines of the host with '>'; a dump of xxd or hexdump -C; or the pad's bytes as they are. Press every key several times, on every pad of the line. No level is guessed: write them into the draft.",
            "抓取数据可为：十六进制文本（评价器发送的行以 '<' 开头，主机的行以 '>' 开头）、xxd 或 hexdump -C 的输出，或评价器的原始字节。请在线路上的每台评价器上把每个按键按几次。系统不会推测等级，请自行填入草稿。"
        ))

    @Argument(help: ArgumentHelp(say("The capture.", "抓取的数据文件。"), valueName: "file"))
    var file: String

    @Flag(help: ArgumentHelp(say("Print JSON.", "输出 JSON。")))
    var json = false

    /// Largest file that is read, in bytes; the analysis looks at less.
    private static let mostBytes = 16 * 1024 * 1024

    func run(_ console: Console) async throws -> ExitStatus {
        do throws(GatewayError) {
            let found = try infer()
            console.write(json ? encodedJSON(Output(found, console.locale)) : text(of: found, console.locale))
            return .well
        } catch {
            console.complain(error)
            return .unwell
        }
    }

    private func infer() throws(GatewayError) -> InferredFrames {
        guard let data = try? Data(contentsOf: URL(filePath: file), options: .mappedIfSafe),
            data.count <= Self.mostBytes
        else {
            throw GatewayError(
                "infer.unreadable", LocalText("\(file) cannot be read", "无法读取 \(file)"),
                hint: LocalText(
                    "it must be a file of at most 16 MiB that you may read", "必须是您可读取的文件，且不超过 16 MiB"))
        }
        guard let found = FrameInference.infer(Capture(file: Array(data))) else {
            throw GatewayError(
                "infer.no-frames", LocalText("nothing in \(file) looks like frames", "\(file) 中没有类似帧的内容"),
                hint: LocalText(
                    "capture more: press every key several times; check the line's speed, for a wrong one garbles everything",
                    "请抓取更多数据：每个按键多按几次；并检查线路速率，速率错误会使数据全部错乱"))
        }
        return found
    }

    /// The guesses as comments, then the draft, so that the whole can be kept as a file.
    private func text(of found: InferredFrames, _ locale: String) -> String {
        func say(_ english: String, _ chinese: String) -> String { LocalText(english, chinese).text(for: locale) }
        var lines = [
            say(
                "\(found.bytes) bytes of the pad: \(found.frames) frames, \(found.garbage) bytes in none.",
                "评价器数据 \(found.bytes) 字节：\(found.frames) 帧，\(found.garbage) 字节不属于任何帧。")
        ]
        for guess in found.guesses {
            let confidence = say(guess.confidence.rawValue, guess.confidence.chinese)
            lines.append("\(guess.field.rawValue): \(guess.value) [\(confidence)] \(guess.reason.text(for: locale))")
        }
        return lines.map { "# " + $0 }.joined(separator: "\n") + "\n" + found.stanza(language: locale)
    }

    private struct Output: Encodable {
        struct Guess: Encodable {
            let field: String
            let value: String
            let confidence: String
            let reason: String
        }
        struct Value: Encodable {
            let value: UInt8
            let count: Int
        }
        let bytes: Int
        let frames: Int
        let garbage: Int
        let guesses: [Guess]
        let values: [Value]
        let draft: String

        init(_ found: InferredFrames, _ locale: String) {
            (bytes, frames, garbage) = (found.bytes, found.frames, found.garbage)
            guesses = found.guesses.map { guess in
                Guess(
                    field: guess.field.rawValue, value: guess.value, confidence: guess.confidence.rawValue,
                    reason: guess.reason.text(for: locale))
            }
            values = found.values.map { Value(value: $0.value, count: $0.count) }
            draft = found.stanza(language: locale)
        }
    }
}
