// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A wish for the code of a session, to be printed on the slip that its citizen takes along.
public struct SessionCodeRequest: Sendable, Hashable, Codable {
    /// What a picture of the code is wanted as.
    public enum Form: String, Sendable, Hashable, Codable, CaseIterable {
        /// None: the printer draws the code from its text.
        case text
        /// Portable Network Graphics, four pixels a module.
        case png
        /// Scalable Vector Graphics.
        case svg
    }

    /// The number that `session.open` answered.
    public var session: UInt32
    /// What is wanted; `nil` for the text alone.
    public var form: Form?

    /// Takes the fields.
    public init(session: UInt32, form: Form? = nil) {
        self.session = session
        self.form = form
    }
}

/// The code of a session, for print. It says nothing of a rating, and none has to have been given.
public struct SessionCode: Sendable, Hashable, Codable {
    /// Whose page a code leads to.
    public enum Owner: String, Sendable, Hashable, Codable {
        /// The hall's own, which this gateway answers.
        case hall
        /// The region's, which is printed as it is.
        case region
    }

    /// A picture of a code.
    public struct Picture: Sendable, Hashable, Codable {
        /// Its media type: `image/png`, `image/svg+xml`, or `image/jpeg` where the region gave that.
        public var mediaType: String
        /// The picture in Base64.
        public var base64: String

        /// Takes the fields.
        public init(mediaType: String, base64: String) {
            self.mediaType = mediaType
            self.base64 = base64
        }
    }

    /// The session's number.
    public var session: UInt32
    /// Whose page it leads to.
    public var owner: Owner
    /// What the code says; `nil` where the region gave a picture alone.
    public var text: String?
    /// The picture that was asked for, or that the region gave in place of a text.
    public var picture: Picture?
    /// Seconds for which it counts from now; `nil` where the region decides.
    public var expiresInSeconds: Int?

    /// Takes the fields.
    public init(
        session: UInt32, owner: Owner, text: String?, picture: Picture? = nil, expiresInSeconds: Int? = nil
    ) {
        self.session = session
        self.owner = owner
        self.text = text
        self.picture = picture
        self.expiresInSeconds = expiresInSeconds
    }
}
