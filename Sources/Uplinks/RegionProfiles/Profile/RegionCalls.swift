// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The calls a region takes; what is `nil` it does not take.
struct RegionCalls: Sendable, Hashable {
    var evaluate = CallForm()
    var supplement: CallForm?
    var token: CallForm?
    var alive: CallForm?
    var outcomes: CallForm?
    var fileCase: CallForm?
    var lookUpCase: CallForm?
    var holdings: CallForm?
    var notices: CallForm?
    /// Takes responses to questionnaires.
    var questionnaire: CallForm?
    /// Takes invitations.
    var invitation: CallForm?
    /// Says whether a case has been rated.
    var rated: CallForm?
    /// Gives the code of a case.
    var code: CallForm?
    /// Header fields of every call; one is left out where a value it carries is not there, such as a token.
    var headers: [HeaderForm] = []

    /// A header field.
    struct HeaderForm: Sendable, Hashable {
        var name: String
        var value: Template
    }

    /// Every call that there is, by its key in a profile.
    var all: [(key: String, form: CallForm)] {
        let named: [(String, CallForm?)] = [
            ("evaluate", evaluate), ("supplement", supplement), ("token", token), ("alive", alive),
            ("outcomes", outcomes), ("file_case", fileCase), ("look_up_case", lookUpCase), ("holdings", holdings),
            ("notices", notices), ("questionnaire", questionnaire), ("invitation", invitation), ("rated", rated),
            ("code", code),
        ]
        return named.compactMap { key, form in form.map { (key, $0) } }
    }

    /// Every template in them.
    var templates: [Template] {
        headers.map(\.value) + all.flatMap { [$0.form.path, $0.form.body] + $0.form.headers.map(\.value) }
    }
}

/// One of a region's calls.
struct CallForm: Sendable, Hashable {
    var method = "POST"
    /// Resolved against the configured address; empty for the address itself.
    var path = Template.empty
    var body = Template.empty
    var bodyForm = TextForm.json
    /// What `content-type` says; empty for none.
    var media = ""
    var headers: [RegionCalls.HeaderForm] = []

    /// The credentials of the site that it carries, in their order; without those in its headers it can be written.
    func credentials(withHeaders: Bool) -> [String] {
        ([path, body] + (withHeaders ? headers.map(\.value) : [])).flatMap(\.pieces).compactMap { piece in
            if case .slot(.credential(let name)) = piece { name } else { nil }
        }
    }
}

/// What is encrypted and signed, and how: the primitives are those of ``RegionSealing``.
struct SealingRules: Sendable, Hashable {
    /// What is encrypted.
    enum Extent: String, Sendable, Hashable, CaseIterable {
        case none, each, whole
    }

    var extent = Extent.none
    var encryption: SealingMethod?
    var signature: SealingMethod?
    /// What is signed.
    var signed = Template.empty
    /// Whether answers are encrypted as well.
    var opensAnswers = false
}
