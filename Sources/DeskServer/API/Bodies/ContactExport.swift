import DeskCore
package import DeskServices
package import Foundation
import HTTPTypes
import Hummingbird

/// What is kept of one contact, in one file that people can read and programs too (GDPR article 20: structured, commonly used,
/// machine-readable).
package struct ContactExport {
    private static let format = "contesta-contact/1"

    private let body: Body

    private struct Body: Encodable {
        let format: String
        let contactID: Contact.ID
        @OrNull var name: String?
        let identities: [Identity]
        let contactClass: ContactClass
        @OrNull var inbox: String?
        @OrNull var channel: String?
        @OrNull var topic: String?
        @OrNull var lastActivityAt: String?
        let messages: [MessageBody]
        let promises: [Promise]
        /// Names of those who answered, by id.
        let answeredBy: [String: String]
    }

    private struct Identity: Encodable {
        let scheme: String
        let value: String
    }

    private struct Promise: Encodable {
        let text: String
        let dueAt: String
    }

    package init(_ record: ExportData.ContactRecord) {
        let contact = record.place.contact
        body = Body(
            format: Self.format, contactID: contact.id, name: contact.name,
            identities: contact.identities.map { Identity(scheme: $0.scheme.rawValue, value: $0.value) },
            contactClass: contact.contactClass, inbox: record.inbox?.name, channel: record.inbox?.channel.rawValue,
            topic: record.conversations.compactMap(\.topic?.rawValue).first,
            lastActivityAt: record.conversations.map(\.lastActivityAt).max()?.timestamp,
            messages: record.messages.map { MessageBody($0, isMasked: false) },
            promises: record.commitments.map { Promise(text: $0.text, dueAt: $0.dueAt.timestamp) },
            answeredBy: Dictionary(record.authors.map { ($0.key.text, $0.value) }, uniquingKeysWith: { first, _ in first }))
    }

    /// The file, in UTF-8.
    package var data: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(body)
        }
    }

    var answer: Response {
        get throws {
            Response(
                status: .ok,
                headers: [
                    .contentType: "application/json", .cacheControl: "no-store",
                    .contentDisposition: "attachment; filename=\"contact.json\"",
                ], body: ResponseBody(byteBuffer: .init(bytes: try data)))
        }
    }
}
