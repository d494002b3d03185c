// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

// From reset to Swift's main, and the few C functions that Embedded Swift expects of a system: memory, heap, division.

#include <stddef.h>
#include <stdint.h>

extern uint32_t stack_top[], data_start[], data_end[], data_image[], bss_start[], bss_end[];
extern uint8_t heap_start[], heap_end[];
extern int main(int argc, char **argv);
void tick_interrupt(void);
void line_interrupt(void);
void keys_interrupt(void);

// MARK: Start

// A broken rule of Swift traps, and a trap comes here. The log outlives a reset, so the pad starts anew and goes on.
static void fault(void) {
    *(volatile uint32_t *)0xE000ED0C = 0x05FA0004;  // AIRCR: system reset request
    for (;;) {}
}

void reset(void) {
    for (uint32_t *to = data_start, *from = data_image; to < data_end; to++, from++) *to = *from;
    for (uint32_t *to = bss_start; to < bss_end; to++) *to = 0;
    main(0, NULL);
    fault();
}

// Exceptions of the Cortex-M4, then the interrupts of the MPS2 board: 0 is UART 0 receiving, 2 is UART 1 receiving.
__attribute__((section(".vectors"), used)) static void (*const vectors[16 + 32])(void) = {
    [0] = (void (*)(void))stack_top,
    [1] = reset,
    [2 ... 14] = fault,
    [15] = tick_interrupt,
    [16] = line_interrupt,
    [17] = fault,
    [18] = keys_interrupt,
    [19 ... 47] = fault,
};

// MARK: Memory

void *memcpy(void *to, const void *from, size_t bytes) {
    uint8_t *t = to;
    const uint8_t *f = from;
    while (bytes--) *t++ = *f++;
    return to;
}

void *memmove(void *to, const void *from, size_t bytes) {
    uint8_t *t = to;
    const uint8_t *f = from;
    if (t <= f) return memcpy(to, from, bytes);
    while (bytes--) t[bytes] = f[bytes];
    return to;
}

void *memset(void *to, int value, size_t bytes) {
    uint8_t *t = to;
    while (bytes--) *t++ = (uint8_t)value;
    return to;
}

// The names that the Arm EABI gives to the same functions; its memset has the last two arguments the other way round.
void __aeabi_memcpy(void *to, const void *from, size_t bytes) { memcpy(to, from, bytes); }
void __aeabi_memcpy4(void *to, const void *from, size_t bytes) { memcpy(to, from, bytes); }
void __aeabi_memcpy8(void *to, const void *from, size_t bytes) { memcpy(to, from, bytes); }
void __aeabi_memmove(void *to, const void *from, size_t bytes) { memmove(to, from, bytes); }
void __aeabi_memmove4(void *to, const void *from, size_t bytes) { memmove(to, from, bytes); }
void __aeabi_memmove8(void *to, const void *from, size_t bytes) { memmove(to, from, bytes); }
void __aeabi_memset(void *to, size_t bytes, int value) { memset(to, value, bytes); }
void __aeabi_memset4(void *to, size_t bytes, int value) { memset(to, value, bytes); }
void __aeabi_memset8(void *to, size_t bytes, int value) { memset(to, value, bytes); }
void __aeabi_memclr(void *to, size_t bytes) { memset(to, 0, bytes); }
void __aeabi_memclr4(void *to, size_t bytes) { memset(to, 0, bytes); }
void __aeabi_memclr8(void *to, size_t bytes) { memset(to, 0, bytes); }

// MARK: Heap

// Blocks of 16, 32, 64 … bytes; a freed block waits for the next request of its size. Nothing is ever joined or split,
// so the heap cannot crumble: once the pad had its busiest moment, it needs no more for the rest of its life.
enum { SMALLEST_SHIFT = 4, SIZES = 12 };
struct block {
    uint32_t size;
    struct block *next;
};
static struct block *freed[SIZES];
static uint8_t *heap_used;

int posix_memalign(void **result, size_t alignment, size_t bytes) {
    uint32_t size = 0;
    while (size < SIZES && ((size_t)1 << (size + SMALLEST_SHIFT)) < bytes) size++;
    if (size == SIZES || alignment > 8) return 12;
    struct block *block = freed[size];
    if (block) {
        freed[size] = block->next;
    } else {
        // The size stands in the eight bytes before the block, so that the block itself is at a multiple of eight.
        size_t whole = 8 + ((size_t)1 << (size + SMALLEST_SHIFT));
        if (!heap_used) heap_used = heap_start;
        if ((size_t)(heap_end - heap_used) < whole) return 12;
        block = (struct block *)heap_used;
        heap_used += whole;
        block->size = size;
    }
    *result = (uint8_t *)block + 8;
    return 0;
}

void free(void *memory) {
    if (!memory) return;
    struct block *block = (struct block *)((uint8_t *)memory - 8);
    block->next = freed[block->size];
    freed[block->size] = block;
}

// MARK: What compilers call

uintptr_t __stack_chk_guard = 0x5AFE57AC;

void __stack_chk_fail(void) {
    fault();
}

struct division {
    uint64_t quotient, remainder;
};

__attribute__((used)) static void divide(uint64_t dividend, uint64_t divisor, struct division *result) {
    uint64_t quotient = 0, remainder = 0;
    for (int bit = 63; bit >= 0; bit--) {
        remainder = remainder << 1 | (dividend >> bit & 1);
        if (remainder >= divisor) {
            remainder -= divisor;
            quotient |= (uint64_t)1 << bit;
        }
    }
    result->quotient = quotient;
    result->remainder = remainder;
}

// The EABI's division of 64 bits answers in four registers, which C cannot say.
__attribute__((naked)) void __aeabi_uldivmod(void) {
    __asm volatile(
        "push {r11, lr}\n"
        "sub sp, sp, #24\n"
        "add r12, sp, #8\n"
        "str r12, [sp]\n"
        "bl divide\n"
        "ldrd r0, r1, [sp, #8]\n"
        "ldrd r2, r3, [sp, #16]\n"
        "add sp, sp, #24\n"
        "pop {r11, pc}\n");
}
