// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension GatewayStatus {
    /// What a region let the hall know; it is shown, and nothing follows from it here.
    public struct Mirror: Sendable, Hashable, Codable {
        /// The uplink.
        public var uplink: String
        /// Work orders, the one changed last at the end.
        public var workOrders: [WorkOrder]
        /// Official rates.
        public var rates: [Rate]
        /// The version of the newest indicator table.
        public var indicators: String?
        /// How many work orders and rates were let go because there were too many.
        public var dropped: Int

        /// Takes the parts.
        public init(uplink: String, workOrders: [WorkOrder], rates: [Rate], indicators: String?, dropped: Int) {
            self.uplink = uplink
            self.workOrders = workOrders
            self.rates = rates
            self.indicators = indicators
            self.dropped = dropped
        }

        /// A work order, without the rating that it is for (G9).
        public struct WorkOrder: Sendable, Hashable, Codable {
            /// The region's number.
            public var number: String
            /// Its state in the region's words.
            public var state: String
            /// Its deadline as the region writes it.
            public var deadline: String

            /// Takes what the region says.
            public init(number: String, state: String, deadline: String) {
                self.number = number
                self.state = state
                self.deadline = deadline
            }
        }

        /// An official rate, in the region's own figures.
        public struct Rate: Sendable, Hashable, Codable {
            /// Of what.
            public var scope: String
            /// Of which time.
            public var period: String
            /// The figure.
            public var value: String

            /// Takes what the region says.
            public init(scope: String, period: String, value: String) {
                self.scope = scope
                self.period = period
                self.value = value
            }
        }
    }
}
