// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HallAPI
import Hummingbird
import RatingModel
import ServiceLifecycle

extension KioskPages {
    /// The page of a kiosk screen. It holds nothing of a window: that comes over the stream, for who has the key.
    func screen(_ name: String, _ query: PageQuery) async -> Response {
        guard Self.isToken(name) else { return refuse(.missing, query) }
        do {
            let hall = try await describe()
            let shown = hall.languages.isEmpty ? [.chinese] : hall.languages
            let words = shown.map { language in
                let frame = PageFrame(hall, language, title: .pageTitle)
                return ScreenPage.Words(
                    lang: language.rawValue, w: frame.w, receivedBy: frame.receivedBy,
                    isVertical: language == .mongolian)
            }
            let model = ScreenPage(
                page: PageFrame(hall, shown[0], title: .pageTitle), screen: name, version: version(of: hall),
                silence: silence,
                css: PageAssets.screenCSS.path, js: PageAssets.screenJS.path, first: words[0],
                others: Array(words.dropFirst()), isUnverified: shown.contains { !$0.isVerified })
            return .page(templates.render("screen", model))
        } catch {
            return refuse(.away, query)
        }
    }

    /// The scenes of a screen as server-sent events. The key is in a header, so that it stands in no log of addresses.
    func screenEvents(_ name: String, _ request: Request) async -> Response {
        guard Self.isToken(name), let key = request.bearer else { return Response(status: .forbidden) }
        do {
            let hall = try await describe()
            let scenes = try await self.hall.watchScreen(ScreenRequest(screen: name, key: key))
            let hello = Self.event("hello", Data(#"{"version":"\#(version(of: hall))"}"#.utf8))
            return Response(
                status: .ok,
                headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody { writer in
                    try await writer.write(hello)
                    try await send(scenes, to: &writer)
                    try await writer.finish(nil)
                })
        } catch {
            let isUnknown = error.code == "screen.unknown"
            return Response(
                status: isUnknown ? .forbidden : .serviceUnavailable,
                headers: isUnknown ? [:] : [.retryAfter: "5"])
        }
    }

    /// Three signs of life that stay away, and half of one for the way, in milliseconds.
    private var silence: Int { Int(heartbeat / .milliseconds(1) * 3.5) }

    /// Changes whenever a page that was loaded earlier would show something else.
    private func version(of hall: HallDescription) -> String { "\(PageAssets.version).\(hall.version)" }

    private enum Beat { case scene(ScreenScene), alive }

    private func send(_ scenes: AsyncStream<ScreenScene>, to writer: inout any ResponseBodyWriter) async throws {
        let (beats, feed) = AsyncStream.makeStream(of: Beat.self, bufferingPolicy: .bufferingNewest(16))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await scene in scenes.cancelOnGracefulShutdown() { feed.yield(.scene(scene)) }
                feed.finish()
            }
            group.addTask { [heartbeat] in
                while true {
                    try await Task.sleep(for: heartbeat)
                    feed.yield(.alive)
                }
            }
            defer { group.cancelAll() }
            for await beat in beats {
                switch beat {
                case .alive: try await writer.write(ByteBuffer(string: ":\n\n"))
                case .scene(let scene):
                    guard
                        let data = try? JSONEncoder().encode(SceneEvent(scene, code: scene.codeText.flatMap(drawCode)))
                    else { continue }
                    try await writer.write(Self.event("scene", data))
                }
            }
        }
    }

    private static func event(_ name: String, _ data: Data) -> ByteBuffer {
        var buffer = ByteBuffer(string: "event: \(name)\ndata: ")
        buffer.writeBytes(data)
        buffer.writeString("\n\n")
        return buffer
    }
}

extension Request {
    /// The key of the header `Authorization: Bearer KEY`.
    var bearer: String? {
        guard let header = headers[.authorization], header.hasPrefix("Bearer ") else { return nil }
        return String(header.dropFirst("Bearer ".count))
    }
}

/// A scene as a screen's script takes it.
struct SceneEvent: Sendable, Codable {
    var kind: String
    var window: String?
    var staff: String?
    var ticket: String?
    var code: String?
    /// A picture of the code in Base64, in place of `code`.
    var image: String?
    var remaining: Int?
    var whole: Int?

    init(_ scene: ScreenScene, code: String?) {
        kind = scene.kind.rawValue
        window = scene.window?.name
        staff = scene.staff
        ticket = scene.ticket
        self.code = code
        image = scene.codeImage?.base64
        remaining = scene.remainingSeconds
        whole = scene.wholeSeconds
    }
}
