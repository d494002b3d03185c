// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension GatewayStatus {
    /// Something an operator should do something about.
    public struct Trouble: Sendable, Hashable, Codable {
        /// A stable word, such as `uplink.outage`.
        public var code: String
        /// What is wrong, English and 简体中文.
        public var message: String
        /// The same in 简体中文.
        public var messageChinese: String
        /// What to do, English.
        public var hint: String
        /// The same in 简体中文.
        public var hintChinese: String

        /// Takes the words.
        public init(code: String, message: String, messageChinese: String, hint: String, hintChinese: String) {
            self.code = code
            self.message = message
            self.messageChinese = messageChinese
            self.hint = hint
            self.hintChinese = hintChinese
        }
    }

    /// The journal in a few figures.
    public struct Journal: Sendable, Hashable, Codable {
        /// The newest record's position.
        public var lastSequence: Int64
        /// The chain's head, with its algorithm.
        public var chainHead: String
        /// Size on disk in bytes.
        public var bytesOnDisk: Int64

        /// Takes the figures.
        public init(lastSequence: Int64, chainHead: String, bytesOnDisk: Int64) {
            self.lastSequence = lastSequence
            self.chainHead = chainHead
            self.bytesOnDisk = bytesOnDisk
        }
    }

    /// What an auditor may want to look at, counted; no figure tells a level or a key, and what follows from which keys
    /// were pressed is counted when its day is over (G9).
    public struct WindowFlags: Sendable, Hashable, Codable {
        /// The window's id; `nil` for devices that stand at none.
        public var window: String?
        /// How often, by cause.
        public var counts: [String: Int64]

        /// Takes the figures.
        public init(window: String?, counts: [String: Int64]) {
            self.window = window
            self.counts = counts
        }
    }

    /// A configured line and what is on it.
    public struct Device: Sendable, Hashable, Codable {
        /// What the line is doing.
        public enum State: String, Sendable, Hashable, Codable {
            /// There is nothing at the path, or it cannot be opened.
            case absent
            /// The line is open and the device has not said who it is.
            case greeting
            /// The device is known and answers.
            case ready
            /// The device was known and does not answer.
            case silent
            /// The line is open and nothing was heard for longer than a device that is well is quiet.
            case stale
        }

        /// The path in the configuration.
        public var path: String
        /// The driver's name.
        public var driver: String
        /// The window it stands at.
        public var window: String?
        /// What the line is doing.
        public var state: State
        /// The device's name, once it said it.
        public var device: String?
        /// Maker, model and firmware in the device's words.
        public var model: String?
        /// Presses recorded since the daemon started.
        public var recorded: Int64
        /// Presses refused since the daemon started.
        public var refused: Int64
        /// Bytes passed over and frames found wrong since the daemon started.
        public var badFrames: Int64
        /// How often the line was opened since the daemon started.
        public var connections: Int64
        /// Why it is absent, or what it last complained of, in English.
        public var detail: String?
        /// The same in 简体中文.
        public var detailChinese: String?
        /// The device's places: several on a shared line.
        public var places: [Place]
        /// What it can do.
        public var abilities: Abilities
        /// How it is.
        public var health: Health

        /// Takes the figures.
        public init(
            path: String, driver: String, window: String?, state: State, device: String?, model: String?,
            recorded: Int64, refused: Int64, badFrames: Int64, connections: Int64, detail: String?,
            detailChinese: String? = nil, places: [Place]? = nil, abilities: Abilities = Abilities(),
            health: Health = Health()
        ) {
            self.path = path
            self.driver = driver
            self.window = window
            self.state = state
            self.device = device
            self.model = model
            self.recorded = recorded
            self.refused = refused
            self.badFrames = badFrames
            self.connections = connections
            self.detail = detail
            self.detailChinese = detailChinese
            self.places = places ?? [Place(window: window)]
            self.abilities = abilities
            self.health = health
        }
    }

    /// An uplink: where its ratings are (G2), and whether the line works.
    public struct Uplink: Sendable, Hashable, Codable {
        /// What the line is doing.
        public enum State: String, Sendable, Hashable, Codable {
            /// Nothing to deliver.
            case idle
            /// Delivering.
            case delivering
            /// Waiting after a failure.
            case backingOff
            /// Failing for long enough that only trials are sent.
            case outage
        }

        /// The name in the configuration.
        public var name: String
        /// What the line is doing.
        public var state: State
        /// Ratings ever handed to this uplink.
        public var recorded: Int64
        /// Held, by reason.
        public var held: [String: Int64]
        /// Waiting for their turn.
        public var pending: Int64
        /// Being delivered now.
        public var inFlight: Int64
        /// Sent, without an answer.
        public var unknown: Int64
        /// With the region.
        public var delivered: Int64
        /// Refused for good.
        public var parked: Int64
        /// Set aside by two people.
        public var setAside: Int64
        /// Whether the sum of the states equals `recorded`.
        public var isConserved: Bool
        /// Seconds since the region last took a rating or answered a probe; `nil` since the start.
        public var secondsSinceAnswer: Double?
        /// What went wrong last, while it has not gone right since.
        public var lastFailure: String?
        /// The name of its region profile, where that was never checked against the region's own interface.
        public var unverifiedProfile: String?

        /// Takes the figures.
        public init(
            name: String, state: State, recorded: Int64, held: [String: Int64], pending: Int64, inFlight: Int64,
            unknown: Int64, delivered: Int64, parked: Int64, setAside: Int64, isConserved: Bool,
            secondsSinceAnswer: Double?, lastFailure: String?
        ) {
            self.name = name
            self.state = state
            self.recorded = recorded
            self.held = held
            self.pending = pending
            self.inFlight = inFlight
            self.unknown = unknown
            self.delivered = delivered
            self.parked = parked
            self.setAside = setAside
            self.isConserved = isConserved
            self.secondsSinceAnswer = secondsSinceAnswer
            self.lastFailure = lastFailure
        }
    }
}
