// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import FileUplink
import HTTPSUplink
import KafkaUplink
import MQTTUplink
import Questionnaires
import RatingModel
import RegionProfiles
import SystemClock
import WebConfiguration

extension GatewayConfiguration {
    /// Reads and checks a configuration file with its drop-ins (`<path>.d/*.yaml`); no file means ``builtIn``.
    ///
    /// With `examiningCertificates` the files that it names are opened and their dates looked at: that is for an
    /// operator who asks. A daemon that starts must not be kept from recording by a certificate that ran out or a file that is gone.
    public static func read(file path: String, examiningCertificates: Bool = false) -> ConfigurationReading {
        read(file: path, examiningCertificates: examiningCertificates, kept: .none)
    }

    /// The same, with copies in the place of files that the configuration names.
    static func read(
        file path: String, examiningCertificates: Bool = false, kept: KeptDescriptions
    ) -> ConfigurationReading {
        let outcome = ConfigurationFile.read(path) { file in
            GatewayConfigurationReader(now: examiningCertificates ? SystemClock().now().wall : nil, kept: kept)
                .read(file)
        }
        let isAccepted = !outcome.diagnostics.contains { $0.severity == .error }
        return ConfigurationReading(
            configuration: isAccepted ? outcome.value : nil, diagnostics: outcome.diagnostics, files: outcome.files,
            controlSocket: outcome.value.controlSocket)
    }

    /// Reads and checks a text as if it were the whole file, to see whether a stanza would be accepted.
    static func read(text: String) -> ConfigurationReading {
        let outcome = ConfigurationFile.read(text: text, name: "stanza") { file in
            GatewayConfigurationReader(now: nil).read(file)
        }
        let isAccepted = !outcome.diagnostics.contains { $0.severity == .error }
        return ConfigurationReading(
            configuration: isAccepted ? outcome.value : nil, diagnostics: outcome.diagnostics, files: ["stanza"],
            controlSocket: outcome.value.controlSocket)
    }
}

/// Reads the file's sections in turn and checks what holds between them.
private struct GatewayConfigurationReader {
    /// The time certificates are held against; `nil` leaves them closed.
    let now: WallTime?
    /// Where copies of the files are that it names.
    var kept = KeptDescriptions.none

    func read(_ file: ConfigurationSection) -> GatewayConfiguration {
        var result = GatewayConfiguration.builtIn
        file.section("hall") { hall in
            result.hall.name = hall.value("name", .text(atMost: 256), default: result.hall.name)
            result.hall.zone = hall.value("zone", .hallZone, default: result.hall.zone)
        }
        file.section("journal") { journal in
            result.journalDirectory = journal.value("directory", .absolutePath(), default: result.journalDirectory)
        }
        file.section("control") { control in
            // A Unix socket's address holds 108 bytes with a zero at the end (unix(7)).
            result.controlSocket = control.value("socket", .absolutePath(atMost: 107), default: result.controlSocket)
            result.business = BusinessSettings.read(control)
            result.auditor = AuditorSettings.read(control)
            result.web = WebSettings.read(control)
            checkSockets(of: result, control)
        }
        file.section("session") { session in
            result.promptTimeout = session.value(
                "prompt_timeout", .duration(in: .seconds(5) ... .seconds(600)), default: result.promptTimeout)
            result.session = SessionSettings.read(session)
        }
        file.section("region") { region in result.regionDesk = RegionDeskSettings.read(region) }
        // The web process's own section: this process has no use for it, and says what is wrong with it.
        _ = WebProcessSettings.read(in: file)
        file.section("privacy") { privacy in
            result.isRevealAllowed = privacy.value("reveal", .choice(["true": true, "false": false]), default: false)
        }
        var names = UniqueNames()
        result.windows = file.list("windows", atMost: 1000) { window(in: $0, &names) }
        var paths = UniqueNames()
        result.devices = file.list("devices", atMost: 1000, places: ["path", "match", "address", "pad"]) {
            GatewayConfiguration.Device.read(
                $0, &paths, windows: names, hasWeb: result.web != nil, kept: kept)
        }
        var questionnaireNames = UniqueNames()
        result.questionnaires = file.list("questionnaires", atMost: 16) { questionnaire(in: $0, &questionnaireNames) }
        var uplinkNames = UniqueNames()
        result.uplinks = file.list("uplinks", atMost: 16) { uplink(in: $0, &uplinkNames) }
        let uplinkKnown = uplinkNames
        file.section("pages") { pages in
            result.pages = PagesSettings.read(pages, windows: names, kept: kept) { name, section in
                uplinkKnown.check(
                    name, key: "region", in: section, noun: LocalText("uplink", "上行链路"), list: "uplinks")
            }
            result.pages?.checkRegion(result.uplinks, pages)
        }
        warnOfDarkDisplays(result, file)
        result.ingest = IngestSettings.read(
            file, windows: names, hasWeb: result.web != nil, hasPages: result.pages != nil, uplinks: result.uplinks)
        return result
    }

    /// A device that can only show codes, where none are shown.
    private func warnOfDarkDisplays(_ result: GatewayConfiguration, _ file: ConfigurationSection) {
        for path in result.darkDisplays {
            file.report(
                LocalText("nothing is ever shown on \(path)", "\(path) 上不会显示任何内容"),
                hint: LocalText(
                    "set 'pages: {pad_codes: shown}', and 'public_url' or a code of the region's, which a tablet needs",
                    "请设置 'pages: {pad_codes: shown}'，并设置 'public_url' 或上级平台的二维码（平板必须使用后者）"),
                at: "devices", .warning)
        }
    }

    /// A socket stands for one role.
    private func checkSockets(of result: GatewayConfiguration, _ control: ConfigurationSection) {
        var taken = [result.controlSocket]
        let others = [
            ("auditor_socket", result.auditor?.socket), ("business_socket", result.business?.socket),
            ("web_socket", result.web?.socket),
        ]
        for (key, path) in others {
            guard let path else { continue }
            if taken.contains(path) {
                control.report(
                    LocalText("the two sockets have one path", "两个套接字的路径相同"),
                    hint: LocalText("a socket stands for one role: name another", "一个套接字只对应一种角色：请另取路径"),
                    at: key)
            }
            taken.append(path)
        }
    }

    private func window(in section: ConfigurationSection, _ names: inout UniqueNames) -> GatewayConfiguration.Window? {
        let id = section.required("id", .identifier)
        if let id { names.add(id, key: "id", in: section, noun: LocalText("the window", "窗口")) }
        let name = section.value("name", .text(atMost: 256))
        return id.map { GatewayConfiguration.Window(id: WindowID($0), name: name ?? $0) }
    }

    private func questionnaire(
        in section: ConfigurationSection, _ names: inout UniqueNames
    ) -> GatewayConfiguration.NamedQuestionnaire? {
        let isOffered = section.value(
            "after_rating", .choice(["offered": true, "hidden": false]), default: false)
        guard let path = section.required("file", .absolutePath()),
            let read = section.file("file", copiedTo: kept.copy(of:), { Questionnaire.read($0) })
        else { return nil }
        names.add(read.id, key: "file", in: section, noun: LocalText("the questionnaire", "问卷"))
        return GatewayConfiguration.NamedQuestionnaire(
            file: path, questionnaire: read, isOfferedAfterRating: isOffered)
    }

    private func uplink(in section: ConfigurationSection, _ names: inout UniqueNames) -> GatewayConfiguration.Uplink? {
        let name = section.required("name", .identifier)
        if let name { names.add(name, key: "name", in: section, noun: LocalText("the uplink", "上行链路")) }
        if name.map({ UplinkName($0).isOfInvitations }) == true {
            section.report(
                LocalText(
                    "a name that ends in '\(UplinkName.invitationsEnding)' is that of an uplink's invitations",
                    "以 '\(UplinkName.invitationsEnding)' 结尾的名称用于上行链路的邀评"),
                hint: LocalText("choose another name", "请改用其他名称"), at: "name")
        }
        let read = section.required("kind", .choice(UplinkKinds.readers))
        let region = RegionSettings.read(section, copiedTo: kept.copy(of:), opensFiles: now != nil)
        // Without a kind the other keys are read as the first kind's, so that a missing word does not hide other mistakes.
        let kind = (read ?? UplinkKinds.https)(section, now)
        if case .https(let https) = kind { region.check(credentials: Set(https.credentialFiles.keys), in: section) }
        guard let name, read != nil, let kind else { return nil }
        return GatewayConfiguration.Uplink(name: UplinkName(name), region: region, kind: kind)
    }
}
