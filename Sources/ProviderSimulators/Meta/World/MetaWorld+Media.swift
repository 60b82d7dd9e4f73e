import Crypto
package import DeskCore
import Foundation

/// Files: uploads live 30 days, what contacts sent 7, the address of either 5 minutes.
extension MetaWorld {
    /// `POST /{phone}/media`
    /// - Parameters:
    ///   - fields: the form's other parts by name.
    package mutating func upload(_ file: MediaFile?, fields: [String: String], to node: String, at now: Instant) -> GraphAnswer {
        guard node == account.phoneNumberID else { return refusal(.unknownNode(node)) }
        guard fields["messaging_product"] == "whatsapp" else {
            return refusal(.parameter("The parameter messaging_product is required."))
        }
        guard let file, !file.bytes.isEmpty else { return refusal(.parameter("The parameter file is required.")) }
        guard let maximum = StoredMedia.maximumBytes(ofMediaType: file.mediaType) else {
            return refusal(
                .parameter("Param file must be a file with one of the supported types. Received file of type '\(file.mediaType)'."))
        }
        guard file.bytes.count <= maximum else {
            return refusal(GraphError(code: 131_053, details: "The file is larger than \(maximum) bytes."))
        }
        let id = identifiers.mediaID()
        media[id] = StoredMedia(id: id, file: file, expiresAt: now + .hours(30 * 24))
        return .json(["id": .string(id)])
    }

    /// `GET /{media}`
    /// - Parameter baseURL: of this simulator, as the client called it.
    mutating func describe(_ stored: StoredMedia, baseURL: String, at now: Instant) -> GraphAnswer {
        if case .mediaRefusal(let error)? = faults.take(.media, contactID: nil) { return refusal(error) }
        let expiry = (now + .minutes(5)).unixSeconds
        let url =
            "\(baseURL)/whatsapp_business/attachments/?mid=\(stored.id)&ext=\(expiry)&hash=\(linkHash(of: stored.id, expiry: "\(expiry)"))"
        return .json([
            "messaging_product": "whatsapp", "url": .string(url), "mime_type": .string(stored.file.mediaType),
            "sha256": .string(stored.file.digest), "file_size": .integer(Int64(stored.file.bytes.count)), "id": .string(stored.id),
        ])
    }

    /// `DELETE /{media}`
    package mutating func delete(_ node: String, at now: Instant) -> GraphAnswer {
        guard media.removeValue(forKey: node) != nil else { return refusal(.unknownNode(node)) }
        return .json(["success": true])
    }

    /// Follows the address that `describe` gave: 404 once it has expired, or if it was never given.
    package mutating func download(query: [String: String], at now: Instant) -> GraphAnswer {
        if case .mediaRefusal(let error)? = faults.take(.media, contactID: nil) { return refusal(error) }
        let id = query["mid"] ?? ""
        let expiry = query["ext"] ?? ""
        guard let stored = media[id], query["hash"] == linkHash(of: id, expiry: expiry), let end = Int64(expiry),
            now.unixSeconds <= end
        else {
            return GraphAnswer(status: 404, body: .html("<html><body>Not found.</body></html>"))
        }
        return GraphAnswer(body: .file(stored.file.bytes, mediaType: stored.file.mediaType))
    }

    private func linkHash(of id: String, expiry: String) -> String {
        let key = SymmetricKey(data: Data(account.appSecret.exposed().utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(id):\(expiry)".utf8), using: key)
        return Data(code.prefix(18)).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
    }
}
