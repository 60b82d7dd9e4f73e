import DeskCore
import Foundation

/// What is stored of a collected mail as its raw event: where it lay, and which file of the blob store holds it.
struct CollectedMail: Codable, Hashable {
    enum Role: String, Codable, Hashable {
        /// People write here.
        case inbox
        /// The principal's other programs lay here what was sent.
        case sent
    }

    var folder: String
    var validity: UInt32
    var uid: UInt32
    var role: Role
    /// As the server has them.
    var flags: [String]
    /// When the server took it in; nil where it says nothing that can be read.
    var arrivedAt: Instant?
    /// SHA-256 of the mail; nil for one that the server did not give.
    var source: String?
    var byteCount: Int
    /// Whether `source` holds its beginning only.
    var isTruncated: Bool
    /// Whether it is from before the inbox was connected.
    var isHistory: Bool
    /// Whom it names, so that whoever is erased is found here too.
    var people: [String]
    /// Why there is no source.
    var failure: String?
    /// Of a reply of ours in the folder of sent mails: its Message-ID, which is all that is looked at.
    var ownMessageID: String?

    /// Its place on the server, unique in the inbox.
    var key: String { Self.key(folder: folder, validity: validity, uid: uid) }

    static func key(folder: String, validity: UInt32, uid: UInt32) -> String { "mail:\(validity):\(uid):\(folder)" }

    var body: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self))
        }
    }

    /// - Returns: nil for what is no such record.
    init?(_ body: [UInt8]) {
        guard let mail = try? JSONDecoder().decode(Self.self, from: Data(body)) else { return nil }
        self = mail
    }

    init(
        folder: String, validity: UInt32, uid: UInt32, role: Role, flags: [String] = [], arrivedAt: Instant? = nil, source: String? = nil,
        byteCount: Int = 0, isTruncated: Bool = false, isHistory: Bool = false, people: [String] = [], failure: String? = nil
    ) {
        self.folder = folder
        self.validity = validity
        self.uid = uid
        self.role = role
        self.flags = flags
        self.arrivedAt = arrivedAt
        self.source = source
        self.byteCount = byteCount
        self.isTruncated = isTruncated
        self.isHistory = isHistory
        self.people = people
        self.failure = failure
    }
}
