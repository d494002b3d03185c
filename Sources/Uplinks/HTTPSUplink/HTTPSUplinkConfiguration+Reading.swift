// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import ConfigurationFile
public import RatingModel

extension HTTPSUplinkConfiguration {
    /// Reads what an uplink of `kind: https` says, all mistakes into the section's log; `nil` where its address is wrong.
    ///
    /// With a time in `certificatesAt` the files are opened too, so that a missing certificate is a mistake at its line:
    /// whether they can be read, what they hold, whether they belong together, and whether they were valid then.
    /// Without one, as at a start, only their paths are read: a lost key must not keep a hall from recording.
    public static func read(
        _ section: ConfigurationSection, certificatesAt now: WallTime? = nil
    ) -> HTTPSUplinkConfiguration? {
        let url = section.required("url", .httpsAddress)
        var result = HTTPSUplinkConfiguration(url: url ?? "")
        let (file, secret): (ValueKind<String>, ValueKind<String>) =
            now == nil ? (.absolutePath(), .absolutePath()) : (.readableFile, .secretFile)
        let credential = ValueKind.credential(or: secret)
        result.authorityFile = section.value("ca", file)
        result.certificateFile = section.value("certificate", file)
        result.keyFile = section.value("key", credential)
        result.tokenFile = section.value("token_file", credential)
        section.section("credentials") { named in
            for name in named.givenKeys.sorted() { result.credentialFiles[name] = named.value(name, credential) }
        }
        result.probeURL = section.value("probe_url", .httpsAddress)
        result.readLimits(section)
        section.requireBoth(
            "certificate", "key",
            hint: LocalText("a client certificate needs both, or neither", "客户端证书须同时给出两者，或都不给"))
        if let now { result.examineFiles(section, now: now) }
        return url == nil ? nil : result
    }

    /// Opens the files as the uplink will, each by itself, so that all that is wrong is reported.
    private func examineFiles(_ section: ConfigurationSection, now: WallTime) {
        var authority = HTTPSUplinkConfiguration(url: url)
        authority.authorityFile = authorityFile
        var client = HTTPSUplinkConfiguration(url: url)
        (client.certificateFile, client.keyFile) = keyFile == nil ? (nil, nil) : (certificateFile, keyFile)
        if certificateFile == nil { client.keyFile = nil }
        // What systemd hands over is there only while the unit runs.
        if client.keyFile?.hasPrefix(CredentialFile.ofSystemd) == true {
            (client.certificateFile, client.keyFile) = (nil, nil)
        }
        var bearer = HTTPSUplinkConfiguration(url: url)
        bearer.tokenFile = tokenFile.flatMap { $0.hasPrefix(CredentialFile.ofSystemd) ? nil : $0 }
        var named = HTTPSUplinkConfiguration(url: url)
        named.credentialFiles = credentialFiles.filter { !$0.value.hasPrefix(CredentialFile.ofSystemd) }
        let parts = [(authority, "ca"), (client, "certificate"), (bearer, "token_file"), (named, "credentials")]
        for (part, key) in parts {
            do throws(GatewayError) {
                _ = try UplinkCredentials.load(part, now: now)
            } catch {
                let cause = error.cause.map { ": " + $0 } ?? ""
                section.report(
                    LocalText(error.message.english + cause, error.message.chinese + cause), hint: error.hint, at: key)
            }
        }
    }

    private mutating func readLimits(_ section: ConfigurationSection) {
        let waits: ClosedRange<Duration> = .milliseconds(100) ... .seconds(300)
        connectTimeout = section.value("connect_timeout", .duration(in: waits), default: connectTimeout)
        requestTimeout = section.value("request_timeout", .duration(in: waits), default: requestTimeout)
        (firstRetry, mostRetry) = section.retryWaits(first: firstRetry, most: mostRetry)
    }
}

extension ValueKind<String> {
    /// The path of a file with a secret, or `credential:NAME` for one that systemd hands over.
    fileprivate static func credential(or file: ValueKind) -> ValueKind {
        ValueKind { text, isQuoted in
            guard text.hasPrefix(CredentialFile.ofSystemd) else { return file.reading(of: text, isQuoted: isQuoted) }
            guard CredentialFile.isCredentialName(text.dropFirst(CredentialFile.ofSystemd.count)) else {
                return .wrong(
                    LocalText("systemd has no credential of such a name", "systemd 凭据没有这样的名称"),
                    hint: LocalText(
                        "write credential: and the name that stands in LoadCredential=, without '/' or ':'",
                        "请写 credential: 加 LoadCredential= 中的名称，不含 '/' 和 ':'"))
            }
            return .value(text)
        }
    }
}
