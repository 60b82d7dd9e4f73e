import DeskCore

/// Finds who of several contacts is named in a text of any kind, in one pass however many they are.
struct ContactTraces {
    /// Shorter values are found by chance.
    private static let shortest = 6

    private struct Trace {
        let bytes: [UInt8]
        let contact: Contact.ID
    }

    /// By how they begin.
    private var traces: [UInt64: [Trace]] = [:]

    init(of contacts: [Contact]) {
        for contact in contacts {
            for bytes in contact.identities.map({ Array($0.value.utf8) }) where bytes.count >= Self.shortest {
                let beginning = bytes.prefix(Self.shortest).reduce(0) { $0 << 8 | UInt64($1) }
                traces[beginning, default: []].append(Trace(bytes: bytes, contact: contact.id))
            }
        }
    }

    func contacts(in text: [UInt8]) -> Set<Contact.ID> {
        var found: Set<Contact.ID> = []
        var window: UInt64 = 0
        let mask = UInt64(1) << (8 * UInt64(Self.shortest)) - 1
        for (index, byte) in text.enumerated() {
            window = (window << 8 | UInt64(byte)) & mask
            guard index >= Self.shortest - 1, let candidates = traces[window] else { continue }
            let rest = text[(index - Self.shortest + 1)...]
            for candidate in candidates where rest.starts(with: candidate.bytes) { found.insert(candidate.contact) }
        }
        return found
    }
}
