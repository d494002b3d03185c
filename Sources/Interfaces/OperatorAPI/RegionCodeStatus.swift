// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension GatewayStatus {
    /// How it stands with the region's own codes, which screens, pads and slips show.
    public struct RegionCodes: Sendable, Hashable, Codable {
        /// How often the region was asked for the code of a case, since the start.
        public var asked: Int
        /// How often it gave one.
        public var given: Int
        /// The windows whose code was wanted since the configuration was read and is not known, by their ids; the hall is
        /// the empty one.
        public var placesWithout: [String]

        /// Takes the figures.
        public init(asked: Int, given: Int, placesWithout: [String]) {
            self.asked = asked
            self.given = given
            self.placesWithout = placesWithout
        }
    }
}
