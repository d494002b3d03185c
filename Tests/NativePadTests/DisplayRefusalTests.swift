// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import NativePad
import PadProtocol
import RatingModel
import Testing

/// What is not shown is said, not passed over (firmware-protocol.md section 2.10).
@Suite struct DisplayRefusalTests {
    private func line(conformance: UInt8 = 3) -> PadLine {
        var line = PadLine()
        line.tell(.opened(nonce: 5))
        var hello = PadLine.hello()
        hello.conformance = conformance
        line.hear(.hello(hello))
        return line
    }

    private func refused(_ actions: [DriverAction]) -> [RefusedContent] {
        actions.observations.compactMap { if case .notShown(let content, nil) = $0 { content } else { nil } }
    }

    @Test func `a pad that cannot show a clip says so once`() {
        var line = line()
        line.tell(.command(.show(.clip(3))))
        #expect(refused(line.hear(.shown(number: 1, .impossible))) == [RefusedContent(.clip, .unable)])
        #expect(refused(line.hear(.shown(number: 1, .impossible))) == [], "the same answer, late")
        #expect(line.wait(milliseconds: 4000).messages == [], "and nothing is owed any more")
        line.tell(.command(.scan(isOn: true)))
        #expect(refused(line.hear(.shown(number: 2, .impossible))) == [RefusedContent(.scanner, .unable)])
    }

    @Test func `what shows, or has ended, is no refusal`() {
        var line = line()
        line.tell(.command(.show(.clip(3))))
        #expect(refused(line.hear(.shown(number: 1, .showing))) == [])
        line.tell(.command(.show(.qrCode("https://example.org", lifetime: .seconds(2)))))
        #expect(refused(line.hear(.shown(number: 2, .ended))) == [])
    }

    @Test func `a QR code over the limit is refused here, since half of it is another one`() {
        var line = line()
        let fits = String(repeating: "x", count: 200)
        #expect(!line.tell(.command(.show(.qrCode(fits, lifetime: .seconds(60))))).isEmpty)
        line.hear(.shown(number: 1, .showing))
        let told = line.tell(.command(.show(.qrCode(fits + "x", lifetime: .seconds(60)))))
        #expect(refused(told) == [RefusedContent(.qrCode, .tooLong(bytes: 201, most: 200))])
        #expect(
            told.contains(.send(DisplayMessage.text(number: 2, language: [], text: []).encoded())),
            "nor is the code of whoever was there before left to this citizen")
        let empty = line.tell(.command(.show(.qrCode("", lifetime: .seconds(60)))))
        #expect(empty == [.observed(.notShown(RefusedContent(.qrCode, .empty)))])
    }

    @Test func `that codes are shown again is said once`() {
        var line = line()
        line.tell(.command(.show(.qrCode(String(repeating: "x", count: 201), lifetime: .seconds(60)))))
        line.tell(.command(.show(.qrCode("https://example.org", lifetime: .seconds(60)))))
        #expect(line.hear(.shown(number: 1, .showing)).observations == [.shownAgain(.qrCode)])
        line.tell(.command(.show(.qrCode("https://example.org/2", lifetime: .seconds(60)))))
        #expect(line.hear(.shown(number: 2, .showing)).observations == [])
    }

    @Test func `a pad without a display is missed where somebody wanted something seen, and not taken for gone`() {
        var line = line(conformance: 1)
        #expect(
            refused(line.tell(.command(.show(.text("请稍候", language: "zh-Hans")))))
                == [RefusedContent(.text, .noDisplay)])
        #expect(refused(line.tell(.command(.showWaiting(count: 3, ticket: nil)))) == [])
        #expect(refused(line.tell(.command(.show(.standby)))) == [])
        let quiet = line.wait(milliseconds: 4500)
        #expect(quiet.observations == [] && quiet.messages == [])
    }

    @Test func `on a bus the address is named`() {
        var line = BusLine([5])
        line.play(4)
        let told = line.tell(.command(.show(.clip(3)), at: 5))
        #expect(told.observations == [.notShown(RefusedContent(.clip, .noDisplay), at: 5)])
    }
}
