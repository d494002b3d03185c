// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// What the frames of a kind of pad look like and what they mean: everything that the driver knows of it.
///
/// It is a value that an operator writes down, because makers publish little. ``mistakes`` says where it contradicts
/// itself; a driver made of a description with mistakes finds fewer frames, and does no harm.
public struct FrameDescription: Sendable, Hashable {
    /// Longest frame that can come in, in bytes; what is kept of a line is never more.
    public static let mostBytes = 256
    /// Longest frame that is sent, in bytes: a region's code and what stands around it.
    public static let mostBytesSent = 1024

    /// What the kind of pad is called, such as `queue-bus`.
    public var name: String
    /// The bytes every frame begins with; `nil` stands for any byte.
    public var start: [UInt8?]
    /// How the end of a frame is known; `nil` where nothing that comes in means anything, as with a display that only
    /// takes orders.
    public var length: Length?
    /// The bytes every frame ends with.
    public var end: [UInt8]
    /// The checksum; `nil` without one.
    public var checksum: FrameChecksum?
    /// Where the address of the pad stands, on a line that several share.
    public var address: FramePlace?
    /// Which frames are presses; `nil` for a display without keys.
    public var press: Press?
    /// What the values of presses mean.
    public var keys: KeyMap
    /// Which frames are keys of staff; `nil` where the pad has none.
    public var staff: Staff?
    /// Which frames only say that the pad is there; `nil` where it sends none.
    public var alive: Alive?
    /// What the gateway can ask of the pad.
    public var commands: Commands
    /// How texts and codes are written in the frames that are sent.
    public var texts: FrameTexts
    /// After a silence of this length inside a frame its rest is not waited for.
    public var gap: Duration

    /// Describes frames; parts that a kind of pad does not have are left out.
    public init(
        name: String, start: [UInt8?], length: Length?, end: [UInt8] = [], checksum: FrameChecksum? = nil,
        address: FramePlace? = nil, press: Press?, keys: KeyMap, staff: Staff? = nil, alive: Alive? = nil,
        commands: Commands = Commands(), texts: FrameTexts = FrameTexts(), gap: Duration = .milliseconds(200)
    ) {
        self.name = name
        self.start = start
        self.length = length
        self.end = end
        self.checksum = checksum
        self.address = address
        self.press = press
        self.keys = keys
        self.staff = staff
        self.alive = alive
        self.commands = commands
        self.texts = texts
        self.gap = gap
    }

    /// How the end of a frame is known.
    public enum Length: Sendable, Hashable {
        /// Every frame has so many bytes.
        case fixed(Int)
        /// A byte of the frame says it.
        case byte(LengthByte)
        /// The end bytes say it; the whole frame has from `shortest` to `longest` bytes.
        case terminated(shortest: Int, longest: Int)
    }

    /// A byte that says how long the frame is.
    public struct LengthByte: Sendable, Hashable {
        /// Its offset from the first byte.
        public var at: Int
        /// The offset of its repetition, where it is sent twice.
        public var repeatedAt: Int?
        /// The bytes it counts.
        public var counted: FrameRange
        /// The values it can have.
        public var values: ClosedRange<Int>

        /// Describes a length byte.
        public init(at: Int, repeatedAt: Int? = nil, counted: FrameRange, values: ClosedRange<Int>) {
            self.at = at
            self.repeatedAt = repeatedAt
            self.counted = counted
            self.values = values
        }

        /// How many bytes a frame has beside those that are counted.
        public var overhead: Int { counted.from.offset - counted.to.offset - 1 }
    }

    /// Which frames are presses, and how they are answered.
    public struct Press: Sendable, Hashable {
        /// What tells them from other frames; nothing where every frame is one.
        public var when: [FrameCondition]
        /// Where the value of the key stands.
        public var value: FramePlace
        /// The value that says that nobody pressed a key in time.
        public var timedOut: UInt8?
        /// The same frame within this time, or while it is unanswered, is the same press sent again.
        public var repeatWindow: Duration
        /// What the pad is told once the press is on disk; `nil` where it is told nothing.
        public var acknowledgement: FrameTemplate?
        /// What the pad is told when the press could not be recorded.
        public var refusal: FrameTemplate?
        /// Whether the pad thanks without waiting for an answer.
        public var isThankedByPad: Bool

        /// Describes presses.
        public init(
            when: [FrameCondition] = [], value: FramePlace, timedOut: UInt8? = nil,
            repeatWindow: Duration = .seconds(2), acknowledgement: FrameTemplate? = nil, refusal: FrameTemplate? = nil,
            isThankedByPad: Bool = false
        ) {
            self.when = when
            self.value = value
            self.timedOut = timedOut
            self.repeatWindow = repeatWindow
            self.acknowledgement = acknowledgement
            self.refusal = refusal
            self.isThankedByPad = isThankedByPad
        }
    }

    /// Which frames are keys that staff press; they are acknowledged at once, because nothing is recorded.
    public struct Staff: Sendable, Hashable {
        /// A key and the frames that mean it.
        public struct Key: Sendable, Hashable {
            /// What tells its frames from those of other keys.
            public let when: [FrameCondition]
            /// The value of the key that has to be pressed before it, where it is the second of two.
            public let after: UInt8?
            /// The key.
            public let key: StaffKey

            /// Describes a key.
            public init(_ key: StaffKey, when: [FrameCondition], after: UInt8? = nil) {
                self.when = when
                self.after = after
                self.key = key
            }
        }

        /// How long the first of two keys waits for the second.
        public static let sequenceLife = Duration.seconds(10)

        /// What tells them from other frames; presses are looked for first.
        public var when: [FrameCondition]
        /// Where the code stands that a key without a rule is named by.
        public var value: FramePlace
        /// The keys, the first that fits counting.
        public var keys: [Key]
        /// The same frame within this time is the same key sent again; zero counts every frame.
        public var repeatWindow: Duration
        /// What the panel is told at once.
        public var acknowledgement: FrameTemplate?

        /// Describes the keys of staff.
        public init(
            when: [FrameCondition] = [], value: FramePlace, keys: [Key], repeatWindow: Duration = .zero,
            acknowledgement: FrameTemplate? = nil
        ) {
            self.when = when
            self.value = value
            self.keys = keys
            self.repeatWindow = repeatWindow
            self.acknowledgement = acknowledgement
        }
    }

    /// Frames that only say that the pad is there.
    public struct Alive: Sendable, Hashable {
        /// What tells them from other frames.
        public var when: [FrameCondition]
        /// What the pad is told at once.
        public var acknowledgement: FrameTemplate?

        /// Describes signs of life.
        public init(when: [FrameCondition], acknowledgement: FrameTemplate? = nil) {
            self.when = when
            self.acknowledgement = acknowledgement
        }
    }

    /// The frames for what the gateway can ask of the pad; what has none is not asked.
    public struct Commands: Sendable, Hashable {
        /// Asks the citizen for a rating.
        public var prompt: FrameTemplate?
        /// Takes the prompt back.
        public var cancel: FrameTemplate?
        /// Has the pad refuse presses.
        public var pause: FrameTemplate?
        /// Has the pad take presses again.
        public var resume: FrameTemplate?
        /// Beeps or blinks, so that a person finds the pad.
        public var identify: FrameTemplate?
        /// Shows how many wait and which ticket is served.
        public var waiting: FrameTemplate?
        /// Shows a text.
        public var text: FrameTemplate?
        /// Shows a QR code.
        public var qrCode: FrameTemplate?
        /// Shows nothing, or the display's own standby.
        public var standby: FrameTemplate?

        /// Begins with nothing that can be asked.
        public init() {}
    }
}

extension FrameDescription {
    /// The bytes of the shortest and the longest frame.
    public var lengths: (shortest: Int, longest: Int) {
        switch length {
        case .fixed(let count): (count, count)
        case .byte(let byte): (byte.values.lowerBound + byte.overhead, byte.values.upperBound + byte.overhead)
        case .terminated(let shortest, let longest): (shortest, longest)
        case nil: (0, 0)
        }
    }

    /// Whether a byte of a frame of so many is before its end bytes and no part of its checksum: in a short frame the
    /// place of a value can be theirs.
    func isBody(_ index: Int, in count: Int) -> Bool {
        guard index < count - end.count else { return false }
        guard let checksum, let place = checksum.place.index(in: count) else { return true }
        return !(place..<(place + checksum.kind.width)).contains(index)
    }

    /// What such a pad can do.
    public var capabilities: DeviceCapabilities {
        DeviceCapabilities(
            thanks: press?.isThankedByPad == true ? .bySelf : press?.acknowledgement == nil ? .none : .afterCommit,
            keepsLog: false, prompts: commands.prompt != nil,
            displays: commands.text != nil || commands.waiting != nil || commands.qrCode != nil,
            showsCodes: commands.qrCode != nil, levels: press == nil ? [] : keys.levels)
    }
}
