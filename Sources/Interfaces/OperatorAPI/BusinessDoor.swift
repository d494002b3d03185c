// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// How the business system comes in by way of the web process: with a name and a key at every request.
///
/// The web process has no keys and takes nobody's word. It hands name and key on, and the core looks at them.
public protocol BusinessDoor: Sendable {
    /// What a caller may do, once its key was found right.
    ///
    /// Throws `business.not-served` where the site lets nobody in like this, `business.unknown-client` where no client of
    /// that name has that key, and `business.too-many-attempts` where wrong keys come too often from one address. What only
    /// hands on to the core lets everybody through here; the core refuses at the call then.
    func admit(_ caller: BusinessCaller) async throws(GatewayError) -> any BusinessOperations
}

/// Who asks by way of the web process.
public struct BusinessCaller: Sendable, Hashable, Codable {
    /// The client's name in the configuration.
    public var client: String
    /// Its key.
    public var key: String
    /// The address it asks from, as the web process knows it: wrong keys are counted by it.
    public var address: String?

    /// Takes the fields.
    public init(client: String, key: String, address: String? = nil) {
        self.client = client
        self.key = key
        self.address = address
    }
}
