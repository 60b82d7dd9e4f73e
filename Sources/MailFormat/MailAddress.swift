/// Somebody's address in a header, and the name that the header gives them. Both are what the sender wrote.
package struct MailAddress: Sendable, Hashable {
    /// Decoded; empty if there is none.
    package let name: String
    /// As written, without comments and white space. Local parts without a domain occur.
    package let address: String

    package init(name: String, address: String) {
        self.name = name
        self.address = address
    }

    /// What two addresses are compared by: in practice no mailbox tells cases apart.
    package var key: String { address.lowercased() }

    /// What stands before the last "@", in lower case.
    package var localPart: String { key.lastIndex(of: "@").map { String(key[..<$0]) } ?? key }

    /// What stands after the last "@", in lower case; empty without one.
    package var domain: String { key.lastIndex(of: "@").map { String(key[key.index(after: $0)...]) } ?? "" }

    /// Whether the name shows another address than the real one: how senders are feigned to whoever sees names only.
    package var nameFeignsAddress: Bool {
        name.split { " <>\"'(),;".contains($0) }.contains { word in
            let parts = word.split(separator: "@", omittingEmptySubsequences: false)
            return parts.count == 2 && parts[1].contains(".") && word.lowercased() != key
        }
    }
}
