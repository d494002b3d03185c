// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

// What runs in interrupts, for Swift to read from. It is C, because an interrupt may come while Swift is inside the
// heap.

#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

/// The two UARTs of the pad: the line to the gateway, and the one that stands in for keys and lights.
enum { BOARD_LINE = 0, BOARD_KEYS = 1 };

/// Milliseconds since power-on.
uint64_t board_milliseconds(void);

/// The oldest byte that the UART received and nobody took yet; -1 where there is none.
int32_t board_received(uint32_t uart);

/// Sleeps until the next interrupt: a byte, or the tick a millisecond later at most.
void board_sleep(void);

#endif
