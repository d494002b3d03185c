// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// Carries a closure into a thread.
private final class AsideWork: Sendable {
    let name: String
    let work: @Sendable () -> Void

    init(name: String, work: @escaping @Sendable () -> Void) {
        self.name = name
        self.work = work
    }
}

/// Runs system calls that may wait for seconds on a thread of their own; answers 0, or an errno where there is none.
///
/// Swift's own threads are as many as the computer has cores: a call that waits there holds up the whole gateway.
/// The thread shows under `name`, at most 15 characters, in ps.
package func runAside(_ name: String, _ work: @escaping @Sendable () -> Void) -> Int32 {
    var identifier = pthread_t()
    let argument = Unmanaged.passRetained(AsideWork(name: name, work: work)).toOpaque()
    let failure = pthread_create(
        &identifier, nil,
        { @Sendable argument in
            guard let argument else { return nil }
            let aside = Unmanaged<AsideWork>.fromOpaque(argument).takeRetainedValue()
            hallgate_name_thread(aside.name)
            aside.work()
            return nil
        }, argument)
    if failure == 0 {
        pthread_detach(identifier)
    } else {
        Unmanaged<AsideWork>.fromOpaque(argument).release()
    }
    return failure
}
