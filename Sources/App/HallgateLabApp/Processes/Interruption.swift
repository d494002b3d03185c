// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

@preconcurrency import Dispatch
import Glibc

/// SIGINT and SIGTERM as something to wait for, so that children are ended in order before the lab is.
struct Interruption: Sendable {
    private let signals: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal]

    /// From now on the two signals no longer end the process.
    init() {
        let (signals, continuation) = AsyncStream<Void>.makeStream()
        self.signals = signals
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { @Sendable in continuation.yield() }
            source.resume()
            return source
        }
    }

    /// Returns when one of the signals came, or the task was cancelled.
    func wait() async {
        for await _ in signals { return }
    }
}

/// What the demo ends with after an interruption.
struct Interrupted: Error {}
