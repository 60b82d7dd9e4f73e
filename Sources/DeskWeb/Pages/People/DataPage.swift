package import DeskCore

/// What a workspace keeps of people, why, and for how long: the record of processing (GDPR article 30), and the principal's rule.
package struct DataPage: PageModel {
    package static let template = "pages.data"

    package let workspaceName: String
    package let peoplePath: String
    package let path: String
    /// Days as they are typed; empty keeps everything.
    package let conversationDays: String
    package let rawEventDays: String
    package let errorWords: String?
    package let record: [Line]
    package var section: NavigationSection? { .settings }

    /// One line of the record.
    package struct Line: Sendable {
        package let what: String
        package let words: String
    }

    /// What was typed.
    package struct Values: Sendable, Hashable {
        package let conversationDays: String
        package let rawEventDays: String

        package init(conversationDays: String, rawEventDays: String) {
            self.conversationDays = conversationDays
            self.rawEventDays = rawEventDays
        }

        package init(_ retention: Retention) {
            conversationDays = retention.conversationDays.map(String.init) ?? ""
            rawEventDays = retention.rawEventDays.map(String.init) ?? ""
        }
    }

    /// - Parameter channels: their names, as people call them.
    package init(workspace: Workspace, values: Values, channels: [String], hasError: Bool, wording: Wording) {
        workspaceName = workspace.name
        peoplePath = "/people/\(workspace.id.text)"
        path = "/people/\(workspace.id.text)/data"
        conversationDays = values.conversationDays
        rawEventDays = values.rawEventDays
        errorWords = hasError ? wording.text("data.error") : nil
        record = [
            Line(what: wording.text("data.record.who"), words: workspace.name),
            Line(what: wording.text("data.record.why"), words: wording.text("data.record.whyWords")),
            Line(what: wording.text("data.record.whose"), words: wording.text("data.record.whoseWords")),
            Line(what: wording.text("data.record.what"), words: wording.text("data.record.whatWords")),
            Line(
                what: wording.text("data.record.recipients"),
                words: wording.text("data.record.recipientsWords", ["channels": channels.joined(separator: ", ")])),
            Line(what: wording.text("data.record.measures"), words: wording.text("data.record.measuresWords")),
        ]
    }
}

/// What the desk keeps of one contact: to give out, and to erase.
package struct ContactDataPage: PageModel {
    package static let template = "pages.contact-data"

    package let contactName: String
    package let conversationPath: String
    package let exportPath: String?
    package let erasurePath: String?
    package let errorWords: String?
    package var section: NavigationSection? { .queue }

    /// - Parameters:
    ///   - mayExport: whether the reader's grant covers giving the data out.
    ///   - mayErase: whether the reader is the principal.
    package init(
        conversationID: String, contactName: String, mayExport: Bool, mayErase: Bool, problem: Problem? = nil, wording: Wording
    ) {
        self.contactName = contactName
        conversationPath = "/conversations/\(conversationID)"
        exportPath = mayExport ? "/conversations/\(conversationID)/export" : nil
        erasurePath = mayErase ? "/conversations/\(conversationID)/erasure" : nil
        errorWords =
            switch problem {
            case nil: nil
            case .otherName: wording.text("contactData.otherName")
            case .isOnItsWay: wording.text("contactData.isOnItsWay")
            }
    }

    /// Why nothing was erased.
    package enum Problem: Sendable { case otherName, isOnItsWay }
}
