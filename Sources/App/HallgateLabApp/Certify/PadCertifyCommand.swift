// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import RatingModel

/// `hallgate pad certify`: holds a maker's pad to firmware-protocol.md, on a bench.
struct PadCertifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certify",
        abstract: "Tests a pad on a serial line against firmware-protocol.md.",
        discussion: """
            Ends with 0 where the pad meets the level that its hello states. Somebody has to press keys and to cut the \
            power when asked, or programs do, given with --press-command and --power-command. Each entry that the pad \
            sends is acknowledged and gone: a pad in which ratings wait is left alone without --discard.
            """)

    @Argument(help: "The serial line, such as /dev/ttyUSB0.")
    var line: String

    @Option(help: "The line's rate.")
    var baud: UInt32 = 115_200

    @Option(help: "A command that presses any rating key once, in place of a person.")
    var pressCommand: String?

    @Option(help: "A command that takes the pad's power away and gives it back.")
    var powerCommand: String?

    @Option(help: "A file with the pad's key, 64 hexadecimal digits, for a pad at L2.")
    var keyFile: String?

    @Flag(help: "Also make the checks that take a minute.")
    var long = false

    @Flag(help: "Acknowledge the entries that wait in the pad, which loses them.")
    var discard = false

    @Option(help: "Only this check; may be given several times. No level is concluded then.")
    var only: [String] = []

    @Flag(help: "Write the report as one line of JSON.")
    var json = false

    func validate() throws {
        for id in only where !CertificationCheck.all.contains(where: { $0.id == id }) {
            throw ValidationError("there is no check \(id)")
        }
    }

    func run() async throws {
        let person: BenchHand.Means? = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 ? .person : nil
        let hand = BenchHand(
            pressing: pressCommand.map { .command($0) } ?? person, cutting: powerCommand.map { .command($0) } ?? person)
        do {
            let plan = Certification.Plan(
                isLong: long, discards: discard, key: try keyFile.map(BenchKey.read), only: Set(only))
            let certification = Certification(line: BenchLine(path: line, baud: baud), hand: hand, plan: plan) {
                writeError("… \($0)\n")
            }
            let report = try await certification.run()
            writeOutput(
                json ? report.json + "\n" : report.lines(locale: operatorLocale()).joined(separator: "\n") + "\n")
            if !report.isWell { throw ExitCode(1) }
        } catch let error as GatewayError {
            Complaint.write(error)
            throw ExitCode(1)
        }
    }
}

/// A pad's key as its label has it.
enum BenchKey {
    /// Reads 64 hexadecimal digits, the first the upper half of the first byte.
    static func read(_ path: String) throws(GatewayError) -> [UInt8] {
        let hint = LocalText("the file has the 64 hexadecimal digits of the label", "文件内容须为标签上的 64 位十六进制数字")
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, String(cString: strerror(errno)), hint) }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        let digits = buffer.prefix(max(0, count)).filter { !($0 == 0x20 || $0 == 0x0A || $0 == 0x0D) }
            .map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == 64 else { throw failure(path, nil, hint) }
        var key: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { throw failure(path, nil, hint) }
            key.append(UInt8(truncatingIfNeeded: high << 4 | low))
        }
        return key
    }

    private static func failure(_ path: String, _ cause: String?, _ hint: LocalText) -> GatewayError {
        GatewayError("lab.key", LocalText("\(path) is no key", "\(path) 不是密钥"), cause: cause, hint: hint)
    }
}
