package import DeskCore

/// The confidentiality text of a desk, its versions, and a new one. Form fields: `text`, `version`, and `act` (`preview` or `publish`).
package struct AgreementEditorPage: PageModel {
    package static let template = "pages.agreement-editor"

    package let workspaceName: String
    package let peoplePath: String
    package let path: String
    package let text: String
    /// The version that was in force when the text was begun.
    package let version: Int
    package let errorWords: String?
    /// How the text will read; nil before it was asked for.
    package let preview: [AgreementPage.Paragraph]
    package let hasPreview: Bool
    package let versions: [Version]
    package var section: NavigationSection? { .settings }

    /// Why nothing was published.
    package enum Problem: String, Sendable { case tooShort, stale }

    /// One published text.
    package struct Version: Sendable {
        package let number: Int
        package let moment: String
        package let machineTime: String
        /// "Firmada por 3 personas".
        package let signatureWords: String
        package let digest: String
        package let isInForce: Bool

        package init(_ agreement: Agreement, publishedAt: Instant, signatures: Int, isInForce: Bool, wording: Wording) {
            number = agreement.version
            moment = wording.moment(publishedAt)
            machineTime = wording.machineTime(publishedAt)
            signatureWords = wording.text("agreementEditor.signatures", count: signatures)
            digest = agreement.digest
            self.isInForce = isInForce
        }
    }

    package init(
        workspace: Workspace, text: String, version: Int, problem: Problem? = nil, preview: String? = nil, versions: [Version],
        wording: Wording
    ) {
        workspaceName = workspace.name
        peoplePath = "/people/\(workspace.id.text)"
        path = "\(peoplePath)/agreement"
        self.text = text
        self.version = version
        errorWords = problem.map { wording.text("agreementEditor.\($0.rawValue)") }
        self.preview = preview.map { AgreementPage.Paragraph.paragraphs(of: $0) } ?? []
        hasPreview = preview != nil
        self.versions = versions
    }
}
