// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import FramedPad
import RatingModel

/// Descriptions of pads, as the files under packaging/frames write them, and one that only tests have.
enum Descriptions {
    static func description(_ name: String?) -> FrameDescription {
        switch name {
        case "modbus": modbus
        case "line": line
        case "fixed": fixed
        case "display": display
        case "lines": displayLine
        case "fields": displayFields
        default: queueBus
        }
    }

    static func template(_ text: String) -> FrameTemplate {
        (try? FrameText.template(text)) ?? FrameTemplate([])
    }

    static func when(_ text: String) -> [FrameCondition] { (try? FrameText.conditions(text)) ?? [] }

    static func range(_ from: Int, _ to: Int) -> FrameRange { FrameRange(from: FramePlace(from), to: FramePlace(to)) }

    /// domain.md §8.
    static let queueBus: FrameDescription = {
        var description = FrameDescription(
            name: "queue-bus", start: [0xFF, 0x68, nil, nil, 0x68],
            length: .byte(.init(at: 2, repeatedAt: 3, counted: range(5, -3), values: 2...8)), end: [0x16],
            checksum: FrameChecksum(.sum8, over: range(5, -3), at: FramePlace(-2)), address: FramePlace(5),
            press: .init(
                when: when("6=11 2=03"), value: FramePlace(-3), timedOut: 1,
                acknowledgement: template("FF 68 <length> <length> 68 <address> 01 <-3> <checksum> 16"),
                refusal: template("FF 68 <length> <length> 68 <address> 03 <checksum> 16")),
            keys: .queueBus,
            staff: .init(
                when: when("6!=11 2!=02 2!=06 2!=07 2!=08"), value: FramePlace(-3),
                keys: [
                    .init(.askForRating, when: when("-3=0B")), .init(.callNext, when: when("-3=0C")),
                    .init(.callAgain, when: when("-3=0D")), .init(.pause, when: when("-3=12")),
                    .init(.transfer, when: when("-3=13")), .init(.abandon, when: when("2!=03 -3=0F -4=06")),
                    .init(.suspend, when: when("2!=03 -3=0F -4=00")),
                    .init(.recall, when: when("2!=03 -3=0F -4=03")),
                    .init(.abandon, when: when("2=03 -3=0F"), after: 6),
                    .init(.suspend, when: when("2=03 -3=0F"), after: 0),
                    .init(.recall, when: when("2=03 -3=0F"), after: 3),
                ], repeatWindow: .seconds(1), acknowledgement: template("<0..-1>")))
        description.commands.prompt = template("FF 68 <length> <length> 68 <address> 01 0B <checksum> 16")
        description.commands.identify = template("FF 68 <length> <length> 68 <address> 03 <checksum> 16")
        description.commands.waiting = template(
            "FF 68 <length> <length> 68 <address> 02 <waiting:3> <ticket:3:0A> <checksum> 16")
        return description
    }()

    static let fixed: FrameDescription = {
        var description = FrameDescription(
            name: "example-fixed", start: [0xAA, 0x55], length: .fixed(6),
            checksum: FrameChecksum(.xor8, over: range(2, -2), at: FramePlace(-1)), address: FramePlace(2),
            press: .init(
                when: when("3=01"), value: FramePlace(4), timedOut: 0,
                acknowledgement: template("AA 55 <2> 81 <4> <checksum>"),
                refusal: template("AA 55 <2> 82 <4> <checksum>")),
            keys: .five,
            alive: .init(when: when("3=02"), acknowledgement: template("AA 55 <2> 83 <4> <checksum>")))
        description.commands.prompt = template("AA 55 <address> 10 <seconds> <checksum>")
        description.commands.cancel = template("AA 55 <address> 11 00 <checksum>")
        description.commands.identify = template("AA 55 <address> 12 00 <checksum>")
        return description
    }()

    static let modbus: FrameDescription = {
        var description = FrameDescription(
            name: "modbus", start: [0x7E],
            length: .byte(.init(at: 1, counted: range(2, -3), values: 3...13)),
            checksum: FrameChecksum(.crc16Modbus, over: range(2, -3), at: FramePlace(-2), isLittleEndian: true),
            address: FramePlace(2),
            press: .init(
                when: when("3=05"), value: FramePlace(-3),
                acknowledgement: template("7E <length> <2> 45 <4..-3> <checksum>"),
                refusal: template("7E <length> <2> 15 <checksum>")),
            keys: KeyMap(fromLeft: [
                (0x31, .verySatisfied), (0x32, .satisfied), (0x33, .dissatisfied), (0x34, .veryDissatisfied),
            ]),
            staff: .init(
                when: when("3=06"), value: FramePlace(-3),
                keys: [.init(.callNext, when: when("-3=0C")), .init(.askForRating, when: when("-3=0B -4=77"))],
                acknowledgement: template("7E <length> <2> 46 <4..-3> <checksum>")))
        description.commands.text = template("7E <length> <address> 20 <text:8> <checksum>")
        description.commands.waiting = template(
            "7E <length> <address> 21 <waiting:2:ascii> <ticket:3:ascii> <checksum>")
        return description
    }()

    static let line: FrameDescription = {
        var description = FrameDescription(
            name: "example-line", start: Array("KEY".utf8), length: .terminated(shortest: 6, longest: 16),
            end: [0x0D, 0x0A],
            press: .init(
                value: FramePlace(3), acknowledgement: template("'OK' <3> 0D 0A"),
                refusal: template("'NO' <3> 0D 0A")),
            keys: KeyMap(fromLeft: [
                (0x31, .verySatisfied), (0x33, .basicallySatisfied), (0x35, .veryDissatisfied),
            ]))
        description.commands.prompt = template("'ASK' 0D 0A")
        return description
    }()

    // MARK: Displays without keys

    static let display: FrameDescription = {
        var description = FrameDescription(
            name: "example-display", start: [], length: nil,
            checksum: FrameChecksum(.crc16Modbus, over: range(2, -3), at: FramePlace(-2), isLittleEndian: true),
            press: nil, keys: KeyMap([:]))
        description.texts.encoding = .gbk
        description.texts.most = 180
        description.texts.standby = "欢迎光临"
        description.commands.qrCode = template("A5 5A <count:2:4..-3> 31 <seconds:2:little> <text> <checksum>")
        description.commands.text = template("A5 5A <count:2:4..-3> 32 <text> <checksum>")
        description.commands.standby = template("A5 5A <count:2:4..-3> 30 <text> <checksum>")
        description.commands.identify = template("A5 5A <count:2:4..-3> 33 <checksum>")
        return description
    }()

    static let displayLine: FrameDescription = {
        var description = FrameDescription(
            name: "example-display-line", start: [], length: .terminated(shortest: 3, longest: 16), end: [0x0D, 0x0A],
            press: nil, keys: KeyMap([:]), alive: .init(when: when("0=4F 1=4B")))
        description.texts.most = 120
        description.texts.escapes = [.init(0x22, as: [0x5C, 0x22]), .init(0x5C, as: [0x5C, 0x5C])]
        description.commands.qrCode = template("'QR \"' <text> '\"' 0D 0A")
        description.commands.text = template("'SAY \"' <text> '\"' 0D 0A")
        description.commands.standby = template("'CLEAR' 0D 0A")
        return description
    }()

    static let displayFields: FrameDescription = {
        var description = FrameDescription(
            name: "fields", start: [0x02], length: .fixed(31), end: [0x03],
            checksum: FrameChecksum(.xor8, over: range(1, -3), at: FramePlace(-2)), address: FramePlace(1),
            press: nil, keys: KeyMap([:]))
        description.texts.fill = 0
        description.commands.qrCode = template("02 <address> <count:3:ascii:5..-3> 'Q' <text:24> <checksum> 03")
        description.commands.standby = template(
            "02 <address> '025' 'C'" + String(repeating: " 00", count: 24) + " <checksum> 03")
        return description
    }()

    static let displays = [display, displayLine, displayFields]
    static let all = [queueBus, fixed, modbus, line] + displays
}
