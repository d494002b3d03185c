// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol

/// What a pad has to bear on its line (firmware-protocol.md sections 2.1 and 4).
extension Certification {
    /// Bytes, and what has to come of them; a keep-alive ends them all, so that health ends what is heard.
    private struct Probe {
        let check: CertificationCheck
        /// Makes the bytes with the number of a prompt to cancel.
        let bytes: (UInt32) -> [UInt8]
        /// Whether the cancelling is to be answered.
        let isAnswered: Bool
    }

    static var framingSteps: [Step] {
        probes.map { probe in Step(checks: [probe.check]) { await $0.make(probe) } }
            + [Step(checks: [.splitBytes]) { await $0.checkSplitBytes() }]
    }

    private static let keepAlive = HostMessage.keepAlive.encoded()

    private static func cancel(_ number: UInt32) -> [UInt8] { HostMessage.cancelPrompt(number: number).encoded() }

    private static var probes: [Probe] {
        [
            Probe(check: .afterGarbage, bytes: { [0x55, 0xAA, 0x13] + cancel($0) + keepAlive }, isAnswered: true),
            Probe(
                check: .sharedDelimiter, bytes: { Array(cancel($0).dropLast()) + keepAlive }, isAnswered: true),
            Probe(
                check: .oversize,
                bytes: { _ in [0] + [UInt8](repeating: 0x55, count: 400) + keepAlive }, isAnswered: false),
            Probe(
                check: .wrongChecksum,
                bytes: { BenchFrames.frame(0x06, BenchFrames.bytes($0)) { $0[$0.count - 1] ^= 0x10 } + keepAlive },
                isAnswered: false),
            Probe(check: .cutFrame, bytes: { Array(cancel($0).prefix(5)) + keepAlive }, isAnswered: false),
            Probe(
                check: .unknownType, bytes: { _ in BenchFrames.frame(0x7E, [1, 2, 3]) + keepAlive }, isAnswered: false),
            Probe(
                check: .longerPayload,
                bytes: { BenchFrames.frame(0x06, BenchFrames.bytes($0) + [9, 0, 9]) + keepAlive }, isAnswered: true),
            Probe(
                check: .shortPayload, bytes: { BenchFrames.frame(0x05, BenchFrames.bytes($0)) + keepAlive },
                isAnswered: false),
            Probe(
                check: .outOfRange,
                bytes: {
                    BenchFrames.frame(0x05, BenchFrames.bytes(0) + BenchFrames.bytes(5_000))
                        + BenchFrames.frame(0x05, BenchFrames.bytes($0) + BenchFrames.bytes(600_001)) + keepAlive
                }, isAnswered: false),
            Probe(
                check: .otherAddress, bytes: { BenchFrames.frame(0x06, BenchFrames.bytes($0), address: 5) + keepAlive },
                isAnswered: false),
            Probe(
                check: .joinedFrames,
                bytes: {
                    HostMessage.time(millisecondsSinceEpoch: 1_767_225_600_000).encoded() + cancel($0) + keepAlive
                },
                isAnswered: true),
            Probe(
                check: .padding,
                bytes: { [UInt8](repeating: 0, count: 40) + cancel($0) + [0, 0, 0] + keepAlive + [0, 0] },
                isAnswered: true),
        ]
    }

    private func make(_ probe: Probe) async {
        let number = freshNumber()
        await line.send(probe.bytes(number))
        await judge(probe.check, number, isAnswered: probe.isAnswered)
    }

    private func checkSplitBytes() async {
        let number = freshNumber()
        for byte in Certification.cancel(number) + Certification.keepAlive {
            await line.send([byte])
            try? await Task.sleep(for: .milliseconds(3))
        }
        await judge(.splitBytes, number, isAnswered: true)
    }

    private func judge(_ check: CertificationCheck, _ number: UInt32, isAnswered: Bool) async {
        let heard = await untilHealth()
        let wanted = isAnswered ? 1 : 0
        let answers = heard.count { if case .prompting(number, false) = $0 { true } else { false } }
        let isWell = answers == wanted && heard.count { $0.health != nil } == 1 && heard.count == 1 + wanted
        judge(check, isWell, heard)
    }

    /// What is heard until health, and for a moment after it.
    func untilHealth() async -> [PadMessage] {
        let deadline = ContinuousClock.now + .seconds(1)
        var heard: [PadMessage] = []
        while let message = await line.next(until: deadline)?.message, heard.count < 100 {
            heard.append(message)
            if message.health != nil { break }
        }
        return heard + (await listen(for: .milliseconds(120))).map(\.message)
    }
}
