// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

extension ValueKind where Value == String {
    /// An `https` address with a host, without user, password or fragment (RFC 9110 section 4.2.2), in ASCII.
    ///
    /// Plain `http` is refused, on loopback too: ratings carry case numbers, and a line without TLS proves nothing.
    public static var httpsAddress: ValueKind {
        ValueKind { text, isQuoted in
            let shown = shortened(text)
            func wrong(_ english: String, _ chinese: String, hint: LocalText) -> Reading {
                .wrong(LocalText("'\(shown)' \(english)", "'\(shown)' \(chinese)"), hint: hint)
            }
            let example = LocalText(
                "write an address such as https://region.example/api/evaluate",
                "请填写 https://region.example/api/evaluate 这样的地址")
            let lowercased = text.lowercased()
            if lowercased.hasPrefix("http://") {
                return wrong(
                    "is sent in the clear", "以明文传输",
                    hint: LocalText(
                        "write https://…; for a private authority name its certificate under 'ca'",
                        "请改为 https://…；若为私有 CA，请在 'ca' 中指定其证书"))
            }
            guard lowercased.hasPrefix("https://") else {
                return wrong("is not an https address", "不是 https 地址", hint: example)
            }
            guard text.utf8.count <= 2048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                return wrong("holds a character that addresses cannot", "含有地址不允许的字符", hint: example)
            }
            guard !text.contains("#") else {
                return wrong("has a part after #", "含有 # 之后的部分", hint: LocalText("leave it out", "请去掉"))
            }
            let authority = text.dropFirst("https://".count).prefix { $0 != "/" && $0 != "?" }
            guard !authority.contains("@") else {
                return .wrong(
                    LocalText("the address holds a user or password", "地址中含有用户名或密码"),
                    hint: LocalText(
                        "put the secret into a file and name it under 'token_file'", "请把密钥放入文件，并在 'token_file' 中指定"))
            }
            return isAuthority(authority)
                ? .value(text) : wrong("has no usable host and port", "的主机或端口无效", hint: example)
        }
    }

    /// Whether a text is a host name, IPv4 address or bracketed IPv6 address, with a port from 1 to 65535 if any.
    private static func isAuthority(_ text: Substring) -> Bool {
        let host: Substring
        let rest: Substring
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return false }
            host = text[text.index(after: text.startIndex)..<end]
            rest = text[text.index(after: end)...]
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return false }
        } else {
            host = text.prefix { $0 != ":" }
            rest = text[host.endIndex...]
            let labels = host.split(separator: ".", omittingEmptySubsequences: false)
            guard labels.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 63 && $0.allSatisfy(isNameCharacter) }) else {
                return false
            }
        }
        guard !rest.isEmpty else { return true }
        let digits = rest.dropFirst()
        guard rest.hasPrefix(":"), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits) else {
            return false
        }
        return (1...65_535).contains(port)
    }

    private static func isNameCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "-" || character == "_")
    }
}
