// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// OpenSSL itself, set up before anything else asks it for anything.
enum OpenSSL {
    /// Sets the library up on the first call; every other entry of this target goes through here first.
    ///
    /// By itself the library frees all it has when the process calls `exit`. It takes no lock for that, so a thread that
    /// has used it and ends at this moment, as a journal's does, frees its own share a second time and breaks the heap.
    /// The kernel takes the memory back in any case (OPENSSL_init_crypto(3), `OPENSSL_INIT_NO_ATEXIT`). The choice counts
    /// only where it is made before the library is used.
    static func prepare() throws(CryptographyError) {
        guard isPrepared else { throw .library("OPENSSL_init_crypto") }
    }

    private static let isPrepared = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1
}
