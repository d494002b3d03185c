// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// What a scanned code means for a window.
public enum ScanMeaning: Sendable, Hashable {
    /// A ticket of the queue.
    case ticket(String)
    /// A case: its number, and which of its services.
    case caseNumber(CaseReference)
    /// A member of staff's badge; `nil` where nobody is known by it.
    case badge(String?)
}

/// How a site's codes are told apart: by how they begin, how long they are and whether they are digits.
public struct ScanRules: Sendable, Hashable {
    /// One kind of code.
    public struct Rule: Sendable, Hashable {
        /// What codes of this kind are.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// A ticket of the queue.
            case ticket
            /// A case number.
            case caseNumber = "case"
            /// A badge.
            case badge
        }

        /// What a code of this kind is.
        public var kind: Kind
        /// How it begins; the beginning is no part of the number.
        public var prefix: String
        /// How many characters it has behind its beginning.
        public var length: ClosedRange<Int>
        /// Whether these are decimal digits alone.
        public var isDigits: Bool
        /// What divides the case's number from its service's, in a code for a case; without it, or where the code does
        /// not hold it, the service is ``usualService``.
        public var separator: Character?

        /// The service number of a case code that names none.
        public static let usualService = "1"

        /// Takes the rule.
        public init(
            kind: Kind, prefix: String = "", length: ClosedRange<Int> = 1...Limits.identifierBytes,
            isDigits: Bool = false, separator: Character? = nil
        ) {
            self.kind = kind
            self.prefix = prefix
            self.length = length
            self.isDigits = isDigits
            self.separator = separator
        }

        /// The number in a code of this kind; `nil` for another code.
        func number(in text: String) -> String? {
            guard text.hasPrefix(prefix) else { return nil }
            let number = String(text.dropFirst(prefix.count))
            guard length.contains(number.count), !number.isEmpty, number.utf8.count <= Limits.identifierBytes,
                !isDigits || number.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else { return nil }
            return number
        }
    }

    /// The rules in order: the first that fits counts.
    public var rules: [Rule]
    /// Who is known by which badge; where nobody is listed, a badge's number is the member of staff's.
    public var staff: [String: String]

    /// Takes the rules.
    public init(_ rules: [Rule] = [], staff: [String: String] = [:]) {
        self.rules = rules
        self.staff = staff
    }

    /// What a code means; `nil` where no rule fits.
    public func meaning(of code: ScannedCode) -> ScanMeaning? {
        for rule in rules {
            guard let number = rule.number(in: code.text) else { continue }
            switch rule.kind {
            case .ticket: return .ticket(number)
            case .badge: return .badge(member(badge: number))
            case .caseNumber: return .caseNumber(reference(number, rule.separator))
            }
        }
        return nil
    }

    /// Who is known by a badge or a user's code; `nil` where nobody is.
    public func member(badge number: String) -> String? { staff.isEmpty ? number : staff[number] }

    private func reference(_ number: String, _ separator: Character?) -> CaseReference {
        guard let separator, let cut = number.lastIndex(of: separator) else {
            return CaseReference(projectNumber: number, serviceNumber: Rule.usualService)
        }
        let (project, service) = (number[..<cut], number[number.index(after: cut)...])
        guard !project.isEmpty, !service.isEmpty else {
            return CaseReference(projectNumber: number, serviceNumber: Rule.usualService)
        }
        return CaseReference(projectNumber: String(project), serviceNumber: String(service))
    }
}
