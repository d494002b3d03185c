// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Which record is asked about.
public struct WhyRequest: Sendable, Hashable, Codable {
    /// Its id.
    public var id: String

    /// Takes the id.
    public init(id: String) { self.id = id }
}

/// Everything the gateway knows of one record, from the wire to the region, without its level (G9).
public struct WhyReport: Sendable, Hashable, Codable {
    /// Its id.
    public var id: String
    /// What kind of record it is: `rating`, `conflict`, `verdict`, `decision`, `session`, `no-answer`, `flag`, `import`,
    /// `questionnaire`, `invitation`.
    public var kind: String
    /// Its commit.
    public var commit: Commit
    /// The press; only ratings and conflicts have one.
    public var press: Press?
    /// A response to a questionnaire; only these records have one.
    public var response: Response?
    /// What an invitation is about; only these records have it.
    public var invitation: Invitation?
    /// Where it is, for each uplink that is to deliver it.
    public var deliveries: [Delivery]
    /// What stands beside it: verdicts, decisions, presses that said something else.
    public var beside: [Beside]
    /// What the record says, where it is a decision or a verdict.
    public var statement: Beside?

    /// Where a record stands in the chain.
    public struct Commit: Sendable, Hashable, Codable {
        /// Its position.
        public var sequence: Int64
        /// When it was recorded, in milliseconds since the Unix epoch.
        public var atMilliseconds: Int64
        /// Whether the clock could be trusted then.
        public var isTimeTrusted: Bool
        /// The chain's head with it, in hexadecimal.
        public var head: String

        /// Takes the fields.
        public init(sequence: Int64, atMilliseconds: Int64, isTimeTrusted: Bool, head: String) {
            self.sequence = sequence
            self.atMilliseconds = atMilliseconds
            self.isTimeTrusted = isTimeTrusted
            self.head = head
        }
    }

    /// A press as it was captured, and what was true around it.
    public struct Press: Sendable, Hashable, Codable {
        /// The device.
        public var device: String
        /// The pad's log, in hexadecimal, and the press's place in it.
        public var log: String
        /// The place.
        public var number: UInt64
        /// The driver's name.
        public var driver: String
        /// The frame as it came, two hexadecimal digits a byte, `··` for a masked one.
        public var frame: String
        /// `rated`, `timed-out` or `cancelled`; which level was pressed is never said.
        public var outcome: String
        /// When the key was pressed, in milliseconds since the Unix epoch.
        public var pressedAtMilliseconds: Int64
        /// Whether the device proved itself: `unproven`, `proven` or `failed`.
        public var proof: String
        /// The pad's lifetime count at the press.
        public var lifetimeCount: UInt64?
        /// The window.
        public var window: String?
        /// The session's number.
        public var session: UInt32?
        /// The case as the region knows it: its number and the service's.
        public var caseReference: String?
        /// Marks that hold nothing up: `repeat`, `outside-hours`.
        public var marks: [String]
        /// How it came in (评价渠道): `terminal`, `tablet`, `qr`, `paper`, `pc`, `mobile`, `phone` or `sms`, whatever the code
        /// of it is in a region; `nil` from a gateway that does not say.
        public var channel: String?

        /// Takes the fields.
        public init(
            device: String, log: String, number: UInt64, driver: String, frame: String, outcome: String,
            pressedAtMilliseconds: Int64, proof: String, lifetimeCount: UInt64?, window: String?, session: UInt32?,
            caseReference: String?, marks: [String], channel: String? = nil
        ) {
            self.device = device
            self.log = log
            self.number = number
            self.driver = driver
            self.frame = frame
            self.outcome = outcome
            self.pressedAtMilliseconds = pressedAtMilliseconds
            self.proof = proof
            self.lifetimeCount = lifetimeCount
            self.window = window
            self.session = session
            self.caseReference = caseReference
            self.marks = marks
            self.channel = channel
        }
    }

    /// A response to a questionnaire, without what was answered: an answer may be a judgement as a level is (G9).
    public struct Response: Sendable, Hashable, Codable {
        /// The questionnaire's id.
        public var questionnaire: String
        /// Its version.
        public var version: UInt32
        /// How many questions were answered.
        public var answers: Int
        /// How it came in (评价渠道), in the words of ``Press/channel``.
        public var channel: String
        /// The language of the page (BCP 47).
        public var language: String
        /// When it was handed in, in milliseconds since the Unix epoch.
        public var answeredAtMilliseconds: Int64
        /// The window.
        public var window: String?
        /// The case as the region knows it.
        public var caseReference: String?

        /// Takes the fields.
        public init(
            questionnaire: String, version: UInt32, answers: Int, channel: String, language: String,
            answeredAtMilliseconds: Int64, window: String?, caseReference: String?
        ) {
            self.questionnaire = questionnaire
            self.version = version
            self.answers = answers
            self.channel = channel
            self.language = language
            self.answeredAtMilliseconds = answeredAtMilliseconds
            self.window = window
            self.caseReference = caseReference
        }
    }

    /// A question that nobody answered, for the region to invite whoever was asked.
    public struct Invitation: Sendable, Hashable, Codable {
        /// The case as the region knows it.
        public var caseReference: String
        /// The window.
        public var window: String
        /// The session's number.
        public var session: UInt32
        /// When the citizen was asked, in milliseconds since the Unix epoch.
        public var askedAtMilliseconds: Int64
        /// When the question ended, in milliseconds since the Unix epoch.
        public var endedAtMilliseconds: Int64

        /// Takes the fields.
        public init(
            caseReference: String, window: String, session: UInt32, askedAtMilliseconds: Int64,
            endedAtMilliseconds: Int64
        ) {
            self.caseReference = caseReference
            self.window = window
            self.session = session
            self.askedAtMilliseconds = askedAtMilliseconds
            self.endedAtMilliseconds = endedAtMilliseconds
        }
    }

    /// The way of a rating to one region.
    public struct Delivery: Sendable, Hashable, Codable {
        /// The uplink.
        public var uplink: String
        /// Where the rating is now.
        public var state: String
        /// Every move, from the journal.
        public var receipts: [Move]
        /// Exchanges that did not settle it, from the daemon's memory: since its start, and only the last ones.
        public var attempts: [Attempt]
        /// The sentence that goes to this region in the place of a reason that nobody gave: the system's text and not the
        /// citizen's. Only auditors are told, because only a 差评 has one (G9).
        public var systemText: String?

        /// A move into a state.
        public struct Move: Sendable, Hashable, Codable {
            /// When, in milliseconds since the Unix epoch.
            public var atMilliseconds: Int64
            /// Into which state.
            public var state: String
            /// Whether the region said that it had the rating already.
            public var wasDuplicate: Bool
            /// The region's words, without those that name a level; for what people decided, their words.
            public var answer: String

            /// Takes the fields.
            public init(atMilliseconds: Int64, state: String, wasDuplicate: Bool, answer: String) {
                self.atMilliseconds = atMilliseconds
                self.state = state
                self.wasDuplicate = wasDuplicate
                self.answer = answer
            }
        }

        /// An exchange with the region that left the rating where it was.
        public struct Attempt: Sendable, Hashable, Codable {
            /// When it ended, in milliseconds since the Unix epoch.
            public var atMilliseconds: Int64
            /// `unreachable`, `refused-whole`, `refused`, `put-off` or `unknown`.
            public var result: String
            /// How many ratings went with it.
            public var ratings: Int
            /// The code of the failure, where the exchange failed as a whole.
            public var code: String?
            /// The region's words, without those that name a level.
            public var answer: String?

            /// Takes the fields.
            public init(atMilliseconds: Int64, result: String, ratings: Int, code: String?, answer: String?) {
                self.atMilliseconds = atMilliseconds
                self.result = result
                self.ratings = ratings
                self.code = code
                self.answer = answer
            }
        }

        /// Takes the parts.
        public init(
            uplink: String, state: String, receipts: [Move], attempts: [Attempt], systemText: String? = nil
        ) {
            self.uplink = uplink
            self.state = state
            self.receipts = receipts
            self.attempts = attempts
            self.systemText = systemText
        }
    }

    /// A record that says something of another.
    public struct Beside: Sendable, Hashable, Codable {
        /// Its id.
        public var id: String
        /// When it was recorded, in milliseconds since the Unix epoch.
        public var atMilliseconds: Int64
        /// `decision`, `verdict`, `conflict`, `correction` for a press that took the place of this one, or `rating` for the
        /// rating of an invitation's case.
        public var kind: String
        /// The decision's kind, or the verdict's outcome in the region's words.
        public var what: String?
        /// Who decided, or the region's number of the review.
        public var who: String?
        /// The way a decision came, or the uplink of a verdict.
        public var way: String?
        /// How many ratings a decision moved.
        public var count: UInt64?

        /// Takes the fields.
        public init(
            id: String, atMilliseconds: Int64, kind: String, what: String? = nil, who: String? = nil,
            way: String? = nil, count: UInt64? = nil
        ) {
            self.id = id
            self.atMilliseconds = atMilliseconds
            self.kind = kind
            self.what = what
            self.who = who
            self.way = way
            self.count = count
        }
    }

    /// Takes the parts.
    public init(
        id: String, kind: String, commit: Commit, press: Press?, response: Response? = nil,
        invitation: Invitation? = nil, deliveries: [Delivery], beside: [Beside],
        statement: Beside? = nil
    ) {
        self.id = id
        self.kind = kind
        self.commit = commit
        self.press = press
        self.response = response
        self.invitation = invitation
        self.deliveries = deliveries
        self.beside = beside
        self.statement = statement
    }
}
