import DeskCore
import DeskServices

/// Seals what an older program stored as it was: once, in the transaction of the schema step that brings sealing.
struct SealEverything {
    private static let stretch = 500

    private let connection: SealingConnection

    init(_ connection: SealingConnection) { self.connection = connection }

    func run() throws(DeskError) {
        try makeKeys()
        try contacts()
        try conversations()
        try messages()
        try deliveries()
        try whatIsOwed()
        try whatCame()
        try secrets()
        try search()
    }

    private func makeKeys() throws(DeskError) {
        for row in try connection.query("SELECT id FROM workspaces") { try connection.makeKeys(of: row.identifier("id")) }
        try each(of: "SELECT id, workspace FROM contacts", by: "id") { row throws(DeskError) in
            try connection.makeKey(of: row.text("id"), in: row.identifier("workspace"))
        }
        try each(of: "SELECT id, workspace FROM conversations", by: "id") { row throws(DeskError) in
            try connection.makeKey(of: row.text("id"), in: row.identifier("workspace"))
        }
    }

    /// Goes through a table by a column that is unique and not sealed.
    private func each(
        of rows: SQLStatement, by column: SQLStatement, _ body: (SQLRow) throws(DeskError) -> Void
    ) throws(DeskError) {
        var last = ""
        while true {
            let found = try connection.query("\(rows) WHERE \(column) > \(last) ORDER BY \(column) LIMIT \(Self.stretch)")
            for row in found { try body(row) }
            guard found.count == Self.stretch, let end = try found.last?.text("id") else { return }
            last = end
        }
    }

    /// Goes through what has no such column: rows that are done are no longer among those that are asked for.
    private func eachLeft(of rows: SQLStatement, _ body: (SQLRow) throws(DeskError) -> Void) throws(DeskError) {
        while true {
            let found = try connection.query("\(rows) LIMIT \(Self.stretch)")
            for row in found { try body(row) }
            if found.count < Self.stretch { return }
        }
    }

    private func contacts() throws(DeskError) {
        try each(of: "SELECT id, name, identities FROM contacts", by: "id") { row throws(DeskError) in
            let id: Contact.ID = try row.identifier("id")
            try connection.perform(
                """
                UPDATE contacts SET name = \(row.optionalText("name"), sealedFor: .contact(id)),
                       identities = \(row.text("identities"), sealedFor: .contact(id))
                WHERE id = \(id)
                """)
        }
        let identities: SQLStatement = """
            SELECT workspace, inbox, scheme, value FROM contact_identities WHERE value < '~1.' OR value >= '~1/'
            """
        try eachLeft(of: identities) { row throws(DeskError) in
            let inbox: Inbox.ID = try row.identifier("inbox")
            try connection.perform(
                """
                UPDATE contact_identities SET value = \(row.text("value"), sealedFor: .lookup(.inbox(inbox)))
                WHERE workspace = \(row.text("workspace")) AND inbox = \(inbox) AND scheme = \(row.text("scheme"))
                  AND value = \(row.text("value"))
                """)
        }
    }

    private func conversations() throws(DeskError) {
        try each(of: "SELECT id, preview_text, delivery_details FROM conversations", by: "id") { row throws(DeskError) in
            let id: Conversation.ID = try row.identifier("id")
            try connection.perform(
                """
                UPDATE conversations SET preview_text = \(row.optionalText("preview_text"), sealedFor: .conversation(id)),
                       delivery_details = \(row.optionalText("delivery_details"), sealedFor: .conversation(id))
                WHERE id = \(id)
                """)
        }
        for row in try connection.query("SELECT conversation, member, text FROM drafts") {
            let conversation: Conversation.ID = try row.identifier("conversation")
            try connection.perform(
                """
                UPDATE drafts SET text = \(row.text("text"), sealedFor: .conversation(conversation))
                WHERE conversation = \(conversation) AND member = \(row.text("member"))
                """)
        }
    }

    private func messages() throws(DeskError) {
        let rows: SQLStatement = """
            SELECT id, conversation, inbox, text, content, provider_id, delivery_details, reactions, commitment_salt, reply_digest,
                   reply_key
            FROM messages
            """
        try each(of: rows, by: "id") { row throws(DeskError) in
            let key = SealSubject.conversation(try row.identifier("conversation"))
            try connection.perform(
                """
                UPDATE messages
                SET text = \(row.text("text"), sealedFor: key), content = \(row.optionalText("content"), sealedFor: key),
                    provider_id = \(row.optionalText("provider_id"), sealedFor: .lookup(.inbox(row.identifier("inbox")))),
                    delivery_details = \(row.optionalText("delivery_details"), sealedFor: key),
                    reactions = \(row.optionalText("reactions"), sealedFor: key),
                    commitment_salt = \(row.optionalText("commitment_salt"), sealedFor: key),
                    reply_digest = \(row.optionalText("reply_digest"), sealedFor: key),
                    reply_key = \(row.optionalText("reply_key").map { Digest.of($0) })
                WHERE id = \(row.text("id"))
                """)
        }
    }

    private func deliveries() throws(DeskError) {
        let rows: SQLStatement = "SELECT id, conversation, inbox, recipient, state_details, provider_id FROM attempts"
        try each(of: rows, by: "id") { row throws(DeskError) in
            let key = SealSubject.conversation(try row.identifier("conversation"))
            try connection.perform(
                """
                UPDATE attempts
                SET recipient = \(row.text("recipient"), sealedFor: key), state_details = \(row.optionalText("state_details"), sealedFor: key),
                    provider_id = \(row.optionalText("provider_id"), sealedFor: .lookup(.inbox(row.identifier("inbox"))))
                WHERE id = \(row.text("id"))
                """)
        }
        for row in try connection.query("SELECT message, attachment_index, inbox, attachment FROM media_jobs") {
            try connection.perform(
                """
                UPDATE media_jobs SET attachment = \(row.text("attachment"), sealedFor: .inbox(row.identifier("inbox")))
                WHERE message = \(row.text("message")) AND attachment_index = \(row.integer("attachment_index"))
                """)
        }
    }

    private func whatIsOwed() throws(DeskError) {
        try each(of: "SELECT id, conversation, ending FROM obligations", by: "id") { row throws(DeskError) in
            try connection.perform(
                """
                UPDATE obligations
                SET ending = \(row.optionalText("ending"), sealedFor: .conversation(row.identifier("conversation")))
                WHERE id = \(row.text("id"))
                """)
        }
        try each(of: "SELECT id, conversation, text, settlement FROM commitments", by: "id") { row throws(DeskError) in
            let key = SealSubject.conversation(try row.identifier("conversation"))
            try connection.perform(
                """
                UPDATE commitments
                SET text = \(row.text("text"), sealedFor: key), settlement = \(row.optionalText("settlement"), sealedFor: key)
                WHERE id = \(row.text("id"))
                """)
        }
    }

    private func whatCame() throws(DeskError) {
        try each(of: "SELECT id, workspace, body FROM raw_events", by: "id") { row throws(DeskError) in
            try connection.perform(
                """
                UPDATE raw_events SET body = \(row.blob("body"), sealedFor: .workspace(row.identifier("workspace")))
                WHERE workspace = \(row.text("workspace")) AND id = \(row.text("id"))
                """)
        }
        let keys: SQLStatement =
            "SELECT workspace, inbox, key FROM event_keys WHERE key < '~' OR length(key) <> \(WorkspaceKeys.digestLength)"
        try eachLeft(of: keys) { row throws(DeskError) in
            let workspace: Workspace.ID = try row.identifier("workspace")
            try connection.perform(
                """
                UPDATE event_keys SET key = \(row.text("key"), sealedFor: .digest(workspace))
                WHERE workspace = \(workspace) AND inbox = \(row.text("inbox")) AND key = \(row.text("key"))
                """)
        }
        for row in try connection.query("SELECT workspace, inbox, provider_id, number, details FROM parked_statuses") {
            let inbox: Inbox.ID = try row.identifier("inbox")
            try connection.perform(
                """
                UPDATE parked_statuses
                SET provider_id = \(row.text("provider_id"), sealedFor: .lookup(.inbox(inbox))),
                    details = \(row.text("details"), sealedFor: .workspace(row.identifier("workspace")))
                WHERE workspace = \(row.text("workspace")) AND inbox = \(inbox) AND provider_id = \(row.text("provider_id"))
                  AND number = \(row.integer("number"))
                """)
        }
    }

    private func secrets() throws(DeskError) {
        for row in try connection.query("SELECT workspace, inbox, name, value FROM inbox_secrets") {
            try connection.perform(
                """
                UPDATE inbox_secrets SET value = \(row.text("value"), sealedFor: .workspace(row.identifier("workspace")))
                WHERE workspace = \(row.text("workspace")) AND inbox = \(row.text("inbox")) AND name = \(row.text("name"))
                """)
        }
        for row in try connection.query("SELECT member, secret FROM second_factors") {
            try connection.perform(
                """
                UPDATE second_factors SET secret = \(row.text("secret"), sealedFor: .installation)
                WHERE member = \(row.text("member"))
                """)
        }
        try each(of: "SELECT id, workspace, details FROM readings", by: "id") { row throws(DeskError) in
            let workspace: Workspace.ID = try row.identifier("workspace")
            try connection.perform(
                """
                UPDATE readings SET details = \(row.text("details"), sealedFor: .workspace(workspace))
                WHERE workspace = \(workspace) AND id = \(row.text("id"))
                """)
        }
    }

    private func search() throws(DeskError) {
        let rows: SQLStatement = "SELECT number, workspace, subject AS id, conversation, scope, text FROM search_documents"
        try each(of: rows, by: "subject") { row throws(DeskError) in
            let conversation: Conversation.ID? = try row.optionalIdentifier("conversation")
            let contact: Contact.ID = try row.identifier("id")
            let key = conversation.map(SealSubject.conversation) ?? .contact(contact)
            let (number, text) = (try row.integer("number"), try row.text("text"))
            let tokens = try connection.keys(of: row.identifier("workspace")).words.tokens(of: text)
            try connection.perform(
                "UPDATE search_documents SET text = \(text, sealedFor: key), tokens = \(tokens) WHERE number = \(number)")
            try connection.index(SearchDocument(number: number, scope: row.text("scope"), tokens: tokens))
        }
    }
}
