/* SPDX-FileCopyrightText: 2026 The Hallgate authors */
/* SPDX-License-Identifier: Apache-2.0 */

#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>
#include <unistd.h>

int hallgate_open_pty(char *name, size_t capacity) {
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (master < 0) return -errno;
    int failure = 0;
    if (grantpt(master) != 0 || unlockpt(master) != 0) failure = errno;
    if (failure == 0) failure = ptsname_r(master, name, capacity);
    if (failure == 0) return master;
    close(master);
    return -failure;
}

static void *close_it(void *argument) {
    close((int)(intptr_t)argument);
    return NULL;
}

void hallgate_close_aside(int descriptor) {
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    int failure = pthread_create(&thread, &attributes, close_it, (void *)(intptr_t)descriptor);
    pthread_attr_destroy(&attributes);
    if (failure != 0) close(descriptor);
}

void hallgate_name_thread(const char *name) {
    pthread_setname_np(pthread_self(), name);
}

int hallgate_group_name(uint32_t group, char *name, size_t capacity) {
    struct group entry;
    struct group *found = NULL;
    char space[4096];
    int failure = getgrgid_r((gid_t)group, &entry, space, sizeof space, &found);
    if (failure != 0) return -failure;
    if (found == NULL) return -ENOENT;
    size_t length = strlen(found->gr_name);
    if (length + 1 > capacity) return -ERANGE;
    memcpy(name, found->gr_name, length + 1);
    return 0;
}

int hallgate_clock_synchronised(void) {
    struct timex reading = {0};
    int state = adjtimex(&reading);
    return state >= 0 && state != TIME_ERROR && (reading.status & STA_UNSYNC) == 0;
}
