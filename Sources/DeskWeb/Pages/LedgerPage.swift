package import DeskCore

/// The head of the proof log: what to write down outside this machine.
package struct LedgerPage: PageModel {
    package static let template = "pages.ledger"

    package let workspaceName: String
    /// Nil while the ledger is empty.
    package let head: Head?
    package let isEmpty: Bool
    /// What the last verification found; nil before one was asked for.
    package let verification: Verification?
    package let entries: [Entry]
    package let hasEntries: Bool
    package var section: NavigationSection? { .ledger }

    /// The latest signed root.
    package struct Head: Sendable {
        package let entryCount: String
        /// Hexadecimal.
        package let digest: String
        package let keyID: String?
        package let moment: String
        package let machineTime: String

        package init(entryCount: Int, digest: String, keyID: String?, at: Instant, wording: Wording) {
            self.entryCount = String(entryCount)
            self.digest = digest
            self.keyID = keyID
            moment = wording.moment(at)
            machineTime = wording.machineTime(at)
        }
    }

    package struct Verification: Sendable {
        package let isIntact: Bool
        package let words: String

        package static func intact(entryCount: Int, wording: Wording) -> Self {
            Self(isIntact: true, words: wording.text("ledger.intact", count: entryCount))
        }

        /// - Parameter entry: the number of the first bad entry.
        package static func broken(atEntry entry: Int, wording: Wording) -> Self {
            Self(isIntact: false, words: wording.text("ledger.broken", ["entry": String(entry)]))
        }
    }

    /// One fact of the log.
    package struct Entry: Sendable {
        package let number: String
        package let words: String
        package let moment: String
        package let digest: String

        /// - Parameter kind: the entry's kind as stored; unknown kinds are shown as they are.
        package init(number: Int, kind: String, at: Instant, digest: String, wording: Wording) {
            self.number = String(number)
            let key = "ledger.kind.\(kind)"
            words = wording.catalogue.has(key) ? wording.text(key) : kind
            moment = wording.moment(at)
            self.digest = String(digest.prefix(12))
        }
    }

    /// Verifying is `GET /ledger?verify=1`.
    package init(workspaceName: String, head: Head?, verification: Verification? = nil, entries: [Entry] = []) {
        self.workspaceName = workspaceName
        self.head = head
        isEmpty = head == nil
        self.verification = verification
        self.entries = entries
        hasEntries = !entries.isEmpty
    }
}
