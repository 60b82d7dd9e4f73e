import DeskCore
import MetaGraph

/// The `contacts` of a change: names and ids of the people whom its messages and statuses speak of.
struct ContactBook {
    private struct Entry {
        let phone: String?
        let userID: String?
        let parentUserID: String?
        let name: String?
        let username: String?

        init(_ contact: JSONValue) {
            phone = contact["wa_id"]?.identifier
            userID = contact["user_id"]?.identifier
            parentUserID = contact["parent_user_id"]?.identifier
            name = contact["profile", "name"]?.nonEmptyText
            username = (contact["profile", "username"] ?? contact["username"])?.nonEmptyText.map {
                $0.hasPrefix("@") ? String($0.dropFirst()) : $0
            }
        }

        func isAbout(_ address: Address) -> Bool {
            (phone != nil && phone == address.phone) || (userID != nil && userID == address.userID)
        }

        /// User ids have one spelling only, so two of them are two people.
        func contradicts(_ address: Address) -> Bool {
            userID != nil && address.userID != nil && userID != address.userID
        }
    }

    private let entries: [Entry]
    /// The only entry, where only one person is spoken of and nothing says that they are two. Meta's `wa_id` and `from` differ for
    /// one and the same person in some countries.
    private let leftover: Entry?

    init(_ value: JSONValue) {
        let entries = (value["contacts"]?.elements ?? []).map(Entry.init)
        self.entries = entries
        let addresses =
            (value["messages"]?.elements ?? []).map(Address.author)
            + (value["message_echoes"]?.elements ?? []).map(Address.addressee) + (value["statuses"]?.elements ?? []).map(Address.recipient)
        let people = Set(addresses.filter { !$0.isEmpty })
        let isOnePerson = entries.count == 1 && people.count <= 1 && people.allSatisfy { !entries[0].contradicts($0) }
        let hasManyThreads = value["history"] != nil
        leftover = isOnePerson && !hasManyThreads ? entries[0] : nil
    }

    /// Everything that is known of whoever has this address, phone number first, as replies prefer it.
    func correspondent(_ address: Address) -> Correspondent {
        let entry = entries.first { $0.isAbout(address) } ?? leftover
        var identities: [ProviderIdentity] = []
        if let phone = address.phone ?? entry?.phone { identities.append(.whatsApp(phone)) }
        if let userID = address.userID ?? entry?.userID, !identities.contains(where: { $0.value == userID }) {
            identities.append(ProviderIdentity(.businessScoped, userID))
        }
        return Correspondent(
            identities: identities, parentUserID: address.parentUserID ?? entry?.parentUserID, name: entry?.name, username: entry?.username)
    }
}

/// What a message or status itself says of the other side.
struct Address: Hashable {
    var phone: String?
    var userID: String?
    var parentUserID: String?

    var isEmpty: Bool { phone == nil && userID == nil }

    /// Whoever wrote an inbound message.
    static func author(of message: JSONValue) -> Address {
        Address(
            phone: message["from"]?.identifier, userID: message["from_user_id"]?.identifier,
            parentUserID: message["from_parent_user_id"]?.identifier)
    }

    /// To whom the principal wrote elsewhere.
    static func addressee(of echo: JSONValue) -> Address {
        Address(
            phone: echo["to"]?.identifier, userID: echo["to_user_id"]?.identifier, parentUserID: echo["to_parent_user_id"]?.identifier)
    }

    /// Whom a status speaks of: in a group the participant, whose `recipient_id` names the group.
    static func recipient(of status: JSONValue) -> Address {
        let isGroup = status["recipient_type"]?.text == "group"
        let prefix = isGroup ? "recipient_participant" : "recipient"
        return Address(
            phone: status[prefix + "_id"]?.identifier, userID: status[prefix + "_user_id"]?.identifier,
            parentUserID: status[prefix + "_parent_user_id"]?.identifier)
    }
}

extension ProviderIdentity {
    /// An address as WhatsApp spells it: digits are a phone number, `CC.` and more a business-scoped id, all else is opaque.
    static func whatsApp(_ address: String) -> ProviderIdentity {
        let digits = address.hasPrefix("+") ? address.dropFirst() : address[...]
        if !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            return ProviderIdentity(.phone, address)
        }
        return ProviderIdentity(isBusinessScoped(address) ? .businessScoped : .opaque, address)
    }

    private static func isBusinessScoped(_ address: String) -> Bool {
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2 || (parts.count == 3 && parts[1] == "ENT"), let last = parts.last, !last.isEmpty else { return false }
        return parts[0].count == 2 && parts[0].allSatisfy { $0.isASCII && $0.isUppercase }
            && last.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}
