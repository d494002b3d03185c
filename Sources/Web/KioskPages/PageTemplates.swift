// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The templates of all pages, read once.
struct PageTemplates: Sendable {
    private static let sources: [String: [UInt8]] = [
        "head": PackageResources.head_mustache, "foot": PackageResources.foot_mustache,
        "place": PackageResources.place_mustache, "ending": PackageResources.ending_mustache,
        "rate": PackageResources.rate_mustache, "refused": PackageResources.refused_mustache,
        "thanks": PackageResources.thanks_mustache, "receipt": PackageResources.receipt_mustache,
        "screen": PackageResources.screen_mustache, "kiosk": PackageResources.kiosk_mustache,
        "idle": PackageResources.idle_mustache, "terminal": PackageResources.terminal_mustache,
        "leave": PackageResources.leave_mustache,
        "clerk": PackageResources.clerk_mustache,
        "questions": PackageResources.questions_mustache, "words": PackageResources.words_mustache,
        "questionnaires": PackageResources.questionnaires_mustache,
        "office": PackageResources.office_mustache,
    ]

    private let templates: [String: Template]

    /// With a font, the head of every page offers it.
    init(font: PageFont? = nil) throws(Template.Fault) {
        var templates = ["font": try Template(name: "font", text: font == nil ? "" : PageFont.link)]
        for (name, source) in Self.sources {
            templates[name] = try Template(name: name, text: String(decoding: source, as: UTF8.self))
        }
        self.templates = templates
    }

    func render(_ name: String, _ model: some Sendable) -> String {
        templates[name]?.render(TemplateValue(model), templates) ?? ""
    }
}
