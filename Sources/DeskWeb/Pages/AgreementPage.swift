package import DeskCore

/// The confidentiality agreement, readable to the end, and its signature. Form fields: `version`, `typed_name`, `password`.
package struct AgreementPage: PageModel {
    package static let template = "pages.agreement"

    package let workspaceID: String
    package let workspaceName: String
    package let version: String
    package let paragraphs: [Paragraph]
    /// The name to type, as the account has it.
    package let expectedName: String
    package let typedName: Field
    package let passwordError: String?
    /// Set once it is signed: the copy to keep.
    package let signature: Signature?
    /// Whether signing is asked for.
    package let asksForSignature: Bool

    /// A heading or a paragraph of the agreement.
    package struct Paragraph: Sendable {
        package let heading: String?
        package let text: String?

        package static func heading(_ words: String) -> Self { Self(heading: words, text: nil) }

        package static func text(_ words: String) -> Self { Self(heading: nil, text: words) }

        /// Takes plain text apart: blank lines divide, single line breaks count as spaces, and `#` starts a heading.
        package static func paragraphs(of plainText: String) -> [Self] {
            plainText.replacing("\r\n", with: "\n").split(separator: "\n\n").map { block in
                let words = block.split(separator: "\n").joined(separator: " ")
                return words.hasPrefix("#") ? .heading(String(words.drop { $0 == "#" || $0 == " " })) : .text(words)
            }
        }
    }

    /// Who signed, and when.
    package struct Signature: Sendable {
        package let words: String
        /// The digest of the text that was signed.
        package let digest: String
        /// Where the copy to keep is.
        package let copyPath: String?

        package init(name: String, at: Instant, digest: String, copyPath: String?, wording: Wording) {
            self.copyPath = copyPath
            words = wording.text("agreement.signed", ["name": name, "moment": wording.moment(at)])
            self.digest = digest
        }
    }

    package init(
        workspaceID: String, workspaceName: String, version: Int, text: String, expectedName: String, typedName: Field = Field(),
        passwordError: String? = nil, signature: Signature? = nil
    ) {
        self.workspaceID = workspaceID
        self.workspaceName = workspaceName
        self.version = String(version)
        paragraphs = Paragraph.paragraphs(of: text)
        self.expectedName = expectedName
        self.typedName = typedName
        self.passwordError = passwordError
        self.signature = signature
        asksForSignature = signature == nil
    }
}
