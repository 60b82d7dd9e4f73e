import DeskCore
import Foundation
import WhatsAppChannel

/// Webhook bodies as Meta's documentation shapes them, one file per kind.
enum Payload {
    struct Missing: Error {
        let name: String
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        guard let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Payloads") else {
            throw Missing(name: name)
        }
        return Array(try Data(contentsOf: url))
    }

    static func events(_ name: String) throws -> [ChannelEvent] { WhatsAppAdapter().events(in: try bytes(name)) }

    static var names: [String] {
        get throws {
            let folder = Bundle.module.bundleURL.appendingPathComponent("Payloads")
            let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            guard !files.isEmpty else { throw Missing(name: "Payloads") }
            return files.map { $0.deletingPathExtension().lastPathComponent }.sorted()
        }
    }
}

extension ChannelEvent {
    var message: ReceivedMessage? {
        guard case .message(let message) = payload else { return nil }
        return message
    }

    var echo: ReceivedMessage? {
        guard case .echo(let message) = payload else { return nil }
        return message
    }

    var history: ReceivedMessage? {
        guard case .history(let message) = payload else { return nil }
        return message
    }

    var status: StatusUpdate? {
        guard case .status(let update) = payload else { return nil }
        return update
    }

    var notice: SystemNotice? {
        guard case .system(let notice) = payload else { return nil }
        return notice
    }

    var isMalformed: Bool {
        guard case .malformed = payload else { return false }
        return true
    }
}

extension Correspondent {
    static let luisa = Correspondent(
        identities: [ProviderIdentity(.phone, "34600111222"), ProviderIdentity(.businessScoped, "ES.7301928374650")],
        parentUserID: "ES.ENT.99001122", name: "Luisa Prado", username: "luisa.prado")

    /// As a history or echo names her, without a contact entry.
    static let luisaUnnamed = Correspondent(identities: luisa.identities)
}
