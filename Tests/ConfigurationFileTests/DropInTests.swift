// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import FoundationEssentials
import Testing

/// Files that are laid over the main one, and files that values name.
struct DropInTests {
    @Test func mergesInTheOrderOfNames() throws {
        let files = try TemporaryFiles()
        let path = try files.write("f.yaml", "name: main\nlimits: {count: 1, wait: 1s}\nparts: [{id: a}]\n")
        try files.write("f.yaml.d/20-last.yaml", "name: last\nparts: [{id: c}]\n")
        try files.write("f.yaml.d/10-first.yaml", "name: first\nlimits: {count: 2}\nparts: [{id: b}]\ncolor:\n")
        try files.write("f.yaml.d/.hidden.yaml", "nonsense: [")
        try files.write("f.yaml.d/README", "nonsense: [")
        let outcome = ConfigurationFile.read(path, Sample.read)
        #expect(
            files.lines(outcome.diagnostics) == [
                "f.yaml.d/10-first.yaml:4:7: 'color' has no value (write one after the colon, or remove the key)"
            ])
        #expect(outcome.value == Sample(name: "last", count: 2, wait: .seconds(1), color: nil, parts: ["a", "b", "c"]))
        #expect(
            outcome.files.map { $0.replacing(files.root + "/", with: "") }
                == ["f.yaml", "f.yaml.d/10-first.yaml", "f.yaml.d/20-last.yaml"])
    }

    @Test func readsDropInsWithoutAMainFile() throws {
        let files = try TemporaryFiles()
        try files.write("f.yaml.d/a.yaml", "name: only\n")
        let outcome = ConfigurationFile.read(files.root + "/f.yaml", Sample.read)
        #expect(outcome.value.name == "only")
        #expect(outcome.files.count == 1)
    }

    @Test func namesTheFileOfEachMistake() throws {
        let files = try TemporaryFiles()
        let path = try files.write("f.yaml", "color: blue\n")
        try files.write("f.yaml.d/b.yaml", "limits:\n  count: 99\n")
        try files.write("f.yaml.d/a.yaml", "parts: [{}]\n")
        #expect(
            files.lines(ConfigurationFile.read(path, Sample.read).diagnostics) == [
                "f.yaml:1:8: color: 'blue' is not known here (known: green, red)",
                "f.yaml.d/a.yaml:1:9: 'id' is missing (add 'id: …')",
                "f.yaml.d/b.yaml:2:10: count: 99 is out of range (write a whole number from 1 to 10)",
            ])
    }

    @Test func reportsSyntaxAloneWhereAFileCannotBeParsed() throws {
        let files = try TemporaryFiles()
        let path = try files.write("f.yaml", "name: [\n")
        try files.write("f.yaml.d/a.yaml", "colour: red\n")
        let found = files.lines(ConfigurationFile.read(path, Sample.read).diagnostics)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("f.yaml:2:1: ") == true)
    }

    // MARK: Files with secrets

    private func lines(_ value: String, _ files: TemporaryFiles) throws -> [String] {
        let path = try files.write("f.yaml", "token: \(value)\n")
        let outcome = ConfigurationFile.read(path) { $0.value("token", .secretFile) }
        return files.lines(outcome.diagnostics)
    }

    @Test func looksAtFilesWithSecrets() throws {
        let files = try TemporaryFiles()
        #expect(try lines(try files.write("good", "secret", mode: 0o640), files) == [])
        #expect(
            try lines("good", files) == [
                "f.yaml:1:8: token: 'good' is not an absolute path (write the whole path, beginning with /)"
            ])
        #expect(
            try lines(files.root + "/none", files) == [
                "f.yaml:1:8: token: there is no file none (put the file there, or correct the path)"
            ])
        #expect(
            try lines(try files.write("empty", ""), files) == [
                "f.yaml:1:8: token: empty is empty (check whether this is the right file)"
            ])
        #expect(
            try lines(files.root, files).first?.contains(
                "cannot be read: Is a directory (let the daemon's user read it")
                == true)
        #expect(
            try lines(try files.write("open", "secret", mode: 0o644), files) == [
                "f.yaml:1:8: warning: every user can read the secret in open (chmod 0640, and consider replacing the secret)"
            ])
    }

    @Test func refusesAddressesThatAreNotSafe() throws {
        let files = try TemporaryFiles()
        func accepts(_ address: String) throws -> Bool {
            let path = try files.write("f.yaml", "url: \"\(address)\"\n")
            return ConfigurationFile.read(path) { $0.value("url", .httpsAddress) }.diagnostics.isEmpty
        }
        for good in [
            "https://region.example", "https://region.example:8443/api?x=1", "HTTPS://10.1.2.3/", "https://[::1]:9/a",
        ] { #expect(try accepts(good), "\(good)") }
        for bad in [
            "http://region.example/", "http://127.0.0.1/", "region.example", "https://", "https:///x", "https://a b/",
            "https://user:pw@region.example/", "https://region.example:0/", "https://region.example:65536/",
            "https://region.example:/x", "https://region.example/#f", "https://区域.example/", "https://a..b/",
            "https://[::1/", "https://[::1]x/", "https://region.example:99999999999999999999/",
        ] { #expect(try !accepts(bad), "\(bad)") }
    }
}
