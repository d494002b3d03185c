// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What the operator's socket offers: the closed list of methods, as the core implements it.
public protocol OperatorService: DeviceOperations, QueueOperations, ReconcileOperations, CodeOperations {
    /// `status`: the gateway now.
    func status() async -> GatewayStatus

    /// `metrics`: the same figures in Prometheus' text format.
    func metrics() async -> String

    /// `reload`: reads the configuration anew; answers what changed, or throws and keeps running the last accepted one.
    func reload() async throws(GatewayError) -> ReloadReport

    /// `reload` by a user who is named, as the client says.
    func reload(by user: String) async throws(GatewayError) -> ReloadReport

    /// `session.open`: opens a session at a window and prompts its pads; returns after the session is on disk.
    func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket
}

extension OperatorService {
    /// A service that keeps no record of decisions does not ask who it was.
    public func reload(by user: String) async throws(GatewayError) -> ReloadReport { try await reload() }
}

/// Who asks for a configuration to be read anew.
public struct ReloadRequest: Sendable, Hashable, Codable {
    /// Who asks, as the operator's computer knows them.
    public var user: String

    /// Takes the name.
    public init(user: String) { self.user = user }
}

/// What a reload did.
public struct ReloadReport: Sendable, Hashable, Codable {
    /// What was changed, in the operator's words, a line each.
    public var changes: [String]
    /// Changes that take effect only with a restart.
    public var needsRestart: [String]

    /// Takes the lines.
    public init(changes: [String], needsRestart: [String]) {
        self.changes = changes
        self.needsRestart = needsRestart
    }
}

/// A request to open a session at a window.
public struct SessionRequest: Sendable, Hashable, Codable {
    /// The window's name.
    public var window: String
    /// 办件编号; `nil` where the case is not known.
    public var projectNumber: String?
    /// 服务编号; `nil` where the case is not known.
    public var serviceNumber: String?
    /// Who serves.
    public var staff: String?
    /// Seconds until the prompt runs out, 5 to 600; `nil` for the configured time.
    public var timeoutSeconds: Int?
    /// The ticket of the queue that is served.
    public var ticket: String?
    /// Whose case it is, for pads that show it beside the question; it is kept in memory only.
    public var transactor: String?
    /// What it is about, for pads that show it beside the question; it is kept in memory only.
    public var item: String?

    /// Takes the fields.
    public init(
        window: String, projectNumber: String? = nil, serviceNumber: String? = nil, staff: String? = nil,
        timeoutSeconds: Int? = nil, ticket: String? = nil, transactor: String? = nil, item: String? = nil
    ) {
        self.window = window
        self.projectNumber = projectNumber
        self.serviceNumber = serviceNumber
        self.staff = staff
        self.timeoutSeconds = timeoutSeconds
        self.ticket = ticket
        self.transactor = transactor
        self.item = item
    }
}

/// An opened session.
public struct SessionTicket: Sendable, Hashable, Codable {
    /// The session's number, which the pads repeat with the press.
    public var session: UInt32
    /// How many connected pads were prompted.
    public var promptedPads: Int

    /// Takes the figures.
    public init(session: UInt32, promptedPads: Int) {
        self.session = session
        self.promptedPads = promptedPads
    }
}
