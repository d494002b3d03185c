// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import OperatorAPI
import RatingModel

/// The code of a region on a printed sign.
enum RegionSign {
    /// What stands on the sign of a window, or of the hall: the imported code, else the template where it needs no case.
    static func text(for window: WindowID?, _ settings: PagesSettings) -> String? {
        if let text = settings.regionCodes?.text(for: window) { return text }
        guard case .regionTemplate(let template) = settings.codeSource else { return nil }
        return CodeTemplate(template).address(caseReference: nil, window: window)
    }

    /// What an address begins with, for citizens to compare: scheme and host; `nil` for what is no address.
    static func origin(of text: String) -> String? {
        guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else { return nil }
        let host = text.dropFirst(scheme.utf8.count).prefix { !"/?#".contains($0) }
        return host.isEmpty ? nil : String(text.prefix(scheme.utf8.count) + host)
    }
}

extension MintedSign {
    /// Adds who receives the ratings, in the site's words.
    func naming(_ receiver: PageText?) -> MintedSign {
        var sign = self
        sign.receiverChinese = receiver?.words[.chinese]
        sign.receiverEnglish = receiver?.words[.english]
        return sign
    }
}

extension GatewayError {
    static func noRegionCode(_ window: WindowID?) -> GatewayError {
        GatewayError(
            "code.no-region-code",
            LocalText(
                "the region's code for \(window.map { "window \($0)" } ?? "the hall") is not known",
                "没有上级平台为\(window.map { "窗口 \($0) " } ?? "本大厅")提供的二维码"),
            hint: LocalText(
                "import it with 'pages: {qr: {codes: FILE}}', or give --url for a sign of the hall's own page",
                "请用 'pages: {qr: {codes: 文件}}' 导入；如需本厅页面的标牌，请指定 --url"))
    }
}
