// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if MQTT
import CMosquitto
import Glibc
import RatingModel

/// A client of the MQTT library for one connection, configured and not yet connected.
///
/// Nothing of it survives its connection: what a broker had not acknowledged lies in the journal, and goes again from
/// there and not from a queue of the library's.
enum MosquittoClient {
    private static let isLibraryReady = mosquitto_lib_init() == mosquittoSuccess

    /// Makes a client; throws where a file or a value is of no use. The caller destroys it.
    static func make(
        _ configuration: MQTTUplinkConfiguration, userData: UnsafeMutableRawPointer
    ) throws(GatewayError) -> OpaquePointer {
        guard isLibraryReady, let client = mosquitto_new(configuration.clientID, false, userData) else {
            throw .library("be made", String(cString: strerror(errno)))
        }
        do throws(GatewayError) {
            try check(
                mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5), "speak MQTT 5")
            try check(mosquitto_threaded_set(client, true), "use threads")
            // The broker's receive maximum bounds what is under way; this side sets no other bound.
            try check(mosquitto_int_option(client, MOSQ_OPT_SEND_MAXIMUM, 65_535), "set its send maximum")
            try setCredentials(client, configuration)
            if !configuration.isPlaintext { try setTLS(client, configuration) }
            try setWill(client, configuration)
        } catch {
            mosquitto_destroy(client)
            throw error
        }
        return client
    }

    private static func setCredentials(
        _ client: OpaquePointer, _ configuration: MQTTUplinkConfiguration
    ) throws(GatewayError) {
        guard let username = configuration.username else { return }
        var password: String?
        if let path = configuration.passwordFile { password = try SecretLine.read(path) }
        try check(mosquitto_username_pw_set(client, username, password), "take user and password")
    }

    private static func setTLS(
        _ client: OpaquePointer, _ configuration: MQTTUplinkConfiguration
    ) throws(GatewayError) {
        for path in [configuration.authorityFile, configuration.certificateFile, configuration.keyFile] {
            guard let path, access(path, R_OK) != 0 else { continue }
            throw .library("read \(path)", String(cString: strerror(errno)))
        }
        if configuration.authorityFile == nil {
            try check(mosquitto_int_option(client, MOSQ_OPT_TLS_USE_OS_CERTS, 1), "trust the system's authorities")
        }
        if configuration.authorityFile != nil || configuration.certificateFile != nil {
            // Without a function the TLS library would ask for a passphrase on the terminal.
            try check(
                mosquitto_tls_set(
                    client, configuration.authorityFile, configuration.authorityFile == nil ? "/etc/ssl/certs" : nil,
                    configuration.certificateFile, configuration.keyFile, { _, _, _, _ in 0 }),
                "use its certificates")
        }
        // 1 is SSL_VERIFY_PEER; the name in the certificate is compared with the host as well.
        try check(mosquitto_tls_opts_set(client, 1, "tlsv1.2", nil), "use TLS 1.2")
    }

    private static func setWill(
        _ client: OpaquePointer, _ configuration: MQTTUplinkConfiguration
    ) throws(GatewayError) {
        guard let topic = configuration.statusTopic else { return }
        let words = Array("offline".utf8)
        try check(
            mosquitto_will_set_v5(client, topic, Int32(words.count), words, 1, true, nil), "set its will")
    }

    /// Connects; it blocks its thread until the TCP connection stands, which ``LineTest`` has shown to be soon.
    static func connect(_ client: OpaquePointer, _ configuration: MQTTUplinkConfiguration) -> Int32 {
        var properties: OpaquePointer?
        defer { mosquitto_property_free_all(&properties) }
        let expiry = UInt32(clamping: configuration.sessionExpiry.components.seconds)
        let code = mosquitto_property_add_int32(
            &properties, Int32(MQTT_PROP_SESSION_EXPIRY_INTERVAL.rawValue), expiry)
        guard code == mosquittoSuccess else { return code }
        let keepAlive = Int32(clamping: max(5, configuration.keepAlive.components.seconds))
        return mosquitto_connect_bind_v5(
            client, configuration.host, Int32(configuration.port), keepAlive, nil, properties)
    }

    /// Hands a message to the library; answers with the packet identifier or the library's code.
    static func publish(
        _ message: [UInt8], id: String?, to topic: String, responseTopic: String? = nil, isRetained: Bool = false,
        _ client: OpaquePointer
    ) -> Result<Int32, LibraryCode> {
        var properties: OpaquePointer?
        defer { mosquitto_property_free_all(&properties) }
        var code = mosquittoSuccess
        if let id {
            code = mosquitto_property_add_string_pair(
                &properties, Int32(MQTT_PROP_USER_PROPERTY.rawValue), "id", id)
        }
        if let responseTopic, code == mosquittoSuccess {
            code = mosquitto_property_add_string(
                &properties, Int32(MQTT_PROP_RESPONSE_TOPIC.rawValue), responseTopic)
        }
        guard code == mosquittoSuccess else { return .failure(LibraryCode(code)) }
        var packet: Int32 = 0
        code = mosquitto_publish_v5(
            client, &packet, topic, Int32(message.count), message, 1, isRetained, properties)
        return code == mosquittoSuccess ? .success(packet) : .failure(LibraryCode(code))
    }

    private static func check(_ code: Int32, _ what: String) throws(GatewayError) {
        guard code == mosquittoSuccess else { throw .library(what, LibraryCode(code).words) }
    }
}

/// A code of the library's own.
struct LibraryCode: Error, Hashable {
    let value: Int32
    /// What the system said, where the code means just that.
    private let system: Int32

    init(_ value: Int32) {
        self.value = value
        system = value == mosquittoSystemError ? errno : 0
    }

    var words: String {
        system == 0 ? String(cString: mosquitto_strerror(value)) : String(cString: strerror(system))
    }
}

/// The library's codes are an enumeration that the importer takes for another type than the functions' results.
let mosquittoSuccess = Int32(MOSQ_ERR_SUCCESS.rawValue)
let mosquittoSystemError = Int32(MOSQ_ERR_ERRNO.rawValue)
let mosquittoOversize = Int32(MOSQ_ERR_OVERSIZE_PACKET.rawValue)
#endif
