// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel OperatorAPI
// files: Sources/Control/ControlSocket/LineAssembler.swift Sources/Control/ControlSocket/ControlMessages.swift
// files: Sources/Control/ControlSocket/RequestAnswering.swift Sources/Control/ControlSocket/MethodTable.swift
// files: Sources/Control/ControlSocket/ControlClientKey.swift Sources/Control/ControlSocket/ControlLimits.swift
// longest: 512

import FoundationEssentials
import OperatorAPI
import RatingModel
import Synchronization

/// What clients send to the operator's socket and to the business system's: lines of JSON-RPC. The first byte says
/// which of the two, and where the stream is split; every line has one answer, and it is JSON on a line of its own.
func fuzz(_ input: [UInt8]) {
    let variant = input.first ?? 0
    let stream = input.dropFirst()
    var assembler = LineAssembler(limit: 256)
    let place = stream.startIndex + min(stream.count, Int(variant >> 1))
    var lines = assembler.append(stream[..<place]) + assembler.append(stream[place...])
    if let last = assembler.finish() { lines.append(last) }
    let service = Service()
    var answering = RequestAnswering(
        methods: variant & 1 == 0 ? .operating(service) : .business(service),
        clients: variant & 1 == 0
            ? nil : ControlClientKey(name: "queue", key: "0123456789abcdef").map { [$0] } ?? [],
        limits: ControlLimits(lineBytes: 4096))
    for line in lines {
        let reply = wait(for: line, &answering)
        precondition(reply.bytes.last == 0x0A && !reply.bytes.dropLast().contains(0x0A), "an answer of two lines")
        precondition(reply.bytes.count <= 4096 + 1, "an answer that is too long")
        let answer = try? JSONDecoder().decode(AnswerBody<Nothing>.self, from: Data(reply.bytes))
        precondition(answer != nil, "an answer that no client reads")
        if let error = answer?.error?.data { _ = error.gatewayError }
    }
}

/// Nothing that answers here ever waits, so the answer is there once the first step of the task has run.
private func wait(for line: LineAssembler.Line, _ answering: inout RequestAnswering) -> RequestAnswering.Reply {
    let outcome = Outcome()
    Task.immediate { [answering] in
        var answering = answering
        let reply = await answering.answer(line)
        outcome.value.withLock { $0 = (answering, reply.bytes, reply.endsConnection) }
    }
    guard let (after, bytes, ends) = outcome.value.withLock({ $0 }) else {
        preconditionFailure("an answer that never comes")
    }
    answering = after
    return RequestAnswering.Reply(bytes: bytes, endsConnection: ends)
}

private final class Outcome: Sendable {
    let value = Mutex<(RequestAnswering, [UInt8], Bool)?>(nil)
}

private struct Nothing: Decodable {}

/// A gateway that answers every request with what it was asked.
private struct Service: OperatorService, BusinessService {
    func status() async -> GatewayStatus {
        GatewayStatus(
            version: "0", hall: "", startedAtMilliseconds: 0, takenAtMilliseconds: 0, troubles: [],
            journal: .init(lastSequence: 0, chainHead: "", bytesOnDisk: 0), devices: [], uplinks: [])
    }
    func metrics() async -> String { "" }
    func reload() async throws(GatewayError) -> ReloadReport { throw .noDevice(at: "\u{2028}") }
    func openSession(_ request: SessionRequest) async throws(GatewayError) -> SessionTicket {
        SessionTicket(session: UInt32(request.window.utf8.count), promptedPads: request.timeoutSeconds ?? 0)
    }
    func version() async -> VersionAnswer { VersionAnswer(version: "0") }
    func prompt(_ request: PromptRequest) async throws(GatewayError) -> SessionTicket {
        SessionTicket(session: request.session, promptedPads: request.timeoutSeconds ?? 0)
    }
    func cancel(_ request: SessionName) async throws(GatewayError) -> SessionState { state(request) }
    func close(_ request: SessionName) async throws(GatewayError) -> SessionState { state(request) }
    func result(_ request: SessionName) async throws(GatewayError) -> SessionState { state(request) }
    func code(_ request: SessionCodeRequest) async throws(GatewayError) -> SessionCode {
        SessionCode(session: request.session, owner: .hall, text: request.form?.rawValue)
    }
    func pause(_ request: WindowName) async throws(GatewayError) -> WindowState {
        WindowState(window: request.window, isPaused: true)
    }
    func resume(_ request: WindowName) async throws(GatewayError) -> WindowState {
        WindowState(window: request.window, isPaused: false)
    }
    func callTicket(_ request: TicketCall) async throws(GatewayError) -> WindowState {
        WindowState(window: request.window, isPaused: false, ticket: request.ticket)
    }
    func confirm(_ request: ConfirmRequest) async throws(GatewayError) -> ConfirmReport {
        ConfirmReport(path: request.place)
    }
    func approve(_ request: ApproveRequest) async throws(GatewayError) -> ApproveReport {
        ApproveReport(released: request.device.utf8.count)
    }

    private func state(_ name: SessionName) -> SessionState { SessionState(session: name.session, result: .waiting) }
}
