// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceLoop
import Glibc
import Testing

/// An actor with no executor of its own, as those of the engine.
private actor Bystander {
    func thread() -> UInt { UInt(pthread_self()) }
}

extension DeviceLoop {
    fileprivate func thread() -> UInt { UInt(pthread_self()) }
}

/// A task that asks for the loop's thread stays there through the actors it visits.
struct LoopTasksTests {
    @Test func `A task and the actors it visits run on the thread of the loop`() async throws {
        let loop = try DeviceLoop()
        let device = await loop.thread()
        let visited = await withTaskExecutorPreference(loop.tasks) {
            var threads: [UInt] = []
            for _ in 0..<100 {
                let bystander = Bystander()
                threads += [await bystander.thread(), await loop.thread(), UInt(pthread_self())]
            }
            return threads
        }
        #expect(Set(visited) == [device])
        await loop.shutdown()
    }

    @Test func `Its children run there too, and come back after a sleep`() async throws {
        let loop = try DeviceLoop()
        let device = await loop.thread()
        let threads = await withTaskExecutorPreference(loop.tasks) {
            await withTaskGroup(of: UInt.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        try? await Task.sleep(for: .microseconds(100 * number))
                        return UInt(pthread_self())
                    }
                }
                return await group.reduce(into: Set<UInt>()) { $0.insert($1) }
            }
        }
        #expect(threads == [device])
        await loop.shutdown()
    }
}
