// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import ConfigurationFile
import RatingModel

extension RegionSettings {
    /// Reads what an uplink's stanza says of the region, all mistakes into the section's log.
    ///
    /// The stanza is shared with whatever carries the ratings, which reads its own keys of it. Where there is a copy of a
    /// site's own profile at the place that `copiedTo` gives for its path, the copy is read. With `opensFiles` the files
    /// of keys are opened too; a start does not, because a lost key must not keep a hall from recording.
    public static func read(
        _ section: ConfigurationSection, copiedTo copy: (String) -> String? = { _ in nil }, opensFiles: Bool = false
    ) -> RegionSettings {
        var result = RegionSettings(profile: readProfile(section, copiedTo: copy))
        if section.has("profile_file") { result.profileFile = section.value("profile_file", .absolutePath()) }
        result.profile.readChannels(section)
        result.terms.read(section)
        result.reasonlessStatement = section.value(
            "reasonless_statement", .sentence(ofAtMost: result.profile.shape.textCharacters),
            default: result.reasonlessStatement)
        result.readSite(section)
        section.section("keys") { keys in
            let secret: ValueKind<String> = opensFiles ? .secretFile : .absolutePath()
            result.keys.encryption = keys.value("encrypt", opensFiles ? .readableFile : .absolutePath())
            result.keys.vector = keys.value("vector", secret)
            result.keys.signature = keys.value("sign", secret)
        }
        result.checkKeys(section)
        ProfileChecks(profile: result.profile, section: section).checkTerms(result.terms)
        if !result.isVerified {
            section.report(
                LocalText(
                    "nobody has checked the profile \(result.profile.name) against the region's interface",
                    "配置 \(result.profile.name) 尚未与上级接口核对"),
                hint: LocalText(
                    "have it checked by the region, then keep it as a file of your own with 'verified: true'",
                    "请与上级核对后，另存为自有文件并写 'verified: true'"),
                at: section.has("profile_file") ? "profile_file" : "profile", .warning)
        }
        return result
    }

    /// Reports every credential that the profile's calls carry and `credentials`, by these names, does not hold: a call
    /// without it could not be written.
    public func check(credentials named: Set<String>, in section: ConfigurationSection) {
        ProfileChecks(profile: profile, section: section).checkCredentials(named)
    }

    private static func readProfile(
        _ section: ConfigurationSection, copiedTo copy: (String) -> String?
    ) -> RegionProfile {
        if section.has("profile_file") {
            if section.has("profile") {
                section.report(
                    LocalText("'profile' and 'profile_file' are both given", "'profile' 与 'profile_file' 不能同时给出"),
                    hint: LocalText("keep the one that is meant", "请只保留一个"), at: "profile")
                _ = section.value("profile", .text())
            }
            return section.file("profile_file", copiedTo: copy) { RegionProfile.read($0) } ?? .national
        }
        let profiles = Dictionary(RegionProfile.all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return section.required("profile", .choice(profiles)) ?? .national
    }

    private mutating func readSite(_ section: ConfigurationSection) {
        for constant in profile.site where !constant.fallback.isEmpty {
            site[constant.name] = constant.shaped(constant.fallback)
        }
        let required = profile.site.filter { $0.isRequired && $0.fallback.isEmpty }
        if !required.isEmpty, !section.has("site") {
            section.report(
                LocalText(
                    "the profile \(profile.name) needs 'site' with \(required.map(\.name).joined(separator: ", "))",
                    "配置 \(profile.name) 需要 'site'：\(required.map(\.name).joined(separator: "、"))"),
                hint: LocalText("add 'site: {…}'; the region knows the values", "请添加 'site: {…}'；取值由上级提供"))
        }
        section.section("site") { values in
            for constant in profile.site {
                let kind: ValueKind<String> =
                    constant.codes.isEmpty ? .text(atMost: 256) : .choice(constant.codes)
                let value =
                    required.contains(constant)
                    ? values.required(constant.name, kind) : values.value(constant.name, kind)
                if let value { site[constant.name] = constant.codes.isEmpty ? constant.shaped(value) : value }
            }
        }
    }

    private func checkKeys(_ section: ConfigurationSection) {
        let wants = profile.sealing
        if wants.encryption != nil, keys.encryption == nil {
            section.report(
                LocalText("the profile encrypts, and there is no key", "上级接口要求加密，但未配置密钥"),
                hint: LocalText("add 'keys: {encrypt: /path}'", "请添加 'keys: {encrypt: /路径}'"), at: "keys")
        }
        if let method = wants.signature, method.algorithm != .sm3, keys.signature == nil {
            section.report(
                LocalText("the profile signs, and there is no key", "上级接口要求签名，但未配置密钥"),
                hint: LocalText("add 'keys: {sign: /path}'", "请添加 'keys: {sign: /路径}'"), at: "keys")
        }
    }
}

extension SiteConstant {
    /// A value as it is written.
    fileprivate func shaped(_ value: String) -> String {
        value + String(repeating: "0", count: max(0, pad - value.count))
    }
}
