import ChannelKit
import DeskCore
import Testing
import WhatsAppChannel

@Suite struct MediaFetchingTests {
    private static let content = Array("test".utf8)
    private static let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

    private static func link(
        _ url: String = "https://lookaside.fbsbx.com/attachments/?mid=1", digest: String = digest, size: Int = 4
    ) -> ScriptedEgress.Answer {
        .http(200, #"{"url":"\#(url)","mime_type":"image/png","sha256":"\#(digest)","file_size":\#(size),"id":"1500"}"#)
    }

    private func fetch(_ egress: ScriptedEgress, digest: String? = nil) async throws(MediaFailure) -> FetchedMedia {
        try await WhatsAppAdapter().fetch(
            Attachment(kind: .image, providerMediaID: "1500", mediaType: "image/jpeg", providerDigest: digest), for: .bakery, egress: egress
        )
    }

    @Test func asksForALinkAndFollowsItWithTheToken() async throws {
        let egress = ScriptedEgress([Self.link(), .bytes(Self.content)])
        let media = try await fetch(egress)
        #expect(media.bytes == Self.content)
        #expect(media.mediaType == "image/png")
        let requests = await egress.requests
        #expect(requests[0].url == "https://graph.facebook.com/v25.0/1500?phone_number_id=700100200300400")
        #expect(requests[1].url == "https://lookaside.fbsbx.com/attachments/?mid=1")
        #expect(requests[1].headers.contains { $0 == ("authorization", "Bearer token-1") })
        #expect(requests[1].maximumResponseBytes == 100 << 20)
        #expect(requests.allSatisfy { !$0.isOperatorTyped })
    }

    @Test(arguments: [401, 404, 410])
    func asksOnceMoreWhenTheLinkHasDied(status: Int) async throws {
        let egress = ScriptedEgress([Self.link(), .http(status), Self.link(), .bytes(Self.content)])
        #expect(try await fetch(egress).bytes == Self.content)
    }

    @Test func givesUpForNowWhenTheSecondLinkIsDead() async {
        let egress = ScriptedEgress([Self.link(), .http(404), Self.link(), .http(404), Self.link()])
        await #expect(throws: MediaFailure("the link died before the file came", isTransient: true)) { try await fetch(egress) }
        #expect(await egress.requests.count == 4)
    }

    @Test func takesTheTokenToNoOtherHost() async {
        for url in ["https://files.evil.example/1", "http://169.254.169.254/latest", "https://lookaside.fbsbx.com@evil.example/"] {
            let egress = ScriptedEgress([Self.link(url)])
            await #expect(throws: MediaFailure("the link leads to a host that is not Meta's", isTransient: false)) {
                try await fetch(egress)
            }
            #expect(await egress.requests.count == 1)
        }
    }

    @Test func refusesAFileWithAnotherDigest() async {
        let egress = ScriptedEgress([Self.link(digest: String(Self.digest.reversed())), .bytes(Self.content)])
        await #expect(throws: MediaFailure.self) { try await fetch(egress) }
    }

    @Test func checksTheWebhooksDigestWhereTheLinkStatesNone() async {
        let link = ScriptedEgress.Answer.http(200, #"{"url":"https://lookaside.fbsbx.com/1"}"#)
        let egress = ScriptedEgress([link, .bytes([1]), link, .bytes(Self.content)])
        await #expect(throws: MediaFailure.self) { try await fetch(egress, digest: Self.digest) }
        await #expect(throws: Never.self) { try await fetch(egress, digest: Self.digest) }
    }

    @Test(
        arguments: [
            ([.http(400, #"{"error":{"code":100,"message":"gone"}}"#)], false), ([.http(500)], true), ([.http(404)], false),
            ([.http(401, #"{"error":{"code":190}}"#)], false), ([.failure(.neverArrived)], true), ([.failure(.refusedByUs)], false),
            ([link(size: 100 << 20 + 1)], false), ([link(), .http(503)], true), ([link(), .failure(.mayHaveArrived)], true),
        ] as [([ScriptedEgress.Answer], Bool)])
    func saysWhetherLaterMayBeBetter(answers: [ScriptedEgress.Answer], isTransient: Bool) async {
        let failure = await #expect(throws: MediaFailure.self) { try await fetch(ScriptedEgress(answers)) }
        #expect(failure?.isTransient == isTransient)
    }

    @Test func aFileWithoutAnIDCanNotBeFetched() async {
        await #expect(throws: MediaFailure("WhatsApp named no file", isTransient: false)) {
            try await WhatsAppAdapter().fetch(Attachment(kind: .image), for: .bakery, egress: ScriptedEgress([]))
        }
    }
}
