// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel
import UplinkAPI

/// What a region let the hall know, newest word of each; verdicts lie beside their ratings in the journal.
public struct MirroredNotices: Sendable, Hashable {
    /// Where to go on; `nil` before the first page.
    public var cursor: String?
    /// Work orders by their numbers, the one changed last at the end.
    public var workOrders: [WorkOrder] = []
    /// Official rates, one for each scope and period, the one changed last at the end.
    public var rates: [Rate] = []
    /// The newest indicator table.
    public var indicators: Indicators?
    /// How many work orders and rates were let go because there were too many; a number an operator can see.
    public var dropped = 0

    /// Most work orders, and most rates, that are mirrored.
    public static let most = 1000

    /// Nothing.
    public init() {}

    /// A work order for a 差评.
    public struct WorkOrder: Sendable, Hashable {
        /// The region's number.
        public var number: String
        /// The rating it is for, where the region says so.
        public var rating: RecordID?
        /// Its state in the region's words.
        public var state: String
        /// Its deadline as the region writes it.
        public var deadline: String

        /// Takes what the region says.
        public init(number: String, rating: RecordID?, state: String, deadline: String) {
            self.number = number
            self.rating = rating
            self.state = state
            self.deadline = deadline
        }
    }

    /// An official rate, in the region's own figures.
    public struct Rate: Sendable, Hashable {
        /// Of what, such as a hall or a window.
        public var scope: String
        /// Of which time.
        public var period: String
        /// The figure as the region writes it.
        public var value: String

        /// Takes what the region says.
        public init(scope: String, period: String, value: String) {
            self.scope = scope
            self.period = period
            self.value = value
        }
    }

    /// An indicator table in the form of those that ship.
    public struct Indicators: Sendable, Hashable {
        /// Its version.
        public var version: String
        /// The file's bytes.
        public var table: [UInt8]

        /// Takes what the region says.
        public init(version: String, table: [UInt8]) {
            self.version = version
            self.table = table
        }
    }

    /// Takes a notice in: a later word on the same thing takes the place of the earlier one.
    mutating func take(_ notice: RegionNotices.Notice) {
        switch notice {
        case .verdict, .rated: break
        case .workOrder(let number, let rating, let state, let deadline):
            workOrders.removeAll { $0.number == number }
            workOrders.append(WorkOrder(number: number, rating: rating, state: state, deadline: deadline))
            dropped += Self.limit(&workOrders)
        case .rate(let scope, let period, let value):
            rates.removeAll { $0.scope == scope && $0.period == period }
            rates.append(Rate(scope: scope, period: period, value: value))
            dropped += Self.limit(&rates)
        case .indicators(let version, let table): indicators = Indicators(version: version, table: table)
        }
    }

    /// Lets the oldest go where there are too many; answers how many.
    private static func limit<Element>(_ list: inout [Element]) -> Int {
        let excess = max(0, list.count - most)
        list.removeFirst(excess)
        return excess
    }
}
