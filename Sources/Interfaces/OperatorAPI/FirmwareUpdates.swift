// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A piece of a firmware file on its way to the daemon, which runs where it can read no operator's files.
public struct UploadRequest: Sendable, Hashable, Codable {
    /// Most bytes of a piece before it is written in base 64.
    public static let mostBytes = 192 * 1024

    /// SHA-256 of the whole file in hexadecimal: its name from here on.
    public var file: String
    /// Bytes of the whole file.
    public var size: Int
    /// Where the piece begins: how many bytes are there already, by the last answer.
    public var offset: Int
    /// The piece in base 64.
    public var data: String

    /// Takes the fields.
    public init(file: String, size: Int, offset: Int, data: String) {
        self.file = file
        self.size = size
        self.offset = offset
        self.data = data
    }
}

/// How much of a file is there.
public struct UploadReport: Sendable, Hashable, Codable {
    /// Bytes from the beginning.
    public var received: Int

    /// Takes the figure.
    public init(received: Int) { self.received = received }
}

/// Which device is to run which firmware, and who says so.
public struct UpdateRequest: Sendable, Hashable, Codable {
    /// A window, a line's path or a device's name; it must stand for one device.
    public var place: String
    /// The uploaded file's name.
    public var file: String
    /// Who asks, as the operator's computer knows them.
    public var user: String

    /// Takes the words.
    public init(place: String, file: String, user: String) {
        self.place = place
        self.file = file
        self.user = user
    }
}

/// Which update is taken back, and who says so.
public struct CancelUpdateRequest: Sendable, Hashable, Codable {
    /// A window, a line's path or a device's name.
    public var place: String
    /// Who asks, as the operator's computer knows them.
    public var user: String

    /// Takes the words.
    public init(place: String, user: String) {
        self.place = place
        self.user = user
    }
}

/// How a firmware update stands.
public struct UpdateReport: Sendable, Hashable, Codable {
    /// What an update can come to.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// The device is not there; the update goes on by itself when it is back.
        case waiting
        /// The device was told of the image and has not answered yet.
        case offered
        /// The image is on its way.
        case receiving
        /// All is there, and the device holds it for true.
        case verified
        /// The device restarts.
        case restarting
        /// The device said hello with the new version.
        case installed
        /// The device came back with another version: its boot code does not trust the new one.
        case wentBack
        /// It came to nothing, for the reason in `refusal`.
        case refused
        /// It was taken back.
        case cancelled
    }

    /// The line, by its path in the configuration.
    public var path: String
    /// The device's name.
    public var device: String
    /// The version of the image.
    public var version: String
    /// The version that the device said last it runs.
    public var runs: String
    /// How it stands.
    public var state: State
    /// How many bytes of the image are in the device's memory.
    public var received: Int
    /// Bytes of the image.
    public var size: Int
    /// Where it last went on after the device had been away, or had a part from before; `nil` where it began at 0.
    public var resumedAt: Int?
    /// Why it came to nothing: a word of ``GatewayError/notUpdated(_:)``.
    public var refusal: String?

    /// Takes the fields.
    public init(
        path: String, device: String, version: String, runs: String, state: State, received: Int, size: Int,
        resumedAt: Int? = nil, refusal: String? = nil
    ) {
        self.path = path
        self.device = device
        self.version = version
        self.runs = runs
        self.state = state
        self.received = received
        self.size = size
        self.resumedAt = resumedAt
        self.refusal = refusal
    }

    /// Whether nothing more comes of it.
    public var isOver: Bool { [.installed, .wentBack, .refused, .cancelled].contains(state) }
}
