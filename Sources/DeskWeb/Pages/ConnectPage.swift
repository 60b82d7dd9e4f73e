/// Connect something that receives: WhatsApp, step by step, then the wait for the first message.
package struct ConnectPage: PageModel {
    package static let template = "pages.connect"

    package let checklist: [ChecklistItem]
    /// The form, while nothing is connected yet or another inbox is added.
    package let form: WhatsAppForm?
    /// What to copy to Meta, and the wait, once the inbox exists.
    package let connection: Connection?
    package let eventsPath: String?
    package var section: NavigationSection? { .connect }

    package init(checklist: [ChecklistItem] = [], form: WhatsAppForm) {
        self.checklist = checklist
        self.form = form
        connection = nil
        eventsPath = nil
    }

    /// - Parameter eventsPath: the page hears of the first message by an `inbox` event that replaces `Connection`'s element.
    package init(checklist: [ChecklistItem] = [], connection: Connection, eventsPath: String?) {
        self.checklist = checklist
        form = nil
        self.connection = connection
        self.eventsPath = eventsPath
    }

    /// Form fields: `name`, `phone_number_id`, `waba_id`, `access_token`, `app_secret`. Secrets are never filled in again.
    package struct WhatsAppForm: Sendable {
        package let name: Field
        package let phoneNumberID: Field
        package let businessAccountID: Field
        package let accessTokenError: String?
        package let appSecretError: String?
        /// What Meta answered when the connection was tried, in words.
        package let problem: String?

        package init(
            name: Field = Field(), phoneNumberID: Field = Field(), businessAccountID: Field = Field(), accessTokenError: String? = nil,
            appSecretError: String? = nil, problem: String? = nil
        ) {
            self.name = name
            self.phoneNumberID = phoneNumberID
            self.businessAccountID = businessAccountID
            self.accessTokenError = accessTokenError
            self.appSecretError = appSecretError
            self.problem = problem
        }
    }

    /// What to give Meta so that messages come, and whether they come.
    package struct Connection: PartialModel {
        package static let template = "partials.connection"

        package let elementID: String
        package let inboxName: String
        package let webhookURL: String
        package let verifyToken: String
        /// The verification handshake was seen.
        package let isVerified: Bool
        /// The first message has come.
        package let hasReceived: Bool
        package let conversationPath: String?

        package init(
            inboxID: String, inboxName: String, webhookURL: String, verifyToken: String, isVerified: Bool, hasReceived: Bool,
            conversationPath: String? = nil
        ) {
            elementID = "inbox-\(inboxID)"
            self.inboxName = inboxName
            self.webhookURL = webhookURL
            self.verifyToken = verifyToken
            self.isVerified = isVerified
            self.hasReceived = hasReceived
            self.conversationPath = conversationPath
        }
    }
}
