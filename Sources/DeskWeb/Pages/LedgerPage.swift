package import DeskCore

/// The head of the proof log: what to write down outside this machine.
package struct LedgerPage: PageModel {
    package static let template = "pages.ledger"

    package let workspaceName: String
    package let workspaceID: String
    /// The ledgers to choose from; empty for a single one, and where a receipt is shown.
    package let workspaces: [Choice]
    package let hasWorkspaces: Bool
    /// Nil while the ledger is empty.
    package let head: Head?
    package let isEmpty: Bool
    /// Nil while nothing was signed.
    package let signed: SignedHead?
    /// Where the receipt that is shown can be had as a file; nil where none is shown.
    package let receiptPath: String?
    /// What the last verification found; nil before one was asked for.
    package let verification: Verification?
    /// Where the principal has the head sent every day; nil for others.
    package let summaryPath: String?
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

    /// What was signed last, and who outside has it.
    package struct SignedHead: Sendable {
        package enum Delivery: Sendable {
            case delivered(to: String, at: Instant)
            /// With a principal's summary.
            case mailed(at: Instant, entries: Int64)
            case failed(reason: String)
            case nowhere
        }

        package let entryCount: String
        /// The beginning of the root, in hexadecimal.
        package let root: String
        package let keyID: String
        package let moment: String
        package let machineTime: String
        package let delivery: String
        package let isDelivered: Bool

        package init(entryCount: Int, rootHash: String, keyID: String, at: Instant, delivery: Delivery, wording: Wording) {
            self.entryCount = String(entryCount)
            root = String(rootHash.prefix(16))
            self.keyID = keyID
            moment = wording.moment(at)
            machineTime = wording.machineTime(at)
            switch delivery {
            case .delivered(let place, let instant):
                self.delivery = wording.text("ledger.delivered", ["place": place, "moment": wording.moment(instant)])
                isDelivered = true
            case .mailed(let instant, let entries):
                self.delivery = wording.text("ledger.mailed", count: Int(entries), ["moment": wording.moment(instant)])
                isDelivered = true
            case .failed(let reason):
                self.delivery = wording.text("ledger.deliveryFailed", ["reason": reason])
                isDelivered = false
            case .nowhere:
                self.delivery = wording.text("ledger.notDelivered")
                isDelivered = false
            }
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

        /// - Parameter count: of the entries that the bad head stands for.
        package static func brokenHead(ofEntries count: Int, wording: Wording) -> Self {
            Self(isIntact: false, words: wording.text("ledger.brokenHead", ["entry": String(count)]))
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

    /// Choosing a ledger is `GET /ledger?workspace=ID`; verifying it is `&verify=1`.
    package init(
        workspaceName: String, workspaceID: String, workspaces: [Choice] = [], head: Head?, signed: SignedHead? = nil,
        receiptPath: String? = nil, verification: Verification? = nil, summaryPath: String? = nil, entries: [Entry] = []
    ) {
        self.workspaceName = workspaceName
        self.workspaceID = workspaceID
        self.workspaces = workspaces.count > 1 ? workspaces : []
        hasWorkspaces = workspaces.count > 1
        self.head = head
        isEmpty = head == nil
        self.signed = signed
        self.receiptPath = receiptPath
        self.verification = verification
        self.summaryPath = summaryPath
        self.entries = entries
        hasEntries = !entries.isEmpty
    }
}
