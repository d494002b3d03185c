// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import Testing

/// What YAML allows and what a configuration does not.
struct YAMLTests {
    private func lines(_ text: String) throws -> [String] {
        let files = try TemporaryFiles()
        let path = try files.write("f.yaml", text)
        return files.lines(ConfigurationFile.read(path, Sample.read).diagnostics)
    }

    @Test func readsEveryKindOfValue() throws {
        let files = try TemporaryFiles()
        let text = """
            # 注释
            name: "大厅 # 1"
            limits: {count: 3, wait: 500ms}
            color: green
            parts:
              - id: A01
              - {id: 002}
            """
        let outcome = ConfigurationFile.read(try files.write("f.yaml", text), Sample.read)
        #expect(outcome.diagnostics.isEmpty)
        #expect(
            outcome.value
                == Sample(
                    name: "大厅 # 1", count: 3, wait: .milliseconds(500), color: "green", parts: ["A01", "002"]))
    }

    @Test(arguments: [
        "", "\n\n", "# only a comment\n", "---\n", "~\n", "\u{FEFF}name: x\n", "name: x\r\ncolor: red\r\n",
    ])
    func takesWhatIsEmptyOrOrdinary(_ text: String) throws { #expect(try lines(text) == []) }

    @Test func takesNoFileForAnEmptyOne() throws {
        let files = try TemporaryFiles()
        let outcome = ConfigurationFile.read(files.root + "/none.yaml", Sample.read)
        #expect(outcome.diagnostics.isEmpty)
        #expect(outcome.files.isEmpty)
        #expect(outcome.value == Sample())
    }

    @Test(arguments: [
        ("name: x\n\tcolor: red\n", "f.yaml:2:1: a tab character stands in the indentation (indent with spaces)"),
        ("name: [x\n", "f.yaml:2:1: ',' or ']' is expected here (close the bracket)"),
        ("name: \"x\n", "f.yaml:2:1: the file ends within quotes (close the quotes)"),
        ("name: @x\n", "f.yaml:1:7: a value cannot begin with this character (put the value in quotes)"),
        (
            "name: a: b\n",
            "f.yaml:1:8: a ':' is not expected here (check the indentation of this line; quote a value that holds ': ')"
        ),
        (
            "limits:\n  count: 1\n wait: 1s\n",
            "f.yaml:3:2: a key is expected here (indent this line like the lines it belongs to)"
        ),
        (
            "name: x\n名称一\ncolor: red\n",
            "f.yaml:3:1: a key without ':' stands before this (write 'key: value', with a space after the colon)"
        ),
        (
            "name: a\u{7}b\n",
            "f.yaml:1:8: a control character stands here (delete it; the file must be plain UTF-8 text)"
        ),
        (
            "name: x\n---\ncolor: red\n",
            "f.yaml:2:1: a second document begins here (remove the line ---, or use a drop-in file)"
        ),
    ])
    func saysWhatIsNotYAML(_ text: String, _ expected: String) throws {
        let found = try lines(text)
        #expect(found == [expected])
    }

    @Test func refusesAnchorsAliasesTagsAndDuplicates() throws {
        let text = """
            name: &a x
            color: *a
            limits: !!map {count: 1, count: 2}
            ? [x]
            : y
            """
        #expect(
            try lines(text) == [
                "f.yaml:1:7: the anchor &a is not allowed (remove it; quote the value if it begins with &)",
                "f.yaml:2:8: the alias *a is not allowed (write the value out; quote it if it begins with *)",
                "f.yaml:3:9: the tag tag:yaml.org,2002:map is not allowed (remove it; quote the value if it begins with !)",
                "f.yaml:3:26: 'count' is given twice, first in line 3 (keep one of the two)",
                "f.yaml:4:3: a list or section cannot be a key (write 'key: value')",
            ])
    }

    @Test func limitsDepthCountAndSize() throws {
        let deep = String(repeating: "[", count: 5000)
        #expect(
            try lines(deep) == ["f.yaml:1:17: more than 16 levels of nesting (check the brackets and the indentation)"])
        let many = "parts: [" + String(repeating: "1,", count: 30_000) + "]"
        #expect(try lines(many).last?.contains("more than 20000 values (check whether this is the right file)") == true)
        let large = "name: " + String(repeating: "x", count: 1024 * 1024)
        #expect(
            try lines(large) == [
                "f.yaml:1:1: the file is larger than 1048576 bytes (check whether this is the right file)"
            ])
    }

    @Test func saysWhereTheTextStopsBeingUTF8() throws {
        let files = try TemporaryFiles()
        let path = try files.write("f.yaml", bytes: Array("# 好\nname: 厅".utf8) + [0xB4, 0xF3, 0x0A])
        let outcome = ConfigurationFile.read(path, Sample.read)
        #expect(
            files.lines(outcome.diagnostics) == [
                "f.yaml:2:8: the text is not UTF-8 from here (save the file as UTF-8 (it may be GBK))"
            ])
        #expect(
            files.lines(outcome.diagnostics, locale: "zh_CN.UTF-8") == [
                "f.yaml:2:8: 从此处起不是 UTF-8 文本（请以 UTF-8 编码保存文件（可能是 GBK））"
            ])
    }

    @Test func refusesWhatIsNotAFile() throws {
        let files = try TemporaryFiles()
        #expect(
            files.lines(ConfigurationFile.read(files.root + "/", Sample.read).diagnostics).first?
                .contains(":1:1: the file cannot be read: Is a directory") == true)
        #expect(
            ConfigurationFile.read("/dev/zero", Sample.read).diagnostics.map(\.description) == [
                "/dev/zero:1:1: the file cannot be read: Invalid argument (it must be a file that the daemon's user may read)"
            ])
    }
}
