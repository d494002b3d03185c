// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import HallAPI
public import RatingModel

/// A submission that holds what a page of the hall can send, and nothing else.
///
/// What is wrong with another is said without a word of what the citizen chose or wrote (G9).
public struct CheckedSubmission: Sendable, Hashable {
    /// The level.
    public let level: SatisfactionLevel
    /// The 16 bytes of the submission's UUID.
    public let number: [UInt8]
    /// What the citizen said beside the level; `nil` for nothing.
    public let personal: PersonalFields?
    /// How the rating came in.
    public let channel: RatingChannel

    /// Checks a submission against what the hall asks; throws `rating.invalid`.
    public init(_ submission: RatingSubmission, for hall: HallDescription) throws(GatewayError) {
        guard let number = RecordID(submission.submission) else { throw .invalidRating("submission is no UUID") }
        self.number = number.bytes
        level = submission.level.level
        channel =
            switch submission.place {
            // Whose terminal it is the code says; without that it is a phone's.
            case .phone, .terminal: .qrCode
            case .kiosk: .terminal
            }
        let said = SaidBeside(
            indicators: submission.indicators, text: submission.text, name: submission.name, mobile: submission.mobile)
        do throws(SubmissionFault) {
            personal = try SubmissionRules.personal(said, beside: submission.level, for: hall)
        } catch {
            throw .invalidRating(error.words.english)
        }
    }
}

extension GatewayError {
    /// What no page of the hall sends.
    public static func invalidRating(_ cause: String) -> GatewayError {
        GatewayError(
            "rating.invalid", LocalText("the rating cannot be taken as it is", "无法按原样提交此评价"), cause: cause,
            hint: LocalText("load the page anew and fill it in once more", "请刷新页面后重新填写"))
    }
}
