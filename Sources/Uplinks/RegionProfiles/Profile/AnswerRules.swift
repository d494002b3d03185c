// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What a region's answers mean: where things stand in them, and which words mean what.
struct AnswerRules: Sendable, Hashable {
    /// JSON or XML.
    var form = TextForm.json
    /// Where the answer proper stands as a text inside the one that came, as in SOAP; `nil` where it is what came.
    var inside: AnswerPath?
    /// HTTP statuses that refuse the batch.
    var refusedStatuses: Set<Int> = [400, 413, 422]
    /// Where the region says what is the matter.
    var message: AnswerPath?
    /// Which words of the whole answer mean what.
    var whole: [Meaning: [Condition]] = [:]
    /// What it says of each rating; `nil` where it says one thing of all.
    var each: Each?
    /// What it says where a case is filed or looked up.
    var caseHeld: [Condition] = []
    /// What it says where it is asked whether a case has been rated.
    var rated = Rated()
    /// Where a case's code stands.
    var code = CodePaths()
    var token = TokenPaths()
    var holdings = HoldingPaths()
    var notices = NoticePaths()

    /// What words can mean.
    enum Meaning: String, Sendable, Hashable, CaseIterable {
        /// It is there now.
        case success
        /// It was there already.
        case duplicate
        /// Not now.
        case retry
        /// The case is not known yet: not now either where the platform files it.
        case missingCase = "missing_case"
        /// Never.
        case refused
        /// To a question: it is not there.
        case absent
    }

    /// What an answer says of each rating.
    struct Each: Sendable, Hashable {
        var list: AnswerPath
        var key = Key.order
        /// The word that stands before the message in the receipt.
        var word: AnswerPath?
        var message: AnswerPath?
        var meanings: [Meaning: [Condition]] = [:]

        /// How an element is known to speak of a rating.
        enum Key: Sendable, Hashable {
            /// By the id that was minted at capture.
            case id(AnswerPath)
            /// By case, service and, where it says so, which rating of it.
            case caseNumber(project: AnswerPath, service: AnswerPath, ordinal: AnswerPath?)
            /// By its place in the batch.
            case order
        }
    }

    /// What says that a case has been rated, and what that it has not; an answer with neither says nothing.
    struct Rated: Sendable, Hashable {
        var yes: [Condition] = []
        var no: [Condition] = []
    }

    /// Where the text of a code stands, and where a picture of it in Base64; a text goes before a picture.
    struct CodePaths: Sendable, Hashable {
        var text: AnswerPath? = AnswerPath("url")
        var image: AnswerPath?
    }

    struct TokenPaths: Sendable, Hashable {
        var token = AnswerPath("token")
        var seconds: AnswerPath?
    }

    struct HoldingPaths: Sendable, Hashable {
        var list = AnswerPath("holdings")
        var id = AnswerPath("id")
        var level = AnswerPath("satisfaction")
        var channel = AnswerPath("pf")
        var project = AnswerPath("projectNo")
        var service = AnswerPath("serviceNumber")
    }

    struct NoticePaths: Sendable, Hashable {
        var list = AnswerPath("notices")
        var next = AnswerPath("next")
        var kind = AnswerPath("kind")
        var rating = AnswerPath("id")
        var number = AnswerPath("number")
        var outcome = AnswerPath("outcome")
        var text = AnswerPath("text")
        var state = AnswerPath("state")
        var deadline = AnswerPath("deadline")
        var scope = AnswerPath("scope")
        var period = AnswerPath("period")
        var value = AnswerPath("value")
        var version = AnswerPath("version")
        var table = AnswerPath("table")
        var project = AnswerPath("projectNo")
        var service = AnswerPath("serviceNumber")
    }
}

/// Something an answer can say at a place; it holds where one of its words does.
struct Condition: Sendable, Hashable {
    var path: AnswerPath
    var test: Test

    enum Test: Sendable, Hashable {
        /// It is one of these texts or numbers.
        case isText([[UInt8]])
        /// It is this truth value, and not a text that looks like one.
        case isFlag(Bool)
        /// One of these stands in it.
        case contains([String])
    }
}

/// A way through an answer from its root: names of members or elements, and numbers of items from 0.
struct AnswerPath: Sendable, Hashable {
    let names: [[UInt8]]

    /// Takes names with dots between them; the empty path is the root.
    init(_ text: String) { names = text.split(separator: ".").map { Array($0.utf8) } }
}
