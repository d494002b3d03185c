/* SPDX-FileCopyrightText: 2026 The Hallgate authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* What Glibc's module does not show to Swift: epoll, eventfd, pseudo-terminals, and line speeds of any value. */
#ifndef CLINUX_H
#define CLINUX_H

#include <sys/epoll.h>
#include <sys/eventfd.h>

#endif
