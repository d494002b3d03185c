// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import OperatorAPI
import QRCode
import RatingModel

/// An A4 sheet with one code, drawn once as SVG in millimetres; the PDF is a page around the same drawing.
///
/// Hall and window stand large above the code, so that a sticker that was swapped is noticed. The symbol is 120 mm wide:
/// with modules of 2.5 mm or more a phone reads it from two metres.
struct SignSheet {
    /// Width of the symbol without its quiet zone, in millimetres.
    static let symbolMillimetres = 120.0

    private static let width = 210.0
    private static let height = 297.0
    private static let margin = 15.0

    let sign: MintedSign
    let matrix: QRMatrix

    /// Encodes the sign's address.
    init(_ sign: MintedSign) throws(GatewayError) {
        self.sign = sign
        matrix = try QRMatrix(text: sign.address, correction: .medium)
    }

    /// Width of a module, in millimetres.
    var moduleMillimetres: Double { Self.symbolMillimetres / Double(matrix.size) }

    /// The same with one decimal, cut off rather than rounded up.
    var moduleText: String {
        let tenths = Int(moduleMillimetres * 10)
        return "\(tenths / 10).\(tenths % 10)"
    }

    // MARK: The drawing

    /// The sheet as an SVG image of its own.
    var svg: String {
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210mm\" height=\"297mm\" viewBox=\"0 0 210 297\" role=\"img\" "
            + "lang=\"zh-Hans\" font-family=\"'Noto Sans CJK SC','Source Han Sans SC','Noto Sans',sans-serif\" "
            + "fill=\"#111\"><title>\(XMLText.escaped(title))</title>"
            + "<path fill=\"#fff\" d=\"M0 0h210v297H0z\"/>" + heading + placeBand + symbol + sentences + "</svg>"
    }

    /// A page of exactly this sheet, for a printer of HTML.
    var html: String {
        "<!DOCTYPE html><html lang=\"zh-Hans\"><head><meta charset=\"utf-8\"><title>\(XMLText.escaped(title))</title>"
            + "<style>@page{size:210mm 297mm;margin:0}html,body{margin:0}svg{display:block}</style></head><body>\(svg)"
            + "</body></html>"
    }

    private var title: String {
        ([sign.hall, sign.window, sign.windowName].compactMap { $0 } + ["评价二维码 Rating code"])
            .filter { !$0.isEmpty }.joined(separator: " ")
    }

    private var heading: String {
        var sheet = SheetText(centre: Self.width / 2, width: Self.width - 2 * Self.margin)
        sheet.baseline = 15
        if !sign.hall.isEmpty { sheet.add(sign.hall, size: 11, isBold: true, mostLines: 2) }
        sheet.space(3)
        sheet.add("请扫码评价本次服务", size: 10, isBold: true, color: "#123f6d")
        sheet.add("Scan to rate the service you received", size: 5.5, color: "#123f6d")
        return sheet.svg
    }

    /// The window, or that it is the hall's, in white on a dark band.
    private var placeBand: String {
        let name = sign.windowName.flatMap { $0 == sign.window ? nil : $0 }
        let chinese = sign.window.map { [$0, name].compactMap { $0 }.joined(separator: "  ") } ?? "大厅"
        let english = sign.window.map { "Window \($0)" } ?? "This hall"
        var sheet = SheetText(centre: Self.width / 2, width: Self.width - 2 * Self.margin - 10)
        sheet.baseline = 66
        sheet.add(chinese, size: 17, isBold: true, color: "#fff")
        sheet.baseline = 86
        sheet.add(sign.window == nil ? english : "窗口 · \(english)", size: 5.5, color: "#fff")
        return "<rect x=\"15\" y=\"64\" width=\"180\" height=\"31\" rx=\"3\" fill=\"#123f6d\"/>" + sheet.svg
    }

    private var symbol: String {
        let left = (Self.width - Self.symbolMillimetres) / 2
        return "<g transform=\"translate(\(left) 107) scale(\(moduleMillimetres))\" fill=\"#000\">"
            + "<path shape-rendering=\"crispEdges\" d=\"\(matrix.path())\"/></g>"
    }

    private var sentences: String {
        let place = sign.window.map { ("本大厅和 \($0) 窗口", "this hall and window \($0)") } ?? ("本大厅", "this hall")
        let receiver = sign.receiverChinese ?? "上级政务服务“好差评”系统"
        let receiverEnglish = sign.receiverEnglish ?? "the region's service rating system"
        var sheet = SheetText(centre: Self.width / 2, width: Self.width - 2 * Self.margin)
        sheet.baseline = 238
        sheet.add("评价自愿，由\(receiver)接收，窗口看不到您的选择。", size: 5.6, isBold: true, mostLines: 2)
        sheet.add(
            "Rating is voluntary. It goes to \(receiverEnglish); the window cannot see what you choose.", size: 4,
            mostLines: 2)
        sheet.space(2)
        let check = advice(place)
        sheet.add(check.chinese, size: 4.8, mostLines: 2)
        sheet.add(check.english, size: 4, mostLines: 2)
        sheet.baseline = Self.height - 12
        let number = sign.sign.map { "标牌编号 No. \($0.number)　·　" } ?? ""
        sheet.add(
            number + "模块 module \(moduleText) mm　·　请按 100 % 打印 print at 100 %", size: 3.2, color: "#555")
        return sheet.svg
    }

    /// What to compare after scanning. A page of the region's need not name the window, and is said to be the region's.
    private func advice(_ place: (String, String)) -> LocalText {
        guard sign.sign == nil else {
            let start = sign.publicURL ?? ""
            return LocalText(
                "Check after scanning: the address begins with \(start)/ and the page names \(place.1). If not, do "
                    + "not rate, and tell the hall's staff.",
                "扫码后请核对：网址以 \(start)/ 开头，页面显示\(place.0)；不符请勿评价，并告知大厅工作人员。")
        }
        guard let start = sign.publicURL else {
            return LocalText(
                "The code opens the region's own page, not the hall's. If anything else opens, do not rate, and tell the "
                    + "hall's staff.", "扫码后打开的是上级平台的评价页面，不是本大厅的页面；不符请勿评价，并告知大厅工作人员。")
        }
        return LocalText(
            "The code opens the region's own page: the address begins with \(start). If not, do not rate, and tell the "
                + "hall's staff.", "扫码后打开的是上级平台的评价页面，网址以 \(start) 开头；不符请勿评价，并告知大厅工作人员。")
    }
}
