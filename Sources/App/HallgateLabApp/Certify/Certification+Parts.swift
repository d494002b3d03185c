// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import PadSecurity
import RatingModel

/// Proofs (firmware-protocol.md section 5) and displays (section 2.10).
extension Certification {
    static var proofSteps: [Step] {
        [
            Step(checks: [.proof, .proofWrong, .proofAlgorithm]) { try await $0.checkProof() },
            Step(checks: [.provenPress, .plainAcknowledge, .provenAcknowledge], needsPress: true) {
                try await $0.checkProvenPress()
            },
        ]
    }

    private func code(_ input: ProofInput) -> Code128 {
        HMACSHA256(key: plan.key ?? []).code(of: input.bytes, by: .hmacSHA256) ?? .zero
    }

    private var padID: UInt64 { hello?.padID ?? 0 }

    func provenAcknowledgement(of press: PressReport) -> [UInt8] {
        ProofMessage.acknowledge(
            log: press.log, sequence: press.sequence,
            code: code(.acknowledge(pad: padID, log: press.log, sequence: press.sequence))
        ).encoded()
    }

    private func proof(to frame: [UInt8]) async -> (ProofResult, Code128)? {
        await line.send(frame)
        return await first(within: .seconds(1)) { message in
            if case .proof(let result, let code) = message { (result, code) } else { nil }
        }?.1
    }

    private func checkProof() async throws {
        guard plan.key != nil else {
            throw GatewayError(
                "lab.no-key", LocalText("The pad states L2, and its key is not given", "评价器声明 L2，但未给出其密钥"),
                cause: nil, hint: LocalText("give --key-file", "请给出 --key-file"))
        }
        let challenge = Code128(low: .random(in: 0 ... .max), high: .random(in: 0 ... .max))
        let right = code(.challenge(pad: padID, challenge))
        let answer = await proof(to: ProofMessage.challenge(.hmacSHA256, challenge, code: right).encoded())
        let expected = code(.proof(pad: padID, log: hello?.log ?? 0, challenge))
        isProven = answer?.0 == .proven && answer?.1 == expected
        judge(.proof, isProven, "proof \(answer.map { "\($0.0.rawValue)" } ?? "–")")
        let wrong = Code128(low: right.low ^ 1, high: right.high)
        let refusal = await proof(to: ProofMessage.challenge(.hmacSHA256, challenge, code: wrong).encoded())
        judge(
            .proofWrong, refusal?.0 == .wrongChallenge && refusal?.1 == .zero,
            "proof \(refusal.map { "\($0.0.rawValue)" } ?? "–")")
        let other = await proof(to: BenchFrames.frame(0x28, [99] + [UInt8](repeating: 7, count: 32)))
        judge(
            .proofAlgorithm, other == nil || other?.0 == .unknownAlgorithm,
            "proof \(other.map { "\($0.0.rawValue)" } ?? "–")")
    }

    private func checkProvenPress() async throws {
        try await hand.press()
        let found = await first(within: hand.pressLimit) { $0.press == nil ? nil : $0 }
        guard let message = found?.1, let press = message.press else { return }
        var isRight = false
        if case .provenPress(_, let given) = message { isRight = given == code(.press(pad: padID, press)) }
        judge(.provenPress, isRight, BenchFrames.words([message]))
        await send(.acknowledge(log: press.log, sequence: press.sequence))
        await open()
        let isKept = await nextPress(within: .milliseconds(1_500))?.1.sequence == press.sequence
        judge(.plainAcknowledge, isKept, "press \(press.sequence)")
        await line.send(provenAcknowledgement(of: press))
        _ = await listen(for: .milliseconds(100))
        await open()
        let rest = await nextPress(within: .milliseconds(1_000))
        judge(.provenAcknowledge, isKept && rest == nil, rest.map { "press \($0.1.sequence)" } ?? "–")
    }

    static var displaySteps: [Step] {
        [
            Step(checks: [.textShown, .textAgain]) { await $0.checkText() },
            Step(checks: [.waitingShown, .scannerAnswered]) { await $0.checkWaiting() },
            Step(checks: [.codeEnds]) { await $0.checkCode() },
        ]
    }

    private func shown(_ message: DisplayMessage) async -> ShownState? {
        await line.send(message.encoded())
        return await first(within: .seconds(1)) { heard -> ShownState? in
            if case .shown(message.number, let state) = heard { state } else { nil }
        }?.1
    }

    private func word(_ state: ShownState?) -> String { state.map { "shown \($0.rawValue)" } ?? "–" }

    private func checkText() async {
        let text = DisplayMessage.text(number: freshNumber(), language: Array("zh-Hans".utf8), text: Array("请稍候".utf8))
        let first = await shown(text)
        judge(.textShown, first == .showing || first == .impossible, word(first))
        let again = await shown(text)
        judge(.textAgain, again != nil && again == first, word(again))
    }

    private func checkWaiting() async {
        let waiting = await shown(.waiting(number: freshNumber(), count: 12, ticket: 34))
        judge(.waitingShown, waiting == .showing || waiting == .impossible, word(waiting))
        let scanner = await shown(.scanner(number: freshNumber(), isOn: false))
        judge(.scannerAnswered, scanner == .showing || scanner == .impossible, word(scanner))
    }

    private func checkCode() async {
        let code = DisplayMessage.qrCode(
            number: freshNumber(), milliseconds: 1_500, content: Array("https://example.org/r/42".utf8))
        let first = await shown(code)
        try? await Task.sleep(for: .milliseconds(2_200))
        let later = await shown(code)
        let isWell = first == .impossible ? later == .impossible : first == .showing && later == .ended
        judge(.codeEnds, isWell, "\(word(first)), \(word(later))")
    }
}
