// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import HallAPI
public import RatingModel

/// What a source may have an address for: one rating under its number, and a way back that its configuration allows.
public struct CheckedAddress: Sendable, Hashable {
    /// The source's own number.
    public let number: String
    /// The window; `nil` for the hall as a whole.
    public let window: WindowID?
    /// The case; `nil` for none.
    public let caseReference: CaseReference?
    /// The address of the way back.
    public let back: String
    /// The page it stands for.
    public let page: SourcePage

    /// Checks what a source asks for.
    ///
    /// Throws `ingest.no-page` where the source has no page, and `ingest.invalid`.
    public init(
        _ request: AddressRequest, of source: IngestSource, for hall: HallDescription
    ) throws(GatewayError) {
        guard let page = source.page else { throw .noPageOfSource }
        number = try CheckedIngest.number(request.number)
        window = try CheckedIngest.window(request.window, of: source, in: hall)
        caseReference = try CheckedIngest.reference(request.project, request.service)
        guard page.allows(back: request.back) else {
            throw .invalidIngest(
                "back is no address of at most \(HallLimits.backBytes) bytes at an origin that is allowed",
                "back 不是允许的来源下不超过 \(HallLimits.backBytes) 字节的地址")
        }
        back = request.back
        self.page = page
    }
}

extension GatewayError {
    fileprivate static let noPageOfSource = GatewayError(
        "ingest.no-page", LocalText("this source has no page", "该来源未启用评价页面"),
        hint: LocalText(
            "add 'page' with 'back' to it under 'ingest.sources' of the gateway's configuration",
            "请在网关配置 ingest.sources 的该来源下添加 page 和 back"))
}
