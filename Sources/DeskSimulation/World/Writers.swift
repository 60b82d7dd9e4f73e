import DeskCore

/// The contacts who write, and the principal who sometimes answers them from a phone of their own.
struct Writers: Sendable {
    let world: World
    let acts: Countdown

    private var dice: Dice { world.dice }

    func run() async {
        do {
            while acts.take() {
                try await world.time.wait(for: dice.seconds(2...240))
                guard let contact = dice.pick(world.cast.contacts) else { return }
                try await act(contact)
            }
        } catch {
            return
        }
    }

    private func act(_ contact: SimulatedContact) async throws {
        switch dice.number(0...19) {
        case 0...9: write([contact])
        case 10, 11: write((0..<dice.number(2...4)).compactMap { _ in dice.pick(world.cast.contacts) })
        case 12, 13: answerByPhone(contact)
        case 14: change(contact)
        case 15: dice.happens(oneIn: 3) ? move(contact) : react(contact)
        case 16: post([ChannelEvent(payload: .malformed(reason: "no type"))] + [message(of: contact)].map(\.event), "half of it unreadable")
        case 17: post([ChannelEvent(payload: .ignored(reason: "not for us"))], "nothing for us")
        default: write([contact])
        }
    }

    /// Several messages may come in one request.
    private func write(_ contacts: [SimulatedContact]) {
        let messages = contacts.map(message)
        post(messages.map(\.event), messages.map(\.words).joined(separator: ", "))
    }

    private func message(of contact: SimulatedContact) -> (event: ChannelEvent, words: String) {
        let id = "wamid.in-\(world.provider.number())"
        let now = Instant(unixSeconds: world.time.now().unixSeconds)
        let files = dice.happens(oneIn: 6) ? [Attachment(kind: .image, providerMediaID: "media-\(id)", mediaType: "image/jpeg")] : []
        let content = MessageContent(kind: files.isEmpty ? .text : .image, text: "Hola \(id)", attachments: files)
        let received = ReceivedMessage(providerID: id, correspondent: correspondent(contact), content: content)
        world.story.tell("\(contact.name) writes \(id)")
        world.judge.written(WrittenMessage(id: id, contact: contact.number, sentAt: now, isEcho: false))
        return (ChannelEvent(account: world.cast.inbox.account, key: "message:\(id)", occurredAt: now, payload: .message(received)), id)
    }

    private func answerByPhone(_ contact: SimulatedContact) {
        let id = "wamid.echo-\(world.provider.number())"
        let now = Instant(unixSeconds: world.time.now().unixSeconds)
        let received = ReceivedMessage(
            providerID: id, correspondent: correspondent(contact), content: MessageContent(kind: .text, text: "Voy \(id)"))
        world.story.tell("the principal answers \(contact.name) from the phone with \(id)")
        world.judge.written(WrittenMessage(id: id, contact: contact.number, sentAt: now, isEcho: true))
        post([ChannelEvent(account: world.cast.inbox.account, key: "message:\(id)", occurredAt: now, payload: .echo(received))], id)
    }

    private func change(_ contact: SimulatedContact) {
        guard let id = dice.pick(world.judge.messages(of: contact.number)) else { return }
        let isDeletion = dice.happens(oneIn: 2)
        let change = "wamid.change-\(world.provider.number())"
        let revision = Revision(
            originalProviderID: id, correspondent: correspondent(contact),
            content: isDeletion ? nil : MessageContent(kind: .text, text: "Hola \(id), mejor dicho"), providerID: change)
        let event = ChannelEvent(
            key: "change:\(change)", occurredAt: world.time.now(), payload: isDeletion ? .deletion(revision) : .edit(revision))
        world.story.tell("\(contact.name) \(isDeletion ? "takes back" : "edits") \(id)")
        post([event], change)
    }

    private func react(_ contact: SimulatedContact) {
        guard let id = dice.pick(world.judge.messages(of: contact.number)) else { return }
        let number = world.provider.number()
        let reaction = Reaction(targetProviderID: id, correspondent: correspondent(contact), emoji: "👍")
        post([ChannelEvent(key: "reaction:\(number)", occurredAt: world.time.now(), payload: .reaction(reaction))], "a thumb for \(id)")
    }

    /// Somebody takes another telephone number, and the provider says so before they write from it.
    private func move(_ contact: SimulatedContact) {
        let id = "wamid.move-\(world.provider.number())"
        guard let moves = world.judge.moves(contact.number, with: id) else { return }
        let notice = SystemNotice(
            providerID: id, type: "user_changed_number", text: "\(contact.name) changed the number",
            correspondent: Correspondent(identities: [contact.phone(after: moves)]), newIdentities: [contact.phone(after: moves + 1)])
        world.story.tell("\(contact.name) takes another number with \(id)")
        post([ChannelEvent(key: "system:\(id)", occurredAt: world.time.now(), payload: .system(notice))], "another number, \(id)")
    }

    private func correspondent(_ contact: SimulatedContact) -> Correspondent {
        contact.correspondent(dice, after: world.judge.moves(of: contact.number))
    }

    private func post(_ events: [ChannelEvent], _ words: String) {
        world.webhooks.post(events, words, after: dice.milliseconds(50...3_000))
    }
}
