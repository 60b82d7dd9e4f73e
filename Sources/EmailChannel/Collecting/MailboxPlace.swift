import DeskCore
import Foundation

/// How far the desk is with a mailbox: kept with what was collected, so that nothing is left out, and nothing is taken twice.
struct MailboxPlace: Codable, Hashable {
    /// By name.
    var folders: [String: FolderPlace] = [:]

    init() {}

    init?(_ text: String) {
        guard let place = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else { return nil }
        self = place
    }

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

/// How far the desk is with one folder. The numbers mean something together with the validity only (RFC 9051 section 2.3.1.1).
struct FolderPlace: Codable, Hashable {
    /// Tries after which a mail that the server can't give stops holding up those behind it.
    static let maximumFailures = 3

    var validity: UInt32
    /// The first UID that concerns the desk.
    var from: UInt32
    /// All mails up to here were taken, or given up for now.
    var through: UInt32
    /// How often in a row the next mails could not be fetched.
    var failures = 0
    /// What the server could not give, and when that was tried last.
    var givenUp: [UInt32: Instant] = [:]

    init(validity: UInt32, from: UInt32) {
        self.validity = validity
        self.from = from
        through = from == 0 ? 0 : from - 1
    }
}
