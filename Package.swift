// swift-tools-version: 6.2
// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// The manifest reads as the layer diagram of Architecture.md, from the ground up. A target imports only targets of
// the layers above it in this file; `make build` fails where a source file imports a target that is not declared here.

// MARK: Packages from outside

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioWebSocket: Target.Dependency = .product(name: "NIOWebSocket", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1: Target.Dependency = .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")

let packages: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0", traits: []),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
]

// MARK: Traits

// Brokers are for regions that outgrow one receiver. What needs their libraries stands under `#if`, so that the rest
// builds on a machine without the headers: `swift build --disable-default-traits`, as the shipped release is built.

let traits: Set<Trait> = [
    .trait(name: "MQTT", description: "the uplink to an MQTT broker, on libmosquitto"),
    .trait(name: "Kafka", description: "the uplink to a Kafka cluster, on librdkafka"),
    .default(enabledTraits: ["MQTT", "Kafka"]),
]

let cMosquitto: Target.Dependency = .target(name: "CMosquitto", condition: .when(traits: ["MQTT"]))
let cRdKafka: Target.Dependency = .target(name: "CRdKafka", condition: .when(traits: ["Kafka"]))

// MARK: Layers

/// The language every target is written in: Swift 6 mode, no warning passes, every used module is a declared dependency.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

func systemLibrary(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func target(
    _ layer: String, _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/\(layer)/\(name)", resources: resources,
        swiftSettings: strict + [.strictMemorySafety()])
}

/// A target that speaks to C or to a library whose interface is unsafe; it keeps the rest of the strict settings.
func adapter(_ layer: String, _ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(layer)/\(name)", swiftSettings: strict)
}

func executable(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: "Sources/Executables/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", resources: resources, swiftSettings: strict)
}

let c: [Target] = [
    systemLibrary("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
    systemLibrary("COpenSSL", pkgConfig: "libcrypto", apt: "libssl-dev"),
    systemLibrary("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
    systemLibrary("CQRencode", pkgConfig: "libqrencode", apt: "libqrencode-dev"),
    systemLibrary("CUdev", pkgConfig: "libudev", apt: "libudev-dev"),
    systemLibrary("CMosquitto", pkgConfig: "libmosquitto", apt: "libmosquitto-dev"),
    systemLibrary("CRdKafka", pkgConfig: "rdkafka", apt: "librdkafka-dev"),
    systemLibrary("CUmockdev", pkgConfig: "umockdev-1.0", apt: "libumockdev-dev"),
    .target(name: "CLinux", path: "Sources/C/CLinux"),
]

let model: [Target] = [
    target("Model", "RatingModel")
]

let padProtocol: [Target] = [
    target("Protocol", "PadProtocol"),
    target("Protocol", "PadSession", ["PadProtocol"]),
    target("Protocol", "PadSecurity", ["PadProtocol"]),
    target("Protocol", "PadParts", ["PadSession", "PadProtocol"]),
]

let support: [Target] = [
    adapter("Support", "Cryptography", ["COpenSSL", "RatingModel"]),
    adapter("Support", "ConfigurationFile", ["CYAML", "RatingModel"]),
    adapter("Support", "SQLite", ["CSQLite", "RatingModel"]),
    adapter("Support", "SystemClock", ["CLinux", "RatingModel"]),
    adapter("Support", "QRCode", ["CQRencode", "RatingModel"]),
    target("Support", "FieldLines"),
    target("Support", "GBKText"),
    adapter("Support", "ServiceManager"),
]

let interfaces: [Target] = [
    target("Interfaces", "DeviceAPI", ["RatingModel"]),
    target("Interfaces", "JournalAPI", ["RatingModel"]),
    target("Interfaces", "UplinkAPI", ["RatingModel"]),
    target("Interfaces", "OperatorAPI", ["RatingModel"]),
    target("Interfaces", "HallAPI", ["RatingModel"]),
]

let engine: [Target] = [
    target("Engine", "DeviceSupervision", ["DeviceAPI", "OperatorAPI", "RatingModel", logging]),
    target("Engine", "WindowSessions", ["DeviceAPI", "FieldLines", "RatingModel"]),
    target("Engine", "RatingIntake", ["JournalAPI", "RatingModel"]),
    target("Engine", "RatingDelivery", ["JournalAPI", "UplinkAPI", "RatingModel", logging]),
    target("Engine", "GatewayHealth", ["OperatorAPI", "JournalAPI", "RatingModel"]),
    target("Engine", "Reconciliation", ["OperatorAPI", "UplinkAPI", "RatingModel"]),
    target("Engine", "RegionMirror", ["UplinkAPI", "RatingModel"]),
    target("Engine", "CitizenCodes", ["Cryptography", "FieldLines", "RatingModel"]),
    target("Engine", "CitizenDesk", ["HallAPI", "RatingModel"]),
    target("Engine", "Questionnaires", ["ConfigurationFile", "RatingModel"]),
]

let control: [Target] = [
    adapter("Control", "ControlSocket", ["HallAPI", "OperatorAPI", "RatingModel", nioCore, nioPosix, logging])
]

let web: [Target] = [
    adapter("Web", "WebConfiguration", ["ConfigurationFile", "RatingModel"]),
    adapter(
        "Web", "WebServing",
        [
            "WebConfiguration", "RatingModel", hummingbird, hummingbirdCore, httpTypes, nioCore, nioPosix, nioHTTP1,
            nioHTTPTypes, nioHTTPTypesHTTP1, nioWebSocket, serviceLifecycle, logging,
        ]),
    adapter(
        "Web", "PadRelay",
        [
            "WebServing", "WebConfiguration", "OperatorAPI", "RatingModel", nioCore, nioWebSocket, serviceLifecycle,
            logging,
        ]),
    target(
        "Web", "BusinessHTTP", ["OperatorAPI", "RatingModel", hummingbird, httpTypes],
        resources: [.embedInCode("Documents")]),
    target(
        "Web", "KioskPages", ["HallAPI", "RatingModel", hummingbird, serviceLifecycle],
        resources: [.embedInCode("Assets"), .embedInCode("Templates")]),
    target(
        "Web", "IngestAPI", ["HallAPI", "RatingModel", hummingbird, httpTypes], resources: [.embedInCode("Document")]),
]

let uplinks: [Target] = [
    target(
        "Uplinks", "RegionProfiles", ["UplinkAPI", "ConfigurationFile", "RatingModel"],
        resources: [.embedInCode("Profiles")]),
    adapter(
        "Uplinks", "HTTPSUplink",
        [
            "UplinkAPI", "ConfigurationFile", "RatingModel", httpClient, nioCore, nioHTTP1, nioPosix, nioSSL, logging,
        ]),
    adapter("Uplinks", "FileUplink", ["UplinkAPI", "ConfigurationFile", "Cryptography", "RatingModel"]),
    adapter("Uplinks", "MQTTUplink", ["UplinkAPI", "ConfigurationFile", "RatingModel", logging, cMosquitto]),
    adapter("Uplinks", "KafkaUplink", ["UplinkAPI", "ConfigurationFile", "RatingModel", logging, cRdKafka]),
]

let stores: [Target] = [
    adapter("Stores", "SQLiteJournal", ["JournalAPI", "SQLite", "Cryptography", "RatingModel", logging])
]

let transports: [Target] = [
    adapter("Transports", "DeviceLoop", ["CLinux", "DeviceAPI", "RatingModel"]),
    adapter("Transports", "SerialTransport", ["CLinux", "DeviceLoop", "DeviceAPI", "RatingModel"]),
    adapter("Transports", "HIDTransport", ["DeviceLoop", "DeviceAPI", "RatingModel"]),
    adapter("Transports", "EvdevTransport", ["DeviceLoop", "DeviceAPI", "RatingModel"]),
    adapter("Transports", "TCPTransport", ["DeviceLoop", "DeviceAPI", "RatingModel"]),
    adapter("Transports", "RelayTransport", ["DeviceLoop", "DeviceAPI", "RatingModel", logging]),
    adapter("Transports", "UdevDiscovery", ["CUdev", "CLinux", "DeviceAPI", "RatingModel"]),
]

let drivers: [Target] = [
    target("Drivers", "NativePad", ["PadProtocol", "DeviceAPI", "RatingModel"]),
    target("Drivers", "QueueBusPad", ["DeviceAPI", "RatingModel"]),
    target("Drivers", "KeyboardPad", ["DeviceAPI", "RatingModel"]),
    target("Drivers", "HIDPad", ["DeviceAPI", "RatingModel"]),
    target("Drivers", "Scanner", ["DeviceAPI", "GBKText", "RatingModel"]),
    target("Drivers", "URLPad", ["DeviceAPI", "RatingModel"]),
    target("Drivers", "WebSocketPad", ["DeviceAPI", "RatingModel"]),
    target("Drivers", "FramedPad", ["DeviceAPI", "GBKText", "RatingModel"]),
    target("Drivers", "FrameInference", ["FramedPad", "RatingModel"]),
]

let testing: [Target] = [
    adapter("Testing", "HallgateTesting", ["DeviceAPI", "JournalAPI", "UplinkAPI", "RatingModel", "CLinux"]),
    adapter(
        "Testing", "DeliveryTable",
        [
            "HallgateTesting", "RatingDelivery", "SQLiteJournal", "SystemClock", "JournalAPI", "UplinkAPI",
            "RatingModel", logging,
        ]),
    adapter("Testing", "VirtualPads", ["PadParts", "PadSession", "PadProtocol", "CLinux"]),
    adapter(
        "Testing", "StandInRegion",
        [
            "Cryptography", "SQLite", "QRCode", "SystemClock", "RatingModel", hummingbird,
            hummingbirdCore, hummingbirdTLS, nioCore, nioPosix, nioSSL, logging,
        ]),
]

let app: [Target] = [
    adapter(
        "App", "HallgateApp",
        [
            "DeviceSupervision", "WindowSessions", "RatingIntake", "RatingDelivery", "GatewayHealth", "Reconciliation",
            "RegionMirror", "CitizenCodes", "CitizenDesk", "Questionnaires", "HallAPI",
            "ControlSocket", "HTTPSUplink", "FileUplink", "RegionProfiles", "SQLiteJournal", "DeviceLoop",
            "SerialTransport", "NativePad",
            "QueueBusPad", "KeyboardPad", "HIDPad", "DeviceAPI", "JournalAPI", "UplinkAPI", "OperatorAPI",
            "HIDTransport", "EvdevTransport", "TCPTransport", "RelayTransport", "Scanner", "URLPad", "WebSocketPad",
            "UdevDiscovery", "MQTTUplink", "KafkaUplink",
            "FramedPad", "WebConfiguration",
            "ConfigurationFile", "Cryptography", "FieldLines", "QRCode", "ServiceManager", "SystemClock", "RatingModel",
            logging, serviceLifecycle, unixSignals,
        ]),
    adapter(
        "App", "HallgateWebApp",
        [
            "WebServing", "WebConfiguration", "PadRelay", "KioskPages", "BusinessHTTP", "IngestAPI", "ControlSocket",
            "HallAPI", "ConfigurationFile", "QRCode", "ServiceManager", "RatingModel", argumentParser, hummingbird,
            serviceLifecycle, unixSignals, logging,
        ]),
    adapter(
        "App", "HallgateCommands",
        [
            "HallgateApp", "ControlSocket", "FrameInference", "FramedPad", "OperatorAPI", "ConfigurationFile", "QRCode",
            "RatingModel", argumentParser, logging,
        ]),
    adapter(
        "App", "HallgateLabApp",
        [
            "VirtualPads", "StandInRegion", "ControlSocket", "OperatorAPI", "PadSession", "PadSecurity", "PadProtocol",
            "KioskPages", "HallAPI", "QRCode", hummingbird,
            "SQLiteJournal", "JournalAPI", "SQLite", "SystemClock", "RatingModel", nioCore, nioPosix, nioHTTP1, nioSSL,
            argumentParser, logging,
        ]),
]

let executables: [Target] = [
    executable("hallgate", ["HallgateCommands"]),
    executable("hallgate-web", ["HallgateWebApp"]),
    executable("hallgate-lab", ["HallgateLabApp"]),
]

// MARK: Tests, beside each target

let testTargets: [Target] = [
    tests("RatingModelTests", ["RatingModel"]),
    tests("PadProtocolTests", ["PadProtocol"]),
    tests("PadPartsTests", ["PadParts", "PadSession", "PadSecurity", "PadProtocol"]),
    tests("PadSecurityTests", ["PadSecurity", "PadProtocol", "Cryptography"]),
    tests(
        "PadConversationTests",
        ["PadParts", "PadSession", "PadSecurity", "PadProtocol", "NativePad", "DeviceAPI", "RatingModel"]),
    tests("CryptographyTests", ["Cryptography", "COpenSSL", "RatingModel"]),
    tests("ConfigurationFileTests", ["ConfigurationFile", "RatingModel"]),
    tests("SQLiteTests", ["SQLite", "RatingModel"]),
    tests(
        "DeviceSupervisionTests",
        [
            "DeviceSupervision", "DeviceLoop", "SerialTransport", "SystemClock", "DeviceAPI", "OperatorAPI",
            "RatingModel",
            "HallgateTesting", logging,
        ]),
    tests("QRCodeTests", ["QRCode", "RatingModel"]),
    tests("FieldLinesTests", ["FieldLines"]),
    tests("GBKTextTests", ["GBKText"]),
    tests("ServiceManagerTests", ["ServiceManager"]),
    tests("QuestionnairesTests", ["Questionnaires", "ConfigurationFile", "RatingModel"]),
    tests("WindowSessionsTests", ["WindowSessions", "DeviceAPI", "RatingModel"]),
    tests("RatingIntakeTests", ["RatingIntake", "JournalAPI", "RatingModel", "HallgateTesting"]),
    tests(
        "RatingDeliveryTests",
        [
            "RatingDelivery", "JournalAPI", "UplinkAPI", "RatingModel", "SQLiteJournal", "SystemClock",
            "HallgateTesting", logging,
        ]),
    tests("GatewayHealthTests", ["GatewayHealth", "OperatorAPI", "JournalAPI", "RatingModel"]),
    tests("ReconciliationTests", ["Reconciliation", "OperatorAPI", "UplinkAPI", "RatingModel"]),
    tests("RegionMirrorTests", ["RegionMirror", "UplinkAPI", "RatingModel"]),
    tests("CitizenCodesTests", ["CitizenCodes", "Cryptography", "RatingModel"]),
    tests("CitizenDeskTests", ["CitizenDesk", "HallAPI", "RatingModel"]),
    tests("WebConfigurationTests", ["WebConfiguration", "ConfigurationFile", "RatingModel"]),
    tests(
        "WebServingTests",
        [
            "WebServing", "WebConfiguration", "KioskPages", "HallAPI", "RatingModel", hummingbird, nioCore, nioEmbedded,
            nioHTTP1, serviceLifecycle, logging,
        ]),
    tests("PadRelayTests", ["PadRelay", "WebServing", "OperatorAPI", "RatingModel", nioCore, nioWebSocket]),
    tests("ControlSocketTests", ["ControlSocket", "HallAPI", "OperatorAPI", "RatingModel", logging]),
    tests(
        "HTTPSUplinkTests",
        [
            "HTTPSUplink", "RegionProfiles", "UplinkAPI", "JournalAPI", "ConfigurationFile", "RatingModel",
            "HallgateTesting", "DeliveryTable", "StandInRegion", logging, nioCore, nioPosix, nioSSL,
        ]),
    tests(
        "FileUplinkTests",
        [
            "FileUplink", "UplinkAPI", "JournalAPI", "ConfigurationFile", "Cryptography", "RatingModel",
            "HallgateTesting", "DeliveryTable",
        ]),
    tests(
        "RegionProfilesTests", ["RegionProfiles", "UplinkAPI", "ConfigurationFile", "RatingModel", "HallgateTesting"],
        resources: [.copy("Golden")]),
    tests(
        "MQTTUplinkTests",
        [
            "MQTTUplink", "UplinkAPI", "ConfigurationFile", "RatingModel", "HallgateTesting", "DeliveryTable",
            "StandInRegion", logging,
        ]),
    tests(
        "KafkaUplinkTests",
        [
            "KafkaUplink", "UplinkAPI", "ConfigurationFile", "RatingModel", "HallgateTesting", "DeliveryTable", logging,
            cRdKafka,
        ]),
    tests("DeliveryTableTests", ["DeliveryTable", "JournalAPI", "UplinkAPI", "RatingModel", "HallgateTesting"]),
    tests(
        "SQLiteJournalTests",
        [
            "SQLiteJournal", "JournalAPI", "SQLite", "CSQLite", "Cryptography", "RatingModel", "HallgateTesting",
            logging,
        ]),
    tests(
        "DeviceLoopTests",
        [
            "DeviceLoop", "SerialTransport", "SystemClock", "CLinux", "DeviceAPI", "RatingModel", "HallgateTesting",
        ]),
    tests("HIDTransportTests", ["HIDTransport", "DeviceLoop", "DeviceAPI", "RatingModel", "HallgateTesting"]),
    tests("EvdevTransportTests", ["EvdevTransport", "DeviceLoop", "DeviceAPI", "RatingModel", "HallgateTesting"]),
    tests(
        "TCPTransportTests",
        [
            "TCPTransport", "DeviceLoop", "NativePad", "VirtualPads", "DeviceAPI", "RatingModel", "HallgateTesting",
        ]),
    tests("RelayTransportTests", ["RelayTransport", "DeviceLoop", "DeviceAPI", "RatingModel", logging]),
    tests(
        "UdevDiscoveryTests",
        [
            "UdevDiscovery", "CUmockdev", "CLinux", "DeviceSupervision", "DeviceLoop", "SerialTransport", "NativePad",
            "VirtualPads", "SystemClock", "DeviceAPI", "OperatorAPI", "RatingModel", "HallgateTesting", logging,
        ]),
    tests("QueueBusPadTests", ["QueueBusPad", "DeviceAPI", "RatingModel", "HallgateTesting"]),
    tests("KeyboardPadTests", ["KeyboardPad", "DeviceAPI", "RatingModel", "HallgateTesting"]),
    tests("HIDPadTests", ["HIDPad", "DeviceAPI", "RatingModel", "HallgateTesting"]),
    tests("ScannerTests", ["Scanner", "DeviceAPI", "RatingModel", "HallgateTesting"]),
    tests("URLPadTests", ["URLPad", "DeviceAPI", "RatingModel", "HallgateTesting"]),
    tests("WebSocketPadTests", ["WebSocketPad", "DeviceAPI", "RatingModel", "HallgateTesting"]),
    tests("FramedPadTests", ["FramedPad", "DeviceAPI", "RatingModel", "HallgateTesting"]),
    tests("FrameInferenceTests", ["FrameInference", "FramedPad", "RatingModel"]),
    tests(
        "NativePadTests",
        [
            "NativePad", "PadSecurity", "PadProtocol", "Cryptography", "DeviceAPI", "RatingModel", "HallgateTesting",
        ]),
    tests("VirtualPadsTests", ["VirtualPads", "PadSession", "PadProtocol"]),
    tests("StandInRegionTests", ["StandInRegion", "Cryptography", "SQLite", "RatingModel", nioPosix]),
    tests(
        "HallgateAppTests",
        [
            "RegionMirror", "Reconciliation", "RatingDelivery", "HallgateApp", "DeviceSupervision",
            "WindowSessions",
            "RatingIntake", "HTTPSUplink", "FileUplink", "RegionProfiles",
            "UplinkAPI",
            "ConfigurationFile", "DeviceAPI", "OperatorAPI", "NativePad",
            "JournalAPI", "SQLiteJournal", "ControlSocket", "RelayTransport", "VirtualPads", "StandInRegion",
            "DeviceLoop", "SystemClock", "PadProtocol", "PadParts", "PadSecurity", "PadSession", "Cryptography",
            "COpenSSL", "HallAPI", "CitizenCodes", "CitizenDesk", "SQLite",
            "RatingModel", "HallgateTesting", logging, serviceLifecycle,
        ]),
    tests(
        "OutageTests",
        [
            "HallgateApp", "RatingDelivery", "JournalAPI", "OperatorAPI", "RatingModel", "HallgateTesting",
            "StandInRegion", logging,
        ]),
    tests(
        "HallgateCommandsTests",
        ["HallgateCommands", "ControlSocket", "OperatorAPI", "QRCode", "RatingModel", logging]),
    tests("HallgateWebAppTests", ["HallgateWebApp", "WebConfiguration", "RatingModel", logging]),
    tests(
        "HallgateLabTests",
        [
            "HallgateLabApp", "VirtualPads", "StandInRegion", "PadParts", "PadSession", "PadSecurity", "PadProtocol",
            "SQLite", "RatingModel",
        ]),
    tests(
        "KioskPagesTests",
        ["KioskPages", "HallAPI", "RatingModel", hummingbird, hummingbirdTesting, serviceLifecycle, nioCore]),
    tests(
        "BusinessHTTPTests",
        ["BusinessHTTP", "OperatorAPI", "RatingModel", hummingbird, hummingbirdTesting, nioCore]),
    tests("IngestAPITests", ["IngestAPI", "HallAPI", "RatingModel", hummingbird, hummingbirdTesting, nioCore]),
    tests("ArchitectureTests", []),
    tests("DocumentationTests", ["PadSecurity", "PadProtocol", "RatingModel"]),
]

let package = Package(
    name: "hallgate",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "hallgate", targets: ["hallgate"]),
        .executable(name: "hallgate-web", targets: ["hallgate-web"]),
        .executable(name: "hallgate-lab", targets: ["hallgate-lab"]),
    ],
    traits: traits,
    dependencies: packages,
    targets: c + model + padProtocol + support + interfaces + engine + control + web + uplinks + stores + transports
        + drivers + testing + app + executables + testTargets
)
