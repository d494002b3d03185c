// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

// The interrupts of the pad: the tick, and a byte on either UART.

#include "board.h"

// A ring for each UART holds more than the longest frame, so no byte is lost while an entry is written. One that
// overflows loses bytes, and the protocol sends the frame again.
enum { RING_BYTES = 512 };

struct ring {
    volatile uint32_t written, read;
    volatile uint8_t bytes[RING_BYTES];
};

static struct ring rings[2];
static volatile uint64_t milliseconds;

uint64_t board_milliseconds(void) {
    // The processor reads 64 bits in two halves; a tick between them shows as a difference.
    uint64_t once, again = milliseconds;
    do {
        once = again;
        again = milliseconds;
    } while (once != again);
    return again;
}

int32_t board_received(uint32_t uart) {
    struct ring *ring = &rings[uart & 1];
    if (ring->read == ring->written) return -1;
    uint8_t byte = ring->bytes[ring->read % RING_BYTES];
    ring->read = ring->read + 1;
    return byte;
}

void board_sleep(void) {
    __asm volatile("wfi");
}

void tick_interrupt(void) {
    milliseconds = milliseconds + 1;
}

// CMSDK APB UART (Arm DDI 0479): DATA at 0, STATE at 4 with bit 1 for a byte received, INTCLEAR at 12.
static void receive(uint32_t base, struct ring *ring) {
    volatile uint32_t *uart = (volatile uint32_t *)base;
    uart[3] = 2;
    while (uart[1] & 2) {
        uint8_t byte = (uint8_t)uart[0];
        if (ring->written - ring->read >= RING_BYTES) continue;
        ring->bytes[ring->written % RING_BYTES] = byte;
        ring->written = ring->written + 1;
    }
}

void line_interrupt(void) {
    receive(0x40004000, &rings[BOARD_LINE]);
}

void keys_interrupt(void) {
    receive(0x40005000, &rings[BOARD_KEYS]);
}
