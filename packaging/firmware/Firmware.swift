// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PadProtocol
import PadSession

/// A pad of conformance level L1: five keys, and a log that outlives a power cut.
///
/// The session decides everything; this tells it what happened and does what it says, in order.
@main struct Firmware {
    private var log: FlashLog<BoardFlash>
    private var session: PadSession
    /// When the session wants its timer; it sets the moment anew whenever it changes.
    private var timerAt = UInt64.max

    static func main() {
        Board.start()
        var firmware = Firmware()
        firmware.run()
    }

    private init() {
        log = FlashLog(BoardFlash(), mint: Board.randomNumber)
        // A maker writes the number on the label into each pad at manufacture.
        session = PadSession(
            identity: PadIdentity(
                id: 0x00C0_FFEE_0000_0386, model: Array("Hallgate reference".utf8), firmware: Array("1.0.0".utf8)),
            memory: log.read())
    }

    private mutating func run() {
        handle(.poweredOn)
        while true {
            let bytes = UART.line.received()
            if !bytes.isEmpty { handle(.received(bytes)) }
            for key in UART.keys.received() { press(key) }
            if Board.milliseconds >= timerAt {
                timerAt = .max
                handle(.timer)
            }
            Board.sleep()
        }
    }

    /// The keyboard sends `1` to `5`, very satisfied on the left, and `c` for the cancel key, already debounced.
    private mutating func press(_ character: UInt8) {
        switch character {
        case UInt8(ascii: "1")...UInt8(ascii: "5"):
            let key = character &- UInt8(ascii: "0")
            handle(.keyPressed(key: key, level: key))
        case UInt8(ascii: "c"): handle(.cancelPressed)
        default: break
        }
    }

    private mutating func handle(_ event: PadEvent) {
        var written: [PadEvent] = []
        for action in session.handle(event, at: Board.milliseconds) {
            switch action {
            case .send(let bytes): UART.line.send(bytes)
            case .append(let entry):
                let isKept = log.append(entry)
                written.append(isKept ? .appended(sequence: entry.sequence) : .appendFailed(sequence: entry.sequence))
            case .trim(let sequence): log.trim(sequence)
            case .setTimer(let moment): timerAt = moment
            case .signal(let signal): show(Firmware.word(for: signal))
            case .showPrompt: show("prompt")
            case .clearPrompt: show("prompt ends")
            case .blink: show("here")
            // This pad shows no time.
            case .setTime: break
            }
        }
        for event in written { handle(event) }
    }

    // MARK: Lights

    /// Says on the keyboard's line what a real pad says with light and sound.
    private func show(_ word: StaticString) {
        word.withUTF8Buffer { UART.keys.send(Array($0) + [UInt8(ascii: "\n")]) }
    }

    private static func word(for signal: PadSignal) -> StaticString {
        switch signal {
        case .pressed: "pressed"
        case .thanks: "thanks"
        case .fault: "fault"
        case .kept: "kept"
        case .logFull: "log full"
        case .paused: "paused"
        }
    }
}
