// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import FileUplink
public import HTTPSUplink
public import KafkaUplink
public import MQTTUplink
import Questionnaires
public import RatingModel
public import RegionProfiles
import WindowSessions

/// Everything an operator decides, read from one YAML file and its drop-ins and checked as a whole.
///
/// A value of this type has passed every check of ``read(file:)``, save that files it names can change afterwards.
public struct GatewayConfiguration: Sendable, Hashable {
    /// The hall.
    public var hall: Hall
    /// The directory of the journal, absolute.
    public var journalDirectory: String
    /// The path of the operator's control socket, absolute.
    public var controlSocket: String
    /// How long pads prompt where a session does not say otherwise, 5 s to 10 min.
    public var promptTimeout: Duration
    /// Whether an auditor may see levels on a line (`devices.reveal`); off unless the file says so.
    public var isRevealAllowed = false
    /// What else is decided of sessions.
    var session = SessionSettings()
    /// The business system's socket, where there is one.
    var business: BusinessSettings?
    /// The auditor's socket, where there is one.
    var auditor: AuditorSettings?
    /// The hall's questionnaires, in the file's order.
    var questionnaires: [NamedQuestionnaire] = []
    /// When regions are asked for notices and holdings.
    var regionDesk = RegionDeskSettings()
    /// The web process's socket, where there is one.
    var web: WebSettings?
    /// Pages, codes and kiosk screens; `nil` where the hall has none.
    var pages: PagesSettings?
    /// Who else hands ratings over; nobody unless the file names them.
    var ingest = IngestSettings()
    /// The hall's windows, in the file's order.
    public var windows: [Window]
    /// The lines devices hang on, in the file's order.
    public var devices: [Device]
    /// Where ratings go, in the file's order.
    public var uplinks: [Uplink]

    /// A questionnaire with the file it was read from.
    struct NamedQuestionnaire: Sendable, Hashable {
        /// The file, absolute.
        var file: String
        /// What it asks.
        var questionnaire: Questionnaire
        /// Whether the page of a rating's receipt offers it.
        var isOfferedAfterRating = false
    }

    /// The hall.
    public struct Hall: Sendable, Hashable {
        /// The name people know it by.
        public var name: String
        /// The zone its times are shown and sent in.
        public var zone: HallZone
    }

    /// A service window.
    public struct Window: Sendable, Hashable {
        /// What sessions and devices call it.
        public var id: WindowID
        /// What people call it.
        public var name: String
    }

    /// A line with a device on it, or several with addresses.
    public struct Device: Sendable, Hashable {
        /// Where it hangs and how it is opened.
        public var line: DeviceLine
        /// The window it stands at; `nil` in a waiting area, and where ``addresses`` say it.
        public var window: WindowID?
        /// The windows of the devices on a shared line, by their addresses.
        public var addresses: [BusAddress: WindowID]
        /// How long it may say nothing before it is stale; `nil` for what its driver states.
        public var staleAfter: Duration?
        /// The file with the key of a pad that connects in.
        var padKeyFile: String?
        /// The driver with its settings.
        var driver: ConfiguredDriver
        /// What codes scanned here are; `nil` for what the hall's are.
        var codes: [ScanRules.Rule]?
    }

    /// An uplink, by its kind.
    public struct Uplink: Sendable, Hashable {
        /// The name its delivery states are kept under.
        public var name: UplinkName
        /// What the region is told, and how.
        public var region: RegionSettings
        /// What carries it there.
        public var kind: Kind

        /// What carries ratings to a region.
        public enum Kind: Sendable, Hashable {
            /// Calls over HTTPS.
            case https(HTTPSUplinkConfiguration)
            /// Signed files that are carried there.
            case file(FileUplinkConfiguration)
            /// A message a rating by an MQTT broker.
            case mqtt(MQTTUplinkConfiguration)
            /// A message a rating by a Kafka cluster.
            case kafka(KafkaUplinkConfiguration)
        }
    }

    /// What scanned codes mean, by the lines of the devices that have rules of their own; who is known by which badge is
    /// the hall's to say.
    var codesByLine: [String: ScanRules] {
        var result: [String: ScanRules] = [:]
        for device in devices {
            result[device.line.path] = device.codes.map { ScanRules($0, staff: session.codes.staff) }
        }
        return result
    }

    /// What runs where there is no file: no device, no uplink, the directories of the Debian package.
    public static let builtIn = GatewayConfiguration(
        hall: Hall(name: "", zone: .china), journalDirectory: "/var/lib/hallgate",
        controlSocket: "/run/hallgate/operator.sock", promptTimeout: .seconds(10), windows: [], devices: [], uplinks: []
    )
}
