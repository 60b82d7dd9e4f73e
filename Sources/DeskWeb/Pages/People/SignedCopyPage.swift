package import DeskCore
import Foundation

/// A signed agreement, to be printed or kept by both sides.
package struct SignedCopyPage: PageModel {
    package static let template = "pages.signed-copy"

    package let workspaceName: String
    package let version: Int
    package let paragraphs: [AgreementPage.Paragraph]
    package let memberName: String
    package let memberEmail: String
    package let principalName: String
    /// By the desk's clock, with its zone: the same for whoever reads it.
    package let moment: String
    /// In UTC (RFC 3339).
    package let machineTime: String
    /// SHA-256 of the text that was signed, in hexadecimal.
    package let digest: String
    /// "Entrada n.º 12".
    package let entryWords: String
    package let entryHash: String
    /// Why the text here is not the one that was signed, in words; nil when it is.
    package let differenceWords: String?
    /// The exact text as a file.
    package let textPath: String
    package let backPath: String
    package let backWords: String

    /// Where the page stands: whose copy it is leads back to another page.
    package enum Side: Sendable { case member, principal(memberPath: String) }

    /// What is signed, and how the ledger knows it.
    package struct Signature: Sendable {
        package let digest: String
        package let isAsSigned: Bool
        package let entry: LedgerEntry

        package init(digest: String, isAsSigned: Bool, entry: LedgerEntry) {
            self.digest = digest
            self.isAsSigned = isAsSigned
            self.entry = entry
        }
    }

    /// - Parameter path: of this page.
    package init(
        workspace: Workspace, member: User, principalName: String, version: Int, text: String, signature: Signature, side: Side,
        path: String,
        wording: Wording
    ) {
        workspaceName = workspace.name
        self.version = version
        paragraphs = AgreementPage.Paragraph.paragraphs(of: text)
        memberName = member.name
        memberEmail = member.email
        self.principalName = principalName
        moment = wording.moment(signature.entry.at, in: workspace)
        machineTime = wording.machineTime(signature.entry.at)
        digest = signature.digest
        entryWords = wording.text("signedCopy.entry", ["number": String(signature.entry.sequence)])
        entryHash = signature.entry.hash
        differenceWords = signature.isAsSigned ? nil : wording.text("signedCopy.different")
        textPath = "\(path)/text"
        switch side {
        case .member: (backPath, backWords) = ("/settings/account", wording.text("account.title"))
        case .principal(let memberPath): (backPath, backWords) = (memberPath, member.name)
        }
    }

    /// One signature in a list.
    package struct Link: Sendable {
        package let path: String
        /// "Estudio Quiroga, versión 2".
        package let words: String
        package let moment: String

        package init(_ workspace: Workspace, version: Int, at: Instant, path: String, wording: Wording) {
            self.path = path
            words = wording.text("signedCopy.link", ["desk": workspace.name, "version": String(version)])
            moment = wording.moment(at)
        }
    }
}

extension Wording {
    /// A day with its year and an hour by a desk's clock, whoever reads it: "3 de marzo de 2026, 10:42 (America/Bogota)".
    fileprivate func moment(_ instant: Instant, in workspace: Workspace) -> String {
        let local = Wording(catalogue: catalogue, timeZone: TimeZone(identifier: workspace.timeZone) ?? .gmt, now: now)
        let words = ["day": local.fullDay(instant), "time": local.timeOfDay(instant), "zone": workspace.timeZone]
        return text("signedCopy.moment", words)
    }
}
