import ChannelKit
import DeskCore
import DeskServices
import ProviderSimulators
import WhatsAppChannel

/// Performs the deeds of stories: the neighbours' through the simulated Meta, the members' through the desk's use cases.
struct DemoPlayers: Sendable {
    let context: DeskContext
    let blobs: any BlobStoring
    let meta: PastMeta
    let people: [DemoBusiness.Person: User]
    let inboxes: [DemoBusiness.Number: Inbox]

    func perform(_ act: Deed.Act, in story: Story) async throws {
        let (neighbour, number) = (story.neighbour, story.number)
        switch act {
        case .writes(let message, let quotes): try await meta.write(message, quotes: quotes, by: neighbour, to: number)
        case .edits(let text): try await meta.edit(text, by: neighbour, on: number)
        case .takesBack: try await meta.revoke(by: neighbour, on: number)
        case .reacts(let emoji): try await meta.react(emoji, by: .contact, with: neighbour, on: number)
        case .answersByPhone(let text): try await meta.echo(text, to: neighbour, from: number)
        case .reactsByPhone(let emoji): try await meta.react(emoji, by: .principal, with: neighbour, on: number)
        case .replies(let person, let words, let fate): try await reply(words, fate: fate, by: person, in: story)
        case .notes, .takes, .dismisses: try await tend(act, in: story)
        }
    }

    private func tend(_ act: Deed.Act, in story: Story) async throws {
        let tending = TendConversation(context)
        let conversation = try await conversation(of: story).id
        switch act {
        case .notes(let person, let text): _ = try await tending.addNote(text, to: conversation, by: try user(person))
        case .takes(let person): try await tending.assign(conversation, to: try user(person), by: try user(person))
        case .dismisses(let person, let reason):
            try await tending.noAnswerNeeded(conversation, reason: reason, seenVersion: nil, by: try user(person))
        default: return
        }
    }

    // MARK: Replies

    private func reply(_ words: Deed.Words, fate: Deed.Fate, by person: DemoBusiness.Person, in story: Story) async throws {
        switch fate {
        case .arrives: break
        case .fails: try await meta.inject(.asyncFailure(GraphError(code: 131_053)), for: story.neighbour, on: story.number)
        case .remainsUnknown: try await meta.inject(.cutBeforeAcceptance, for: story.neighbour, on: story.number)
        }
        let conversation = try await conversation(of: story)
        let draft = ReplyDraft(
            text: words.text, attachments: try await attachments(words.file), seenVersion: conversation.version,
            quote: words.quotes ? try await newest(in: conversation.id) : nil)
        let key = "\(conversation.id)-\(conversation.version)"
        _ = try await SendReply(context).send(
            SendReply.Request(conversation: conversation.id, answers: nil, draft: draft, idempotencyKey: key), by: try user(person))
    }

    private func attachments(_ file: MediaFile?) async throws -> [OutboundAttachment] {
        guard let file else { return [] }
        let blob = try await blobs.store(file.bytes)
        return [
            OutboundAttachment(blob: blob, mediaType: file.mediaType, fileName: file.fileName ?? "archivo", byteCount: file.bytes.count)
        ]
    }

    // MARK: Webhooks

    /// As the webhook's route does; the files are fetched at once, since their links die.
    func receive(_ notice: PastMeta.Notice) async throws {
        guard let inbox = inboxes[notice.number] else { return }
        _ = try await Receive(context, projecting: ProjectionBell()).receive(body: notice.body, inbox: inbox)
        await FetchMedia(context, doorbell: Doorbell()).fetchDue()
    }

    /// Something of Meta's that nobody can make sense of: it is kept, and shown on the page about the machine's health.
    func receiveUnreadable() async throws {
        let account = DemoBusiness.Number.events.account
        let body = #"{"object":"whatsapp_business_account","entry":[{"id":"\#(account.businessAccountID)","changes":"?"}]}"#
        try await receive(PastMeta.Notice(number: .events, at: context.time.now(), body: Array(body.utf8)))
    }

    // MARK: Finding

    private func user(_ person: DemoBusiness.Person) throws -> User.ID {
        guard let user = people[person] else { throw DeskError(.notFound, message: "\(person.name) was never hired.") }
        return user.id
    }

    private func newest(in conversation: Conversation.ID) async throws -> Message.ID? {
        try await context.storage.read { try $0.messages.lastInbound(of: conversation)?.id }
    }

    private func conversation(of story: Story) async throws -> Conversation {
        guard let inbox = inboxes[story.number] else { throw Self.nobody(story) }
        let conversation = try await context.storage.read { session in
            try session.contacts.contact(in: inbox.id, anyOf: story.neighbour.identities).flatMap { contact in
                try session.conversations.conversation(in: inbox.id, with: contact.id)
            }
        }
        guard let conversation else { throw Self.nobody(story) }
        return conversation
    }

    private static func nobody(_ story: Story) -> DeskError {
        DeskError(.notFound, message: "\(story.neighbour.name) has not written yet. The demonstration's story is out of order.")
    }
}
