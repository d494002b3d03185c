// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// Who may import whom, as Architecture.md draws it: a target imports what stands below its layer, never sideways.
private let layersFromTheGround = [
    "C", "Model", "Protocol", "Support", "Interfaces", "Engine", "Adapters", "Testing", "App", "Executables",
]

/// The six layers of adapters, which stand beside each other and never import each other, nor the engine.
private let adapterLayers: Set<String> = ["Control", "Web", "Uplinks", "Stores", "Transports", "Drivers"]

/// The sideways imports that Architecture.md names.
private let sidewaysAllowed: Set<String> = [
    "PadSession>PadProtocol", "SerialTransport>DeviceLoop", "HIDTransport>DeviceLoop", "EvdevTransport>DeviceLoop",
    "TCPTransport>DeviceLoop", "RelayTransport>DeviceLoop", "HallgateCommands>HallgateApp", "FrameInference>FramedPad",
    "PadSecurity>PadProtocol",
    "KioskPages>WebServing", "PadRelay>WebServing", "PadRelay>WebConfiguration", "WebServing>WebConfiguration",
    "PadParts>PadProtocol", "PadParts>PadSession", "DeliveryTable>HallgateTesting",
]

/// C is met behind one adapter each.
private let adapterOfC: [String: Set<String>] = [
    "CSQLite": ["SQLite"], "COpenSSL": ["Cryptography"], "CYAML": ["ConfigurationFile"],
    "CUdev": ["UdevDiscovery"], "CUmockdev": [], "CMosquitto": ["MQTTUplink"], "CRdKafka": ["KafkaUplink"],
    "CQRencode": ["QRCode"],
    "CLinux": [
        "SystemClock", "DeviceLoop", "SerialTransport", "UdevDiscovery", "VirtualPads", "HallgateTesting",
    ],
]

private func rank(_ layer: String) -> Int? {
    layersFromTheGround.firstIndex(of: adapterLayers.contains(layer) ? "Adapters" : layer)
}

@Suite struct LayerTests {
    let tree = SourceTree.current
    let layerOfTarget: [String: String]

    init() {
        var layers: [String: String] = [
            "CSQLite": "C", "COpenSSL": "C", "CYAML": "C", "CUdev": "C", "CUmockdev": "C", "CLinux": "C",
            "CMosquitto": "C", "CRdKafka": "C", "CQRencode": "C",
        ]
        for file in SourceTree.current.sources { layers[file.target] = file.layer }
        layerOfTarget = layers
    }

    @Test func theTreeIsReadAtAll() {
        #expect(tree.sources.count > 50)
        #expect(tree.sources.contains { $0.imports.contains { $0.module == "RatingModel" } })
    }

    @Test func everyLayerIsKnown() {
        for file in tree.sources { #expect(rank(file.layer) != nil, "\(file.path)") }
    }

    @Test func importsPointDownwards() throws {
        for file in tree.sources {
            for (module, line) in file.imports {
                guard let layer = layerOfTarget[module], module != file.target else { continue }
                if sidewaysAllowed.contains("\(file.target)>\(module)") { continue }
                let own = try #require(rank(file.layer))
                let other = try #require(rank(layer))
                #expect(other < own, "\(file.path):\(line) imports \(module) of the layer \(layer)")
                if adapterLayers.contains(file.layer) {
                    #expect(layer != "Engine", "\(file.path):\(line): an adapter imports the engine's \(module)")
                }
            }
        }
    }

    @Test func modelAndProtocolImportNothing() {
        for file in tree.sources where ["Model", "Protocol"].contains(file.layer) {
            for (module, line) in file.imports {
                #expect(sidewaysAllowed.contains("\(file.target)>\(module)"), "\(file.path):\(line) imports \(module)")
            }
        }
    }

    @Test func driversAndEngineArePure() {
        let impure: Set<String> = ["Glibc", "Foundation", "FoundationEssentials", "Dispatch", "NIOCore", "NIOPosix"]
        for file in tree.sources where ["Drivers", "Engine", "Interfaces"].contains(file.layer) {
            for (module, line) in file.imports where impure.contains(module) {
                Issue.record("\(file.path):\(line) imports \(module)")
            }
        }
    }

    @Test func cIsMetBehindOneAdapterEach() {
        for file in tree.sources {
            for (module, line) in file.imports {
                guard let adapters = adapterOfC[module] else { continue }
                #expect(adapters.contains(file.target), "\(file.path):\(line) imports \(module)")
            }
        }
    }
}
