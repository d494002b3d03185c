// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceSupervision
import FoundationEssentials
import Logging
import OperatorAPI
import RatingModel

extension GatewayOperator {
    func upload(_ request: UploadRequest) async throws(GatewayError) -> UploadReport {
        guard request.file.utf8.count == 64, let piece = Data(base64Encoded: request.data) else {
            throw .uploadBroken("a piece cannot be read")
        }
        let received = try uploads.take(
            Array(piece), of: request.file, size: request.size, at: request.offset, now: gateway.clock.now().monotonic)
        return UploadReport(received: received)
    }

    /// A pad that runs another firmware may behave otherwise, so it is logged who said so.
    func update(_ request: UpdateRequest) async throws(GatewayError) -> UpdateReport {
        let file = try uploads.file(request.file, now: gateway.clock.now().monotonic)
        let report = try await gateway.supervision.update(file.image, at: request.place)
        logger.notice(
            "a firmware update begins",
            metadata: [
                "user": "\(request.user)", "path": "\(report.path)", "device": "\(report.device)",
                "version": "\(report.version)",
            ])
        return report
    }

    func updateReport(at place: String) async throws(GatewayError) -> UpdateReport {
        try await gateway.supervision.updateReport(at: place)
    }

    func cancelUpdate(_ request: CancelUpdateRequest) async throws(GatewayError) -> UpdateReport {
        let report = try await gateway.supervision.cancelUpdate(at: request.place)
        logger.notice(
            "a firmware update is taken back", metadata: ["user": "\(request.user)", "path": "\(report.path)"])
        return report
    }
}
