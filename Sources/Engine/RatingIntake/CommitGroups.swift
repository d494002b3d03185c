// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// Who commits, and for whom: the logic of group commit without any commit in it.
struct CommitGroups: Sendable {
    typealias Ticket = UInt64

    enum Action: Equatable {
        /// The first ticket's caller commits all of these, oldest first.
        case commit([Ticket])
    }

    private var lastTicket: Ticket = 0
    private var queue: [(ticket: Ticket, records: Int)] = []
    private var isCommitting = false
    private let largestGroup: Int

    init(largestGroup: Int = Limits.groupCommitRecords) { self.largestGroup = max(1, largestGroup) }

    /// A caller arrived with a draft, or with a few that belong together.
    mutating func arrive(with records: Int = 1) -> (Ticket, [Action]) {
        lastTicket &+= 1
        queue.append((lastTicket, records))
        return (lastTicket, next())
    }

    /// The group that was being committed is done, well or not.
    mutating func committed() -> [Action] {
        isCommitting = false
        return next()
    }

    private mutating func next() -> [Action] {
        guard !isCommitting, !queue.isEmpty else { return [] }
        isCommitting = true
        var (count, records) = (0, 0)
        while count < queue.count, count == 0 || records + queue[count].records <= largestGroup {
            records += queue[count].records
            count += 1
        }
        let group = queue.prefix(count).map(\.ticket)
        queue.removeFirst(count)
        return [.commit(group)]
    }
}
