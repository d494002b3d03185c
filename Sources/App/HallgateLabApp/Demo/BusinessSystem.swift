// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import OperatorAPI
import RatingModel

/// The hall's business system, as the gateway sees it: it opens sessions over a connection that it keeps.
actor BusinessSystem {
    private let client: ControlClient
    private var connection: ControlConnection?

    init(socket: String) { client = ControlClient(path: socket, timeout: .seconds(5)) }

    /// Opens a session, or says that the daemon is not there just now; the next call connects anew.
    func open(_ request: SessionRequest) async -> SessionTicket? {
        do {
            return try await connected().openSession(request)
        } catch {
            return nil
        }
    }

    /// The gateway now; `nil` where the daemon is not there.
    func status() async -> GatewayStatus? {
        do {
            return try await connected().status()
        } catch {
            return nil
        }
    }

    /// Closes the connection.
    func hangUp() async {
        await connection?.close()
        connection = nil
    }

    private func connected() async throws(GatewayError) -> ControlConnection {
        if let connection, connection.isOpen { return connection }
        let old = connection
        let fresh = try await client.connect()
        await old?.close()
        // Another caller may have connected meanwhile; one connection is enough.
        if let connection, connection !== old, connection.isOpen {
            await fresh.close()
            return connection
        }
        connection = fresh
        return fresh
    }
}
