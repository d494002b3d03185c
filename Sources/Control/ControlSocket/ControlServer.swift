// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import HallAPI
public import Logging
import NIOCore
import NIOPosix
public import OperatorAPI
public import RatingModel

/// A control socket: JSON-RPC 2.0 over a Unix socket, one message a line, a closed list of methods.
///
/// There is a socket for each role, and the socket a connection arrives on is its role: it says which methods there are.
/// The requests of a client are carried out one after the other and those of different clients at once. A client that
/// sends nonsense is told so; one that does not take its answers holds up nobody else and is hung up on in time.
public struct ControlServer: Sendable {
    private let path: String
    private let limits: ControlLimits
    private let methods: MethodTable
    private let clients: [ControlClientKey]?
    private let group: String?
    /// The listening socket that was handed over, where one was.
    private var adopted: Int32?
    private let web: (any WebService)?
    private let hall: (any HallService)?
    private let roles: WebRoles
    private var questionnaires: (any QuestionnaireService)?
    private var ingest: (any IngestService)?
    private let logger: Logger

    /// The operator's socket: names its path, absolute and at most 107 bytes, and who carries requests out.
    public init(path: String, limits: ControlLimits = ControlLimits(), service: any OperatorService, logger: Logger) {
        self.path = path
        self.limits = limits
        self.logger = logger
        methods = .operating(service)
        clients = nil
        group = nil
        web = nil
        hall = nil
        roles = WebRoles()
    }

    /// The business system's socket: only these clients are served, once they have shown their keys, and only members
    /// of `group` can connect, where one is named.
    public init(
        path: String, limits: ControlLimits = ControlLimits(), business: any BusinessService,
        clients: [ControlClientKey], group: String? = nil, logger: Logger
    ) {
        self.path = path
        self.limits = limits
        self.logger = logger
        methods = .business(business)
        self.clients = clients
        self.group = group
        web = nil
        hall = nil
        roles = WebRoles()
    }

    /// The auditor's socket: only members of `group` can connect, where one is named.
    public init(
        path: String, limits: ControlLimits = ControlLimits(), auditor: any AuditorService, group: String? = nil,
        logger: Logger
    ) {
        self.path = path
        self.limits = limits
        self.group = group
        self.logger = logger
        methods = .auditing(auditor)
        clients = nil
        web = nil
        hall = nil
        roles = WebRoles()
    }

    /// The web process's socket: only members of `group` can connect, where one is named, and what they carry are pads
    /// that are let in by keys of their own, and what pages, kiosks and phones ask, where `hall` answers them, with those
    /// who come by the same way with keys of their own, and the questionnaires there are.
    public init(
        path: String, limits: ControlLimits = .web, web: any WebService, hall: (any HallService)? = nil,
        roles: WebRoles = WebRoles(), questionnaires: (any QuestionnaireService)? = nil, group: String? = nil,
        logger: Logger
    ) {
        self.path = path
        self.limits = limits
        self.logger = logger
        methods = MethodTable([])
        clients = nil
        self.group = group
        self.web = web
        self.hall = hall
        self.roles = roles
        self.questionnaires = questionnaires
    }

    /// The same server on a listening socket that the service manager made and handed over; it neither makes nor
    /// changes nor removes a file then. ``run(whenListening:)`` takes the descriptor and closes it.
    public func adopting(_ descriptor: Int32?) -> ControlServer {
        var server = self
        server.adopted = descriptor
        return server
    }

    /// The same server of the web process's socket, which also takes ratings of ingest sources.
    public func ingesting(_ service: any IngestService) -> ControlServer {
        var server = self
        server.ingest = service
        return server
    }

    /// Listens and serves until the task is cancelled; then it hangs up on everyone and removes the socket file.
    ///
    /// `ready` is called once clients can connect. Throws where the socket cannot be made: another daemon serves it
    /// (`control.already-running`), something else is at the path, or the directory is missing or closed.
    public func run(whenListening ready: @Sendable () async -> Void = {}) async throws(GatewayError) {
        let socket =
            if let adopted { ListeningSocket.adopted(adopted, at: path) } else {
                try ListeningSocket.open(path: path, group: group)
            }
        let (arrivals, arrived) = AsyncStream.makeStream(of: ControlArrival.self)
        let clients = ClientRegistry(limit: limits.connections)
        let listener: any Channel
        do {
            listener = try await listen(on: socket.descriptor, clients: clients, arrived: arrived)
        } catch {
            socket.remove()
            throw ControlErrors.notServing(path, cause: "\(error)")
        }
        logger.info("Listening for requests", metadata: ["socket": "\(path)"])
        await ready()
        await withTaskCancellationHandler {
            await serve(arrivals)
        } onCancel: {
            listener.close(promise: nil)
            clients.hangUp()
        }
        try? await listener.close()
        clients.hangUp()
        socket.remove()
        if !Task.isCancelled { throw ControlErrors.notServing(path, cause: "the listener closed") }
    }

    private func listen(
        on descriptor: Int32, clients: ClientRegistry, arrived: AsyncStream<ControlArrival>.Continuation
    ) async throws -> any Channel {
        let limits = limits
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard clients.admit(channel) else { throw TooManyClients() }
                    let (lines, continuation) = AsyncStream.makeStream(of: [LineAssembler.Line].self)
                    try channel.pipeline.syncOperations.addHandlers(
                        IdleStateHandler(allTimeout: TimeAmount(limits.idle)),
                        RequestLineHandler(limit: limits.lineBytes, lines: continuation))
                    arrived.yield(ControlArrival(channel: channel, lines: lines))
                }
            }
            .withBoundSocket(descriptor).get()
        listener.closeFuture.whenComplete { _ in arrived.finish() }
        return listener
    }

    private func serve(_ arrivals: AsyncStream<ControlArrival>) async {
        let answering = RequestAnswering(methods: methods, clients: self.clients, limits: limits)
        await withDiscardingTaskGroup { group in
            for await client in arrivals {
                guard let web else {
                    group.addTask { await client.serve(with: answering) }
                    continue
                }
                let conversation = WebConversation(
                    client: client, service: web, hall: hall, roles: roles, questionnaires: questionnaires,
                    ingest: ingest, limits: limits)
                group.addTask { await conversation.serve() }
            }
        }
    }
}

/// A client that was let in.
struct ControlArrival: Sendable {
    let channel: any Channel
    /// What it sends: the lines of one read after the other, the next being read once these are answered.
    let lines: AsyncStream<[LineAssembler.Line]>

    /// Answers lines in order until the client goes, then hangs up.
    func serve(with answering: RequestAnswering) async {
        var answering = answering
        serving: for await batch in lines {
            for line in batch {
                let reply = await answering.answer(line)
                do {
                    try await channel.writeAndFlush(ByteBuffer(bytes: reply.bytes))
                } catch {
                    break serving
                }
                if reply.endsConnection { break serving }
            }
            channel.read()
        }
        try? await channel.close()
    }
}

/// Closes a connection that is one too many.
private struct TooManyClients: Error {}
