package import ChannelKit
package import DeskCore
import MetaGraph

extension WhatsAppAdapter: MediaFetching {
    /// Links live five minutes: one is asked for right before the download, and a second time if the first has died already.
    ///
    /// Source: Cloud API, "Media", "Retrieve media URL" and "Download media".
    package func fetch(
        _ attachment: Attachment, for account: ChannelAccount, egress: any Egress
    ) async throws(MediaFailure) -> FetchedMedia {
        guard let mediaID = attachment.providerMediaID else { throw MediaFailure("WhatsApp named no file", isTransient: false) }
        for _ in 0..<2 {
            let link = try await link(to: mediaID, account: account, egress: egress)
            if let bytes = try await download(link, account: account, egress: egress) {
                guard let stated = link.digest ?? attachment.providerDigest, !MediaDigest.matches(stated, bytes: bytes) else {
                    return FetchedMedia(bytes: bytes, mediaType: link.mediaType ?? attachment.mediaType)
                }
                throw MediaFailure("the file is not the one whose digest WhatsApp states", isTransient: true)
            }
        }
        throw MediaFailure("the link died before the file came", isTransient: true)
    }

    private struct Link {
        let url: String
        let mediaType: String?
        let digest: String?
    }

    static let maximumMediaBytes = 100 << 20

    private func link(to mediaID: String, account: ChannelAccount, egress: any Egress) async throws(MediaFailure) -> Link {
        let request = account.endpoint.get([mediaID], query: [("phone_number_id", account.phoneNumberID)])
        let response = try await perform(request, egress: egress)
        let body = JSONParser.readable(response.body)
        if let error = body.flatMap(GraphError.init(answer:)) {
            let failure = error.failure(status: response.status)
            throw MediaFailure("Meta's error \(failure.code): \(failure.text)", isTransient: failure.isRetryable)
        }
        guard 200..<300 ~= response.status, let body, let url = body["url"]?.nonEmptyText else {
            throw MediaFailure("HTTP \(response.status) without a link", isTransient: response.status >= 500 || response.status == 429)
        }
        guard body["file_size"]?.integer ?? 0 <= Self.maximumMediaBytes else {
            throw MediaFailure("the file is larger than 100 MB", isTransient: false)
        }
        return Link(url: url, mediaType: body["mime_type"]?.nonEmptyText, digest: body["sha256"]?.nonEmptyText)
    }

    /// - Returns: nil if the link has died.
    private func download(_ link: Link, account: ChannelAccount, egress: any Egress) async throws(MediaFailure) -> [UInt8]? {
        guard let request = account.endpoint.download(link.url, maximumBytes: Self.maximumMediaBytes) else {
            throw MediaFailure("the link leads to a host that is not Meta's", isTransient: false)
        }
        let response = try await perform(request, egress: egress)
        switch response.status {
        case 200: return response.body
        case 401, 403, 404, 410: return nil
        default:
            throw MediaFailure("HTTP \(response.status) at the download", isTransient: response.status >= 500 || response.status == 429)
        }
    }

    private func perform(_ request: EgressRequest, egress: any Egress) async throws(MediaFailure) -> EgressResponse {
        do throws(EgressFailure) {
            return try await egress.perform(request)
        } catch {
            throw MediaFailure(error.reason, isTransient: error.reach != .refusedByUs)
        }
    }
}
