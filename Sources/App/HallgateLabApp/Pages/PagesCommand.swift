// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
import Glibc
import HallAPI
import Hummingbird
import KioskPages
import Logging
import QRCode

/// `hallgate pages`: the citizens' pages over a hall that follows a script, to look at them and to drive a browser.
///
/// What such a hall does next is said over `/lab/…` of the same server. Nothing is recorded anywhere.
public struct PagesCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "pages", abstract: "Serve the citizens' pages over a scripted hall.",
        discussion: """
            Open /r/sign-3 for a rating, /screen/w3#key=lab for a kiosk screen, /clerk/w3#key=lab for the clerk's page,
            /kiosk/k1#key=lab for the self-service kiosk, /t/t1/once-1 for a page at another maker's terminal. Codes that begin with once, sign, hall, expired, redeemed, revoked or
            foreign do what they say.
            POST /lab/scene takes {"screen":"w3","scene":{"kind":"prompt"}}, /lab/away {"away":true}, /lab/lose {"lose":1};
            GET /lab/ratings tells what was submitted. /q lists two questionnaires; POST /lab/lose-answers {"lose":1} and
            /lab/renew {} do as they say, GET /lab/answers tells what was answered.
            """)

    @Option(help: "Address to listen on.") var host = "127.0.0.1"
    @Option(help: "Port; 0 takes a free one.") var port = 0
    @Option(help: "Languages of the hall, separated by commas.") var languages = "zh-Hans,en,mn-Mong"
    @Option(help: "Whether the region asks who rates: anonymous, optional or required.") var realName = "optional"
    @Flag(help: "The region takes a bad rating only with a reason.") var reasonRequired = false
    @Flag(help: "Self-service kiosks read the question and the thanks aloud.") var speak = false
    @Option(help: "Where the page at another maker's terminal leads back to.") var back = "http://127.0.0.1:8600/done"
    @Option(help: "Seconds between the signs of life of a screen's stream.") var heartbeat = 5

    /// The parser makes it.
    public init() {}

    public func validate() throws {
        guard HallDescription.RealName(rawValue: realName) != nil else {
            throw ValidationError("--real-name is anonymous, optional or required")
        }
        guard !shownLanguages.isEmpty, shownLanguages.count == languages.split(separator: ",").count else {
            throw ValidationError("--languages takes zh-Hans, en and mn-Mong")
        }
        guard WebOrigin(ofAddress: back) != nil else { throw ValidationError("--back is no http or https address") }
        guard (1...60).contains(heartbeat) else { throw ValidationError("--heartbeat is 1 to 60 seconds") }
    }

    private var shownLanguages: [PageLanguage] {
        languages.split(separator: ",").compactMap { PageLanguage(rawValue: String($0)) }
    }

    public func run() async throws {
        let hall = ScriptedHall(
            languages: shownLanguages, realName: .init(rawValue: realName) ?? .optional,
            isReasonRequired: reasonRequired, speaks: speak, back: back)
        let router = Router()
        let questionnaires = ScriptedQuestionnaires()
        let served = try addKioskPages(
            to: router, hall: hall, questionnaires: questionnaires, heartbeat: .seconds(heartbeat)
        ) { text in try? QRMatrix(text: text).svg(title: "") }
        let desk = ScriptedDesk()
        addClerkPages(to: router, beside: served, desks: desk)
        addScript(to: router, hall, desk)
        questionnaires.addScript(to: router)
        var logger = Logger(label: "hallgate.pages")
        logger.logLevel = .critical
        let application = Application(
            router: router, configuration: .init(address: .hostname(host, port: port)),
            onServerRunning: { channel in
                print(#"{"event":"listening","port":\#(channel.localAddress?.port ?? 0)}"#)
                fflush(nil)
            }, logger: logger)
        try await application.runService()
    }

    /// The routes by which a test says what the hall does next.
    private func addScript(to router: Router<BasicRequestContext>, _ hall: ScriptedHall, _ desk: ScriptedDesk) {
        router.post("lab/scene") { request, context in
            let order = try await request.decode(as: SceneOrder.self, context: context)
            await hall.show(order.scene, on: order.screen)
            return HTTPResponse.Status.noContent
        }
        router.post("lab/away") { request, context in
            let isAway = try await request.decode(as: AwayOrder.self, context: context).away
            await hall.setAway(isAway)
            await desk.setAway(isAway)
            return HTTPResponse.Status.noContent
        }
        router.post("lab/desk") { request, context in
            await desk.become(try await request.decode(as: DeskState.self, context: context))
            return HTTPResponse.Status.noContent
        }
        router.post("lab/lose") { request, context in
            await hall.loseAnswers(try await request.decode(as: LoseOrder.self, context: context).lose)
            return HTTPResponse.Status.noContent
        }
        router.post("lab/deliver") { _, _ in
            await hall.deliver()
            return HTTPResponse.Status.noContent
        }
        router.get("lab/ratings") { _, _ in await hall.ratings }
    }
}

private struct SceneOrder: Decodable {
    var screen: String
    var scene: ScreenScene
}

private struct AwayOrder: Decodable { var away: Bool }
private struct LoseOrder: Decodable { var lose: Int }
