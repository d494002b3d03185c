/* SPDX-FileCopyrightText: 2026 The Hallgate authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* A file of its own: asm/termbits.h, which has termios2, clashes with the C library's termios.h. */

#include "CLinux.h"

#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <errno.h>
#include <string.h>

int ioctl(int descriptor, unsigned long request, ...);

/* The constants every driver knows; a few old ones know nothing else. */
static const struct {
    uint32_t baud;
    tcflag_t constant;
} standard[] = {
    {300, B300},       {600, B600},       {1200, B1200},     {1800, B1800},     {2400, B2400},     {4800, B4800},
    {9600, B9600},     {19200, B19200},   {38400, B38400},   {57600, B57600},   {115200, B115200}, {230400, B230400},
    {460800, B460800}, {500000, B500000}, {576000, B576000}, {921600, B921600}, {1000000, B1000000},
};

static tcflag_t speed_flag(uint32_t baud) {
    for (size_t index = 0; index < sizeof standard / sizeof standard[0]; index++)
        if (standard[index].baud == baud) return standard[index].constant;
    return BOTHER;
}

int hallgate_make_raw(int descriptor, uint32_t baud, uint32_t *actual) {
    struct termios2 settings;
    if (ioctl(descriptor, TCGETS2, &settings) != 0) return -errno;
    settings.c_iflag = 0;
    settings.c_oflag = 0;
    settings.c_lflag = 0;
    settings.c_cflag = CS8 | CREAD | CLOCAL | speed_flag(baud);
    settings.c_ispeed = baud;
    settings.c_ospeed = baud;
    settings.c_line = 0;
    /* One byte is enough to wake the reader; with VMIN 0 a read of nothing could not be told from a hang-up. */
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    if (ioctl(descriptor, TCSETS2, &settings) != 0) return -errno;

    /* TCSETS2 succeeds when any part took effect: read it back. */
    struct termios2 result;
    if (ioctl(descriptor, TCGETS2, &result) != 0) return -errno;
    *actual = result.c_ospeed;
    tcflag_t shape = CSIZE | PARENB | CSTOPB | CRTSCTS;
    if ((result.c_cflag & shape) != CS8 || result.c_lflag != 0 || result.c_iflag != 0) return -EINVAL;
    return 0;
}

int hallgate_line_speed(int descriptor, uint32_t *baud) {
    struct termios2 settings;
    if (ioctl(descriptor, TCGETS2, &settings) != 0) return -errno;
    *baud = settings.c_ospeed;
    return 0;
}
