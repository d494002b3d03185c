// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A file that pages load, under an address that names its content, so that it may be kept for ever.
struct PageAsset: Sendable {
    let name: String
    let mediaType: String
    let bytes: [UInt8]
    /// FNV-1a of the bytes in hexadecimal: tells versions apart, and keeps nobody out.
    let hash: String

    init(_ name: String, _ mediaType: String, _ bytes: [UInt8]) {
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
        let value = bytes.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x0100_0000_01b3 }
        let digits = String(value, radix: 16)
        hash = String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Where it is found.
    var path: String { "/assets/\(hash)/\(name)" }
}

/// The files of all pages.
enum PageAssets {
    static let pagesCSS = PageAsset("pages.css", "text/css; charset=utf-8", PackageResources.pages_css)
    static let pagesJS = PageAsset("pages.js", "text/javascript; charset=utf-8", PackageResources.pages_js)
    static let screenCSS = PageAsset("screen.css", "text/css; charset=utf-8", PackageResources.screen_css)
    static let screenJS = PageAsset("screen.js", "text/javascript; charset=utf-8", PackageResources.screen_js)
    static let clerkCSS = PageAsset("clerk.css", "text/css; charset=utf-8", PackageResources.clerk_css)
    static let clerkJS = PageAsset("clerk.js", "text/javascript; charset=utf-8", PackageResources.clerk_js)

    static let kioskJS = PageAsset("kiosk.js", "text/javascript; charset=utf-8", PackageResources.kiosk_js)
    static let voiceJS = PageAsset("voice.js", "text/javascript; charset=utf-8", PackageResources.voice_js)
    static let idleJS = PageAsset("idle.js", "text/javascript; charset=utf-8", PackageResources.idle_js)

    static let questionsJS = PageAsset(
        "questions.js", "text/javascript; charset=utf-8", PackageResources.questions_js)

    static let officeCSS = PageAsset("office.css", "text/css; charset=utf-8", PackageResources.office_css)
    static let officeJS = PageAsset("office.js", "text/javascript; charset=utf-8", PackageResources.office_js)

    static let icon = PageAsset("icon.svg", "image/svg+xml", PackageResources.icon_svg)

    static let all = [
        icon, pagesCSS, pagesJS, screenCSS, screenJS, kioskJS, idleJS, voiceJS,
        clerkCSS, clerkJS, questionsJS, officeCSS, officeJS,
    ]

    /// Changes whenever a screen that has been open for long should load itself anew.
    static let version = all.map(\.hash).joined()
}
