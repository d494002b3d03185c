// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// How patient a forwarder is. What the region takes at once stands in the uplink's limits instead.
public struct DeliveryPolicy: Sendable, Hashable {
    /// The first wait after a failure; it doubles with each further one.
    public var firstBackOff: Duration
    /// The longest wait after a failure.
    public var mostBackOff: Duration
    /// The longest wait a region can ask for; more is cut down to this, because a wrong header must not stop a hall.
    public var mostRetryAfter: Duration
    /// Refusals in a row, without an acceptance, that are an outage (G7).
    public var refusalsToOutage: Int
    /// Exchanges in a row that failed, that are an outage.
    public var failuresToOutage: Int
    /// How often a rating that stands alone must be refused to be parked, where the answer does not name it.
    public var unnamedRefusalsToPark: Int
    /// What becomes of a rating of which no answer speaks.
    public var onUnknown: OnUnknown
    /// How often an idle uplink is asked whether it would answer; `nil` for never.
    public var probeInterval: Duration?
    /// How often in a row no answer must speak of a rating before later ones of its device overtake it.
    public var unspokenToOvertake: Int
    /// How long an outage must have lasted for ``mostSpread`` to count: then every hall of the region comes back at once.
    public var spreadAfter: Duration
    /// The longest time after such an outage for which a hall sends single ratings; each hall takes a random share of it.
    public var mostSpread: Duration
    /// Least time between two ratings meanwhile.
    public var spreadInterval: Duration
    /// How long an exchange may go on after ``RatingForwarder/stop()``.
    public var drainLimit: Duration

    /// What to do when it is not known whether a rating arrived.
    public enum OnUnknown: String, Sendable, Hashable {
        /// Send it again under the same id. An uplink that asks the region first does so by itself, before it says that
        /// it does not know.
        case resend
        /// Leave it to an operator.
        case hold
    }

    /// Takes the figures; the defaults suit a region over the government network.
    public init(
        firstBackOff: Duration = .milliseconds(500), mostBackOff: Duration = .seconds(60),
        mostRetryAfter: Duration = .seconds(900), refusalsToOutage: Int = 20, failuresToOutage: Int = 5,
        unnamedRefusalsToPark: Int = 4, onUnknown: OnUnknown = .resend, probeInterval: Duration? = nil,
        unspokenToOvertake: Int = 3, spreadAfter: Duration = .seconds(600), mostSpread: Duration = .seconds(60),
        spreadInterval: Duration = .seconds(1), drainLimit: Duration = .seconds(5)
    ) {
        self.firstBackOff = firstBackOff
        self.mostBackOff = mostBackOff
        self.mostRetryAfter = mostRetryAfter
        self.refusalsToOutage = max(1, refusalsToOutage)
        self.failuresToOutage = max(1, failuresToOutage)
        self.unnamedRefusalsToPark = max(1, unnamedRefusalsToPark)
        self.onUnknown = onUnknown
        self.probeInterval = probeInterval
        self.unspokenToOvertake = max(1, unspokenToOvertake)
        self.spreadAfter = spreadAfter
        self.mostSpread = max(.zero, mostSpread)
        self.spreadInterval = spreadInterval
        self.drainLimit = drainLimit
    }
}
