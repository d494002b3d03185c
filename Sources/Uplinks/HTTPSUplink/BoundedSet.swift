// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A set that remembers the newest of its elements, up to a limit; what it forgets is only asked for once more.
struct BoundedSet<Element: Hashable & Sendable>: Sendable {
    private let limit: Int
    private var elements: Set<Element> = []
    /// In the order of their coming; one that was removed stays here until its turn.
    private var order: [Element] = []
    private var next = 0

    init(atMost limit: Int) { self.limit = max(1, limit) }

    func contains(_ element: Element) -> Bool { elements.contains(element) }

    var isEmpty: Bool { elements.isEmpty }

    mutating func insert(_ element: Element) {
        guard elements.insert(element).inserted else { return }
        guard order.count >= limit else { return order.append(element) }
        elements.remove(order[next])
        elements.insert(element)
        order[next] = element
        next = (next + 1) % limit
    }

    mutating func remove(_ element: Element) { elements.remove(element) }
}
