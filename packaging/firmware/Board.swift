// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import BoardSupport
import _Volatile

/// The processor and its board: Arm's MPS2 with a Cortex-M4 (AN386), as QEMU's machine `mps2-an386` has it.
///
/// A maker replaces this file and `BoardSupport` by those of the pad's own board; nothing else knows a register.
enum Board {
    /// The processor's clock.
    static var hertz: UInt32 { 25_000_000 }

    /// Milliseconds since power-on.
    static var milliseconds: UInt64 { board_milliseconds() }

    /// Starts the tick of a millisecond and both UARTs.
    static func start() {
        register(0xE000_E014).store(hertz / 1000 - 1)  // SysTick reload value
        register(0xE000_E018).store(0)  // SysTick current value
        register(0xE000_E010).store(0b111)  // SysTick: processor clock, interrupt, on
        UART.line.start(baud: 115_200)
        UART.keys.start(baud: 115_200)
        register(0xE000_E100).store(0b101)  // NVIC: interrupts 0 and 2, the two UARTs receiving
    }

    /// Sleeps until something happens, a millisecond at most.
    static func sleep() { board_sleep() }

    /// A number for a new log, not 0.
    ///
    /// This board has no source of random bits, so it counts how often it gets round between two ticks, which differs
    /// with what the computer under the emulator does. A processor with a random generator asks that one.
    static func randomNumber() -> UInt64 {
        var mixed: UInt64 = 0xCBF2_9CE4_8422_2325
        for _ in 0..<32 {
            let tick = milliseconds
            var rounds: UInt64 = 0
            while milliseconds == tick { rounds &+= 1 }
            // The step of FNV-1a; its prime spreads a difference over all bits.
            mixed = (mixed ^ rounds) &* 0x0000_0100_0000_01B3
        }
        return max(mixed, 1)
    }

    fileprivate static func register(_ address: UInt) -> VolatileMappedRegister<UInt32> {
        VolatileMappedRegister(unsafeBitPattern: address)
    }
}

/// A CMSDK APB UART (Arm DDI 0479). Interrupts put what comes in into a ring, see `BoardSupport`.
struct UART {
    private let number: UInt32
    private let base: UInt

    /// The line to the gateway.
    static var line: UART { UART(number: UInt32(BOARD_LINE), base: 0x4000_4000) }
    /// Keys and lights: a real pad has pins for them.
    static var keys: UART { UART(number: UInt32(BOARD_KEYS), base: 0x4000_5000) }

    fileprivate func start(baud: UInt32) {
        Board.register(base + 16).store(Board.hertz / baud)  // BAUDDIV
        Board.register(base + 8).store(0b1011)  // CTRL: send, receive, interrupt on a byte received
    }

    /// What came in since this was asked last.
    func received() -> [UInt8] {
        var bytes: [UInt8] = []
        while case let byte = board_received(number), byte >= 0 { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        return bytes
    }

    /// Sends the bytes; returns once the last one is in the UART.
    func send(_ bytes: [UInt8]) {
        for byte in bytes {
            while Board.register(base + 4).load() & 1 != 0 {}  // STATE: no room to send
            Board.register(base).store(UInt32(byte))
        }
    }
}

/// The non-volatile memory of the log: two sectors that behave like NOR flash.
///
/// On the emulated board it is memory that QEMU keeps in a file, so that it outlives a reset and the loss of power.
struct BoardFlash: LogMemory {
    private static var base: UInt { 0x2100_0000 }

    func word(at index: Int) -> UInt32 { place(index).load() }

    func program(_ word: UInt32, at index: Int) { place(index).store(place(index).load() & word) }

    func erase(sector: Int) {
        for index in 0..<LogLayout.sectorWords { place(sector &* LogLayout.sectorWords &+ index).store(.max) }
    }

    private func place(_ index: Int) -> VolatileMappedRegister<UInt32> {
        Board.register(BoardFlash.base &+ UInt(bitPattern: index) &* 4)
    }
}
