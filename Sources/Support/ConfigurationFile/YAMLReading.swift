// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CYAML
import RatingModel

/// What came of parsing one file.
struct ParsedFile: Sendable, Hashable {
    /// The tree; `nil` where the file is empty or could not be parsed.
    let root: ConfigurationNode?
    /// What is wrong with it as YAML.
    let diagnostics: [Diagnostic]
}

/// Parses a YAML 1.1 file with libyaml, event by event, so that limits hold while it is read.
///
/// The bytes must be UTF-8: ``SourceText`` has seen to that.
func parseYAML(_ source: SourceText) -> ParsedFile {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else {
        let mark = source.mark(line: 0, column: 0)
        let hint = LocalText("free memory and try again", "请释放内存后重试")
        return ParsedFile(
            root: nil, diagnostics: [Diagnostic(mark, LocalText("out of memory", "内存不足"), hint: hint)])
    }
    defer { yaml_parser_delete(&parser) }
    return source.bytes.withUnsafeBufferPointer { bytes in
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
        var builder = NodeBuilder()
        var documents = 0
        while !builder.isExhausted {
            var event = yaml_event_t()
            guard yaml_parser_parse(&parser, &event) == 1 else {
                builder.report(syntaxError(of: parser, in: source))
                break
            }
            defer { yaml_event_delete(&event) }
            if event.type == YAML_STREAM_END_EVENT { break }
            if event.type == YAML_DOCUMENT_START_EVENT { documents += 1 }
            guard documents <= 1 else {
                builder.report(
                    source.mark(event.start_mark), LocalText("a second document begins here", "此处开始了第二个文档"),
                    hint: LocalText("remove the line ---, or use a drop-in file", "请删除 --- 行，或改用附加配置文件"))
                break
            }
            builder.take(event, at: source.mark(event.start_mark))
        }
        return ParsedFile(root: builder.root, diagnostics: builder.diagnostics)
    }
}

extension NodeBuilder {
    /// Takes one of libyaml's events.
    fileprivate mutating func take(_ event: yaml_event_t, at mark: SourceMark) {
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            properties(anchor: scalar.anchor, tag: scalar.tag, at: mark)
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            self.scalar(text, isQuoted: scalar.style != YAML_PLAIN_SCALAR_STYLE, at: mark)
        case YAML_SEQUENCE_START_EVENT:
            properties(anchor: event.data.sequence_start.anchor, tag: event.data.sequence_start.tag, at: mark)
            openList(at: mark)
        case YAML_MAPPING_START_EVENT:
            properties(anchor: event.data.mapping_start.anchor, tag: event.data.mapping_start.tag, at: mark)
            openSection(at: mark)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            close()
        case YAML_ALIAS_EVENT:
            alias(text(event.data.alias.anchor), at: mark)
        default:
            break
        }
    }

    private mutating func properties(
        anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, at mark: SourceMark
    ) {
        if anchor != nil { self.anchor(text(anchor), at: mark) }
        if tag != nil { self.tag(text(tag), at: mark) }
    }

    private func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String {
        pointer.map { shortened(String(cString: $0)) } ?? ""
    }

    fileprivate mutating func report(_ error: Diagnostic) { report(error.mark, error.message, hint: error.hint) }
}

extension SourceText {
    /// The place of one of libyaml's marks, which count from 0.
    fileprivate func mark(_ mark: yaml_mark_t) -> SourceMark {
        self.mark(line: Int(clamping: mark.line), column: Int(clamping: mark.column))
    }
}

/// Says in the operator's words what libyaml stumbled over.
private func syntaxError(of parser: yaml_parser_t, in source: SourceText) -> Diagnostic {
    let problem = parser.problem.map { String(cString: $0) } ?? "not YAML"
    if parser.error == YAML_READER_ERROR {
        let mark = source.mark(atByte: Int(clamping: parser.problem_offset))
        return Diagnostic(
            mark, LocalText("a control character stands here", "此处有控制字符"),
            hint: LocalText("delete it; the file must be plain UTF-8 text", "请删除；文件必须是 UTF-8 纯文本"))
    }
    let mark = source.mark(parser.problem_mark)
    if source.character(at: mark) == "\t" || problem.contains("tab") {
        return Diagnostic(
            mark, LocalText("a tab character stands in the indentation", "缩进中使用了制表符"),
            hint: LocalText("indent with spaces", "请用空格缩进"))
    }
    let (message, hint) =
        syntaxWords[problem] ?? (
            LocalText("this is not valid YAML: \(problem)", "不是有效的 YAML：\(problem)"),
            LocalText("check the indentation, the colons and the quotes", "请检查缩进、冒号和引号")
        )
    return Diagnostic(mark, message, hint: hint)
}

/// libyaml's problems that operators run into, in their words.
private let syntaxWords: [String: (LocalText, LocalText)] = [
    "found character that cannot start any token": (
        LocalText("a value cannot begin with this character", "值不能以此字符开头"),
        LocalText("put the value in quotes", "请给该值加引号")
    ),
    "mapping values are not allowed in this context": (
        LocalText("a ':' is not expected here", "此处不应出现冒号"),
        LocalText("check the indentation of this line; quote a value that holds ': '", "请检查本行缩进；含有 ': ' 的值请加引号")
    ),
    "did not find expected key": (
        LocalText("a key is expected here", "此处应为键"),
        LocalText("indent this line like the lines it belongs to", "请使本行缩进与所属各行一致")
    ),
    "could not find expected ':'": (
        LocalText("a key without ':' stands before this", "前面的键缺少冒号"),
        LocalText("write 'key: value', with a space after the colon", "请写成 'key: value'，冒号后留一个空格")
    ),
    "did not find expected '-' indicator": (
        LocalText("a list item beginning with '-' is expected here", "此处应为以 '-' 开头的列表项"),
        LocalText("indent this line like the other items, or like what it belongs to", "请使本行缩进与其他列表项或所属内容一致")
    ),
    "did not find expected <document start>": (
        LocalText("this does not belong to what stands before it", "此处与前面的内容不相连"),
        LocalText("write 'key: value' on every line", "每一行请写成 'key: value'")
    ),
    "found unexpected end of stream": (
        LocalText("the file ends within quotes", "文件在引号未闭合时结束"),
        LocalText("close the quotes", "请补上引号")
    ),
    "did not find expected ',' or ']'": (
        LocalText("',' or ']' is expected here", "此处应为 ',' 或 ']'"), LocalText("close the bracket", "请补上括号")
    ),
    "did not find expected ',' or '}'": (
        LocalText("',' or '}' is expected here", "此处应为 ',' 或 '}'"), LocalText("close the brace", "请补上花括号")
    ),
]
