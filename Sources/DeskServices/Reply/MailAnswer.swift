import DeskCore

/// Frames a reply to a mail as a mail, within its transaction.
struct MailAnswer {
    let context: DeskContext
    let session: any StorageSession

    /// - Throws: `wrong_recipient` for a copy to somebody whom the answered mail does not name.
    func frame(
        _ reply: Reply, to answered: Message, _ mail: MailContent, _ copies: [String], in conversation: Conversation
    ) throws -> MailContent {
        guard let contact = try session.contacts.contact(conversation.contact), let inbox = try session.inboxes.inbox(conversation.inbox),
            let workspace = try session.workspaces.workspace(conversation.workspace)
        else { throw DeskError.nothingThere }
        let author = mail.from.first ?? MailParty(address: reply.recipient.identity.value)
        return try MailReply.content(
            answering: mail, text: reply.text,
            to: MailParty(name: contact.name ?? "", address: reply.recipient.identity.value), copies: copies,
            from: MailParty(address: inbox.account), introduction: introduction(author, answered.sentAt, workspace),
            repeating: answered.content.text)
    }

    private func introduction(_ author: MailParty, _ sentAt: Instant, _ workspace: Workspace) -> String {
        let clock = WallClock(zone: workspace.timeZone, rules: context.timeZones)
        return QuoteIntroduction.text(
            in: workspace.locale, author: author, date: clock.date(at: sentAt).text, time: clock.time(at: sentAt))
    }
}
