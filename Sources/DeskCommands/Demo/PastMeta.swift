import ChannelKit
import DeskCore
import Foundation
import ProviderSimulators

/// The simulated Meta of the days before now. It answers what the channel's adapter sends, as if over the network, and gives the
/// webhook bodies that it would have sent; always at the time that the seed's clock shows.
actor PastMeta: Egress {
    private struct World {
        var meta: MetaWorld
        var queue = WebhookQueue()
    }

    /// What was last said in a chat, by Meta's ids.
    private struct Chat {
        let number: DemoBusiness.Number
        let contactID: String
        var theirs: String?
        var ours: String?
    }

    /// A body for a number's webhook.
    struct Notice: Sendable {
        let number: DemoBusiness.Number
        let at: Instant
        let body: [UInt8]
    }

    private let clock: SeedClock
    private var worlds: [DemoBusiness.Number: World]
    private var chats: [Neighbour: Chat] = [:]

    init(clock: SeedClock) {
        self.clock = clock
        var behaviour = MetaBehaviour()
        behaviour.readAfter = .seconds(40)
        worlds = Dictionary(
            uniqueKeysWithValues: zip(1..., DemoBusiness.Number.allCases).map { seed, number in
                (number, World(meta: MetaWorld(account: number.account, behaviour: behaviour, seed: UInt64(seed))))
            })
    }

    /// Where a number's adapter finds its world. No such server exists.
    static func base(of number: DemoBusiness.Number) -> String { "http://\(number.rawValue).past.invalid" }

    /// What the webhooks have been told up to an instant and was not taken before, oldest first.
    func notices(upTo instant: Instant) -> [Notice] {
        var notices: [Notice] = []
        for (number, account) in DemoBusiness.Number.allCases.map({ ($0, $0.account) }) {
            let deliveries = change(number) { world in
                let planned = world.meta.takeNotices()
                for notice in planned { _ = world.queue.add(notice, behaviour: world.meta.behaviour) }
                return world.queue.takeDue(at: instant, maximumBatch: world.meta.behaviour.maximumBatch, account: account)
            }
            notices += deliveries.map { Notice(number: number, at: $0.firstDue, body: $0.body) }
        }
        return notices.sorted { $0.at < $1.at }
    }

    private func change<Result>(_ number: DemoBusiness.Number, _ body: (inout World) throws -> Result) rethrows -> Result {
        try body(&worlds[number, default: World(meta: MetaWorld(account: number.account, seed: 0))])
    }

    // MARK: What the neighbours do

    /// The neighbour as a contact of the number; added when first heard of.
    private func chat(with neighbour: Neighbour, on number: DemoBusiness.Number) throws -> Chat {
        if let chat = chats[neighbour] { return chat }
        let contact = try change(number) { try $0.meta.addContact(neighbour.contact(phone: neighbour.phone)) }
        let chat = Chat(number: number, contactID: contact.id)
        chats[neighbour] = chat
        return chat
    }

    func write(_ message: ContactMessage, quotes: Bool, by neighbour: Neighbour, to number: DemoBusiness.Number) throws {
        var chat = try chat(with: neighbour, on: number)
        var message = message
        if quotes { message.context = chat.ours }
        let written = try change(number) { try $0.meta.write([message], by: chat.contactID, at: clock.now()) }
        chat.theirs = written.last?.messageID ?? chat.theirs
        chats[neighbour] = chat
    }

    func echo(_ text: String, to neighbour: Neighbour, from number: DemoBusiness.Number) throws {
        var chat = try chat(with: neighbour, on: number)
        chat.ours = try change(number) { try $0.meta.echo(.text(text), to: chat.contactID, at: clock.now()).messageID }
        chats[neighbour] = chat
    }

    func edit(_ text: String, by neighbour: Neighbour, on number: DemoBusiness.Number) throws {
        let chat = try chat(with: neighbour, on: number)
        _ = try change(number) { world in
            try world.meta.edit(chat.theirs ?? "", to: text, by: .contact, contactID: chat.contactID, at: clock.now())
        }
    }

    func revoke(by neighbour: Neighbour, on number: DemoBusiness.Number) throws {
        let chat = try chat(with: neighbour, on: number)
        _ = try change(number) { world in
            try world.meta.revoke(chat.theirs ?? "", by: .contact, contactID: chat.contactID, at: clock.now())
        }
    }

    /// - Parameter side: who puts the emoji on the other's last message.
    func react(_ emoji: String, by side: ChatSide, with neighbour: Neighbour, on number: DemoBusiness.Number) throws {
        let chat = try chat(with: neighbour, on: number)
        let target = side == .contact ? chat.ours : chat.theirs
        _ = try change(number) { world in
            try world.meta.react(to: target ?? "", with: emoji, by: side, contactID: chat.contactID, at: clock.now())
        }
    }

    /// The next message to the neighbour goes wrong.
    func inject(_ effect: Fault.Effect, for neighbour: Neighbour, on number: DemoBusiness.Number) throws {
        let chat = try chat(with: neighbour, on: number)
        change(number) { _ = $0.meta.add(Fault(effect, contactID: chat.contactID)) }
    }

    // MARK: What the adapter asks

    func perform(_ request: EgressRequest) async throws(EgressFailure) -> EgressResponse {
        guard let address = URLComponents(string: request.url),
            let number = DemoBusiness.Number.allCases.first(where: { request.url.hasPrefix(Self.base(of: $0)) }),
            let call = GraphCall(method: request.method.rawValue, path: address.path)
        else { throw EgressFailure(.refusedByUs, "The past reaches nobody.") }
        let answer = answer(call, request, address, number)
        noteOurs(on: number)
        guard answer.fate != .cut else { throw EgressFailure(.mayHaveArrived, "The connection broke before Meta answered.") }
        switch answer.body {
        case .json(let value): return EgressResponse(status: answer.status, body: value.bytes())
        case .html(let text): return EgressResponse(status: answer.status, body: Array(text.utf8))
        case .file(let bytes, _): return EgressResponse(status: answer.status, body: bytes)
        }
    }

    private func answer(
        _ call: GraphCall, _ request: EgressRequest, _ address: URLComponents, _ number: DemoBusiness.Number
    ) -> GraphAnswer {
        let now = clock.now()
        let query = (address.queryItems ?? []).reduce(into: [String: String]()) { $0[$1.name] = $1.value }
        return change(number) { world in
            switch call {
            case .sendMessage(let node):
                return world.meta.send((try? JSONValue(parsing: request.body)) ?? .null, from: node, at: now)
            case .uploadMedia(let node):
                let contentType = request.headers.first { $0.name == "content-type" }?.value ?? ""
                let form = MultipartForm(request.body, contentType: contentType)
                return world.meta.upload(form?.file, fields: form?.fields ?? [:], to: node, at: now)
            case .download: return world.meta.download(query: query, at: now)
            case .read(let node):
                return world.meta.read(node, fields: query["fields"], baseURL: Self.base(of: number), at: now)
            default: return GraphAnswer(status: 400, body: .json(.null))
            }
        }
    }

    /// Remembers what was last sent to a chat, for quotes and reactions.
    private func noteOurs(on number: DemoBusiness.Number) {
        guard let receipt = worlds[number]?.meta.receipts.last, receipt.outcome == .accepted,
            let chat = chats.first(where: { $0.value.number == number && $0.value.contactID == receipt.contactID })
        else { return }
        chats[chat.key]?.ours = receipt.messageID
    }
}
