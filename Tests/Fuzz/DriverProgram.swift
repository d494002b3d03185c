// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

/// An input read as a little program that leads a driver: bytes of the line, timers, answers of the journal, commands.
///
/// Its first byte chooses among the target's settings; README.md has the instructions. What a driver puts out is held
/// against what the rest of the gateway relies on.
struct DriverProgram {
    /// Longest answer to one event, in bytes: far more than any device is told at once.
    private static let mostSent = 1 << 16
    /// Most bytes that the device says before a program ends: more than any decoder keeps, and still run in microseconds.
    private static let mostHeard = 4096

    private var driver: any DeviceDriver
    private let dress: ([UInt8]) -> [UInt8]
    private var rest: ArraySlice<UInt8>
    private var now = MonotonicInstant(nanoseconds: 1_000_000_000)
    private var nonce: UInt64 = 7
    private var heard = 0
    private var open: [PressKey] = []
    private var seen: [PressKey: PressOutcome] = [:]

    /// Runs an input; `dress` makes a whole frame of the device of any bytes, so that checksums are got past.
    static func run(
        _ input: [UInt8], dress: @escaping ([UInt8]) -> [UInt8], make: (UInt8) -> any DeviceDriver
    ) {
        var program = DriverProgram(driver: make(input.first ?? 0), dress: dress, rest: input.dropFirst())
        program.tell(.opened(nonce: program.nonce))
        while program.heard < mostHeard, let instruction = program.rest.popFirst() { program.step(instruction) }
    }

    private init(driver: any DeviceDriver, dress: @escaping ([UInt8]) -> [UInt8], rest: ArraySlice<UInt8>) {
        self.driver = driver
        self.dress = dress
        self.rest = rest
    }

    private mutating func step(_ instruction: UInt8) {
        switch instruction {
        case 0: tell(.received(bytes(Int(byte()))))
        case 1: tell(.received(dress(bytes(Int(byte())))))
        case 2: for byte in bytes(Int(byte())) { tell(.received([byte])) }
        case 3: tell(.timer(DriverTimer.allCases[Int(byte()) % DriverTimer.allCases.count]))
        case 4: if let key = outstanding() { tell(.recorded(key)) }
        case 5: if let key = outstanding() { tell(.refused(key)) }
        case 6: now = now.advanced(by: .milliseconds(Int64(byte()) * Int64(byte())))
        case 7:
            // Fresh for each connection, as transports give it.
            nonce += 1
            tell(.opened(nonce: nonce))
        case 8: command()
        case 9:
            let key = PressKey(device: DeviceID("nobody"), log: UInt64(byte()), sequence: UInt64(byte()))
            tell(byte() % 2 == 0 ? .recorded(key) : .refused(key))
        case 10: tell(.received([UInt8](repeating: byte(), count: Int(byte()) * 16)))
        case 11: mask(bytes(Int(byte())))
        default: tell(.received(bytes(Int(instruction) - 10)))
        }
    }

    private mutating func command() {
        let kind = byte()
        let address: BusAddress? = kind < 128 ? nil : byte()
        let number = UInt32(byte())
        let text = { (program: inout DriverProgram) in
            String(decoding: program.bytes(Int(program.byte())), as: UTF8.self)
        }
        let command: DeviceCommand
        switch kind % 16 {
        case 0, 1: command = .prompt(number, timeout: .seconds(Int64(byte())))
        case 2: command = .cancelPrompt(number)
        case 3: command = .pause
        case 4: command = .resume
        case 5: command = .showWaiting(count: Int(Int8(bitPattern: byte())) * 30_000, ticket: Int(byte()) * 5000)
        case 6: command = .showWaiting(count: Int(byte()), ticket: nil)
        case 7: command = .show(.standby)
        case 8: command = .show(.text(text(&self), language: "zh-Hans"))
        case 9: command = .show(.clip(UInt16(number)))
        case 10: command = .show(.qrCode(text(&self), lifetime: .seconds(Int64(number) - 1)))
        case 11: command = .show(.staffCard(StaffCard(number: "\(number)", name: text(&self), photograph: nil)))
        case 12 where number % 8 == 7: command = .closePage
        case 12: command = .openPage(url: text(&self))
        case 13: command = .scan(isOn: number % 2 == 0)
        case 14 where number % 4 == 3: command = .cancelUpdate
        case 14 where number % 2 == 1:
            let image = bytes(Int(number))
            command = .update(
                FirmwareImage(
                    release: number, version: "2", model: "", hash: [UInt8](repeating: 9, count: 32),
                    signature: [UInt8](repeating: 7, count: 64), bytes: image))
        case 14: command = .identify
        default: command = .setTime(WallTime(millisecondsSinceEpoch: Int64(number) << 55))
        }
        tell(.command(command, at: address))
    }

    private mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    private mutating func bytes(_ count: Int) -> [UInt8] {
        #if PLANTED_BUG
        // The bug that `.ci/fuzz --self-test` expects to be found: a length that is believed.
        let taken = Array(rest[rest.startIndex..<rest.startIndex + count])
        #else
        let taken = Array(rest.prefix(count))
        #endif
        rest = rest.dropFirst(count)
        return taken
    }

    private mutating func outstanding() -> PressKey? {
        open.isEmpty ? nil : open.remove(at: Int(byte()) % open.count)
    }

    // MARK: What the gateway relies on

    private mutating func tell(_ event: DriverEvent) {
        if case .received(let bytes) = event { heard += bytes.count }
        var sent = 0
        for action in driver.handle(event, at: now) {
            switch action {
            case .send(let bytes): sent += bytes.count
            case .press(let press): check(press)
            case .scanned(let code, _):
                precondition(!code.text.isEmpty && code.text.utf8.count <= ScannedCode.longestBytes, "a code's length")
                precondition(!code.text.unicodeScalars.contains { $0.properties.generalCategory == .control }, "a code")
            case .identified(let identity): check(identity.device)
            case .setTimer(_, let after): precondition(after > .zero, "a timer of no time")
            case .signedIn(let code, _):
                precondition(
                    code?.isEmpty != true && (code?.utf8.count ?? 0) <= Limits.identifierBytes, "a code's length")
            case .observed, .staffKey, .cancelTimer, .close: break
            }
        }
        precondition(sent <= DriverProgram.mostSent, "a flood to the device")
    }

    /// What an operator sees of bytes of the line: each as it is, or nothing of it.
    private mutating func mask(_ bytes: [UInt8]) {
        heard += bytes.count
        for direction in [TrafficRecord.Direction.received, .sent] {
            let shown = driver.masked(bytes, direction)
            precondition(shown.count == bytes.count, "a mask of another length")
            precondition(zip(shown, bytes).allSatisfy { $0 == nil || $0 == $1 }, "a mask that shows what was not there")
        }
    }

    private mutating func check(_ press: CapturedPress) {
        check(press.key.device)
        // What answers a prompt may be known by it; a pad that sends another level after that makes a conflict.
        let isPrompts = press.key.log == PressKey.promptLog && press.prompt.map(UInt64.init) == press.key.sequence
        precondition(press.key.sequence > 0 && (press.key.log > 0 || isPrompts), "a press without a place in a log")
        precondition(!press.rawFrame.isEmpty && press.rawFrame.count <= Limits.rawFrameBytes, "a raw frame's length")
        if case .rated(let level, _, let label) = press.outcome {
            precondition(driver.capabilities.levels.contains(level) && !label.isEmpty, "a level nobody can press")
        }
        // A press may come again, as after a refusal; another press has another key.
        let known = seen.updateValue(press.outcome, forKey: press.key)
        precondition(
            known == nil || known == press.outcome || driver.capabilities.keepsLog || isPrompts, "a key for two presses"
        )
        if open.count < 64 { open.append(press.key) }
        if seen.count > 200 { seen.removeAll() }
    }

    private func check(_ device: DeviceID) {
        precondition(!device.value.isEmpty && device.value.utf8.count <= Limits.identifierBytes, "a device's name")
    }
}
