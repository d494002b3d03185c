// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// The national-style interface: batches of JSON, an answer that names each rating, and no further questions.
struct NationalCoding: RegionCoding {
    let limits: UplinkLimits
    private let encoding: NationalEncoding

    init(_ settings: RegionSettings, zone: HallZone) {
        limits = settings.limits
        encoding = NationalEncoding(
            profile: settings.profile, zone: zone, reasonlessBad: settings.reasonlessBad,
            reasonlessStatement: settings.reasonlessStatement)
    }

    func canState(_ rating: OutgoingRating) -> Bool { encoding.canState(rating) }

    func usesStatement(_ rating: OutgoingRating) -> Bool { encoding.usesStatement(rating) }

    func message(for rating: OutgoingRating) throws(GatewayError) -> [UInt8] {
        guard canState(rating) else { throw .notStatable }
        return encoding.body(of: [rating])
    }

    func outcomes(in message: [UInt8]) -> [RecordID: DeliveryOutcome]? {
        RegionAnswer(message)?.outcomes(profile: encoding.profile)
    }

    func call(handingOver batch: [OutgoingRating], access: RegionAccess) throws(GatewayError) -> RegionCall {
        var headers = [RegionHeader("content-type", "application/json"), RegionHeader("accept", "application/json")]
        if let token = access.token { headers.append(RegionHeader("authorization", "Bearer \(token)")) }
        return RegionCall(headers: headers, body: encoding.body(of: batch))
    }

    func report(_ reply: RegionReply, on batch: [OutgoingRating], at now: WallTime) -> DeliveryReport {
        AnswerMeaning(profile: encoding.profile).report(reply, on: batch, now: now)
    }

    func call(asking question: RegionQuestion, access: RegionAccess) throws(GatewayError) -> RegionCall? { nil }

    func token(in reply: RegionReply) throws(GatewayError) -> RegionToken { throw .unreadableRegionAnswer }

    func outcomes(in reply: RegionReply, of batch: [OutgoingRating]) throws(GatewayError) -> [DeliveryOutcome] {
        throw .unreadableRegionAnswer
    }

    func holdsCase(_ reply: RegionReply) throws(GatewayError) -> Bool { throw .unreadableRegionAnswer }

    func holdings(in reply: RegionReply) throws(GatewayError) -> RegionHoldings { throw .unreadableRegionAnswer }

    func notices(in reply: RegionReply) throws(GatewayError) -> RegionNotices { throw .unreadableRegionAnswer }
}

extension GatewayError {
    /// The region's interface has no words for a rating; the engine holds such ratings back before they come here.
    static let notStatable = GatewayError(
        "uplink.not-statable",
        LocalText("the region's interface has no words for this record", "上级接口无法表达此记录"),
        hint: LocalText("choose what becomes of such records in the region's profile", "请在上级配置中选择此类记录的处理方式"))
}
