// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import OperatorAPI
import RatingModel

/// How it stands with the region's own codes, for whoever looks after the hall.
struct RegionCodePicture: Sendable {
    /// How codes came that were asked for.
    let tally: RegionCodes.Tally
    /// Why the last question had no answer; `nil` where it had one.
    let trouble: GatewayError?
    /// Windows whose code was wanted and is not known; `nil` is the hall.
    let placesWithout: Set<WindowID?>
    /// Whether codes come as pictures.
    let drawsCodes: Bool

    /// Its figures.
    var shown: GatewayStatus.RegionCodes {
        GatewayStatus.RegionCodes(asked: tally.asked, given: tally.given, placesWithout: places)
    }

    /// What an operator should do something about.
    var troubles: [GatewayError] {
        var troubles: [GatewayError] = []
        if let silence = tally.silence { troubles.append(.regionGivesNoCode(silence, trouble)) }
        if !placesWithout.isEmpty { troubles.append(.codesNotImported(places)) }
        return troubles
    }

    /// What an operator should know: pads that were to show codes get none.
    func warnings(_ settings: PagesSettings) -> [GatewayError] {
        drawsCodes && settings.showsOnPads ? [.picturesNotOnPads] : []
    }

    /// The windows by their ids, the hall as an empty one before them.
    private var places: [String] { placesWithout.map { $0?.value ?? "" }.sorted() }
}

extension GatewayError {
    fileprivate static func regionGivesNoCode(_ silence: Duration, _ trouble: GatewayError?) -> GatewayError {
        let minutes = silence.components.seconds / 60
        return GatewayError(
            "code.region-silent",
            LocalText(
                "the region has given no code for \(minutes) min\(trouble.map { " (\($0.message.english))" } ?? "")",
                "上级平台已 \(minutes) 分钟未给出二维码\(trouble.map { "（\($0.message.chinese)）" } ?? "")"),
            cause: trouble?.cause,
            hint: trouble?.hint
                ?? LocalText("check the line to the region; pads go on meanwhile", "请检查到上级平台的线路；期间评价器不受影响"))
    }

    fileprivate static func codesNotImported(_ places: [String]) -> GatewayError {
        let english = places.map { $0.isEmpty ? "the hall" : "window \($0)" }.joined(separator: ", ")
        let chinese = places.map { $0.isEmpty ? "大厅" : "窗口 \($0)" }.joined(separator: "、")
        return GatewayError(
            "code.not-imported",
            LocalText(
                "the region's code is missing for \(english): screens ask without", "缺少\(chinese)的上级二维码：屏幕评价时无二维码"),
            hint: LocalText(
                "get it from the region and add it to the file of 'pages: {qr: {codes: FILE}}'",
                "请向上级平台索取，并写入 'pages: {qr: {codes: 文件}}' 所指的文件"))
    }

    fileprivate static let picturesNotOnPads = GatewayError(
        "code.pictures-not-on-pads",
        LocalText("the region's codes are pictures, which pads do not show", "上级平台的二维码为图片，评价器无法显示"),
        hint: LocalText(
            "screens show them; ask the region for addresses where pads are to as well",
            "屏幕可以显示；如需在评价器上显示，请上级平台改为给出网址"))
}
