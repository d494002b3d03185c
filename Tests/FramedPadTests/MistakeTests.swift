// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FramedPad
import RatingModel
import Testing

/// What a description cannot say, and where that is reported.
@Suite struct MistakeTests {
    @Test(arguments: Descriptions.all) func `a description that can be used has no mistakes`(_ it: FrameDescription) {
        #expect(it.mistakes == [], "\(it.name)")
    }

    private func fields(_ change: (inout FrameDescription) -> Void) -> [FrameField] {
        var description = Descriptions.fixed
        change(&description)
        return description.mistakes.map(\.field)
    }

    @Test func `places are checked against the frame`() {
        #expect(fields { $0.press?.value = FramePlace(6) } == [.pressValue])
        #expect(fields { $0.press?.value = FramePlace(1) } == [.pressValue])
        #expect(fields { $0.press?.value = FramePlace(2) } == [.pressValue])
        #expect(fields { $0.address = FramePlace(-1) } == [.address])
        #expect(fields { $0.checksum?.place = FramePlace(-2) } == [.pressValue, .checksumRange])
        #expect(fields { $0.checksum?.range = Descriptions.range(2, 9) } == [.checksumRange])
        #expect(fields { $0.checksum?.range = Descriptions.range(4, 2) } == [.checksumRange])
        #expect(fields { $0.checksum?.range = Descriptions.range(2, -1) } == [.checksumRange])
        #expect(fields { $0.end = [0x16] } == [.checksumPlace])
        #expect(fields { $0.press?.when = Descriptions.when("9=01") } == [.pressWhen])
    }

    @Test func `lengths that no frame can have are refused`() {
        #expect(fields { $0.length = .fixed(2) } == [.length])
        #expect(fields { $0.length = .fixed(257) } == [.length])
        #expect(fields { $0.length = .terminated(shortest: 9, longest: 8) } == [.length, .end])
        #expect(
            fields {
                $0.length = .byte(.init(at: 2, counted: Descriptions.range(2, 5), values: 1...9))
            }.contains(.lengthCounted))
        #expect(
            fields {
                $0.start = []
                $0.checksum = nil
            } == [.start])
    }

    @Test func `a display without keys needs a code, and something that takes it off`() {
        func fields(_ change: (inout FrameDescription) -> Void) -> [FrameField] {
            var description = Descriptions.display
            change(&description)
            return description.mistakes.map(\.field)
        }
        #expect(fields { $0.commands.qrCode = nil } == [.press])
        #expect(fields { $0.commands.standby = nil } == [.qrCode])
        #expect(fields { $0.keys = .five } == [.keys])
        #expect(fields { $0.alive = .init(when: Descriptions.when("0=4F")) } == [.length])
        for text in [
            "A5 <checksum>", "A5 <text> <5>", "<text> <waiting:3>", "<count:4..-3> <text>", "<length> <text>",
            "<text> <address>", "<count:2:9..3> 01 02 03 <text>",
        ] {
            #expect(fields { $0.commands.qrCode = Descriptions.template(text) } == [.qrCode], "\(text)")
        }
        #expect(fields { $0.texts.standby = "" } == [.standby], "there is nothing to fill its text with")
        #expect(fields { $0.commands.text = Descriptions.template("A5 <seconds> <text>") } == [.text])
    }

    @Test func `values have one meaning each`() {
        #expect(fields { $0.press?.timedOut = 1 } == [.pressTimedOut])
        #expect(fields { $0.keys = KeyMap([:]) } == [.keys])
        #expect(fields { $0.press?.when = [] } == [.press])
    }

    @Test(arguments: [
        ("AA 55 <9>", true), ("AA <4..7>", true), ("AA <4..2>", true), ("<-7>", true), ("<length>", true),
        ("<seconds>", true), ("<text:4>", true), ("<waiting:3>", true), ("<checksum>", true), ("AA <2..-1>", false),
        ("06", false), ("AA 55 <2> 81 <4> <checksum>", false),
    ]) func `an acknowledgement must be possible`(_ text: String, _ isMistake: Bool) {
        #expect(
            fields { $0.press?.acknowledgement = Descriptions.template(text) } == (isMistake ? [.acknowledgement] : []))
    }

    @Test func `commands have no frame to echo`() {
        #expect(fields { $0.commands.prompt = Descriptions.template("AA <4>") } == [.prompt])
        #expect(fields { $0.commands.cancel = Descriptions.template("AA <seconds>") } == [.cancel])
        let thanks = Descriptions.fixed.press?.acknowledgement
        #expect(fields { $0.press?.refusal = thanks } == [.refusal])
    }

    @Test(arguments: [
        "F", "GG", "FF68", "'", "''", "<", "<5", "<>", "<what>", "<text:0>", "<5..>", "<waiting:x>", "??",
        "<count>", "<count:3:4..5>", "<count:2:middle:4..5>", "<count:4>", "<seconds:3>", "<seconds:6:ascii>",
        "<text:x>",
    ])
    func `a template that cannot be read is an error`(_ text: String) {
        #expect(throws: FrameTextError.self) { try FrameText.template(text) }
    }

    @Test func `short texts are read`() throws {
        #expect(try FrameText.pattern("FF ?? 'A'") == [0xFF, nil, 0x41])
        #expect(try FrameText.bytes("0D 0a") == [0x0D, 0x0A])
        let counted = FrameRange(from: FramePlace(4), to: FramePlace(-3))
        #expect(
            try FrameText.template("<count:4..-3> <count:2:4..-3> <count:2:little:4..-3> <count:3:ascii:4..-3>")
                .elements
                == [
                    .count(.byte, counted), .count(.twoBytes(isLittleEndian: false), counted),
                    .count(.twoBytes(isLittleEndian: true), counted), .count(.digits(3), counted),
                ])
        #expect(
            try FrameText.template("<seconds> <seconds:2:big> <text> <text:4>").elements
                == [.seconds(.byte), .seconds(.twoBytes(isLittleEndian: false)), .text(width: nil), .text(width: 4)])
        #expect(try FrameText.conditions("6=11 -1!=0F").map(\.description) == ["6=11", "-1!=0F"])
        #expect(throws: FrameTextError.self) { try FrameText.conditions("6=1") }
        #expect(throws: FrameTextError.self) { try FrameText.conditions("6") }
        #expect(throws: FrameTextError.self) { try FrameText.bytes("??") }
    }
}
