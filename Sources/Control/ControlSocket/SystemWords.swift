// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The system's words for an error number, such as "No such file or directory".
func systemWords(_ number: Int32) -> String { String(cString: strerror(number)) }
