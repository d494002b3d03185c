/* SPDX-FileCopyrightText: 2026 The Hallgate authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* What Glibc's module does not show to Swift: epoll, eventfd, timerfd, pseudo-terminals, line speeds of any value and
   the kernel's word on the clock. Every function answers 0 or a descriptor, or a negative errno; none blocks. */
#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>

/* Opens a pseudo-terminal and answers its master: granted, unlocked, close-on-exec and non-blocking. The path of the
   other side (such as /dev/pts/7) is written to `name` with its final zero. The far side is not opened: until someone
   does, reads of the master answer EAGAIN; after its last close they answer EIO and poll reports a hang-up. */
int hallgate_open_pty(char *name, size_t capacity);

/* Makes a terminal raw, 8 data bits, no parity, 1 stop bit, without any flow control and without modem lines, at `baud`
   bits per second (any value: termios2's BOTHER where there is no constant). Nothing of what was set before is kept;
   HUPCL is off, because many pads restart when DTR falls. `actual` receives the speed the driver settled on. */
int hallgate_make_raw(int descriptor, uint32_t baud, uint32_t *actual);

/* Reads the output speed a terminal is set to, in bits per second. */
int hallgate_line_speed(int descriptor, uint32_t *baud);

/* Closes a descriptor on a thread of its own: closing a serial line can wait for its output for up to 30 seconds. */
void hallgate_close_aside(int descriptor);

/* Names the calling thread for ps and strace; at most 15 characters. */
void hallgate_name_thread(const char *name);

/* The name of the group a file belongs to; -ENOENT where the group has none. */
int hallgate_group_name(uint32_t group, char *name, size_t capacity);

/* Whether the kernel holds the wall clock for synchronised: 1 or 0 (adjtimex(2): neither TIME_ERROR nor STA_UNSYNC). */
int hallgate_clock_synchronised(void);

#endif
