import ChannelKit
import DeskCore
import MetaGraph
import Testing

@Suite struct GraphEndpointTests {
    private let metas = GraphEndpoint(base: nil, accessToken: Secret("token-1"))
    private let typed = GraphEndpoint(base: "http://127.0.0.1:8090/v25.0/", accessToken: Secret("token-1"))

    @Test func buildsRequestsWithTheTokenInTheHeaderOnly() {
        let request = metas.get(["1500/../x"], query: [("phone_number_id", "7 0&1")])
        #expect(request.url == "https://graph.facebook.com/v25.0/1500%2F..%2Fx?phone_number_id=7%200%261")
        #expect(request.headers.contains { $0 == ("authorization", "Bearer token-1") })
        #expect(!request.isOperatorTyped)
    }

    @Test func takesTheOperatorsBase() {
        let request = typed.post(["7", "messages"], json: ["a": 1])
        #expect(request.url == "http://127.0.0.1:8090/v25.0/7/messages")
        #expect(request.isOperatorTyped)
        #expect(request.body == Array(#"{"a":1}"#.utf8))
        #expect(!GraphEndpoint(base: GraphEndpoint.defaultBase, accessToken: Secret("")).isOperatorTyped)
    }

    @Test(arguments: [
        "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", "https://scontent.xx.fbcdn.net/v/1",
        "https://mmg.whatsapp.net/d/f",
        "HTTPS://LOOKASIDE.FBSBX.COM/x",
    ])
    func downloadsFromMetasFileHosts(link: String) {
        #expect(metas.download(link, maximumBytes: 10)?.maximumResponseBytes == 10)
        #expect(metas.download(link, maximumBytes: 10)?.isOperatorTyped == false)
    }

    @Test(arguments: [
        "http://lookaside.fbsbx.com/x", "https://fbsbx.com.evil.example/x", "https://evilfbsbx.com/x", "https://127.0.0.1/x",
        "https://user@lookaside.fbsbx.com/x", "https://evil.example\\@lookaside.fbsbx.com/x", "https://evil.example/?lookaside.fbsbx.com",
        "https://lookaside.fbsbx.com:8443/x", "https://lookaside.fbsbx.com%2eevil.example/", "file:///etc/passwd", "lookaside.fbsbx.com/x",
        "https:///x", "", "https://evil.example#.fbsbx.com", "http://127.0.0.1:8090/media/1", "https://ｆbsbx.com/x",
        "https://lookaside.fbsbx.com /x", "https://169.254.169.254/latest",
    ])
    func takesTheTokenNowhereElse(link: String) {
        #expect(metas.download(link, maximumBytes: 10) == nil)
    }

    @Test func downloadsFromTheOperatorsOwnBaseOnly() {
        #expect(typed.download("http://127.0.0.1:8090/media/1", maximumBytes: 10)?.isOperatorTyped == true)
        #expect(typed.download("http://127.0.0.1:8091/media/1", maximumBytes: 10) == nil)
        #expect(typed.download("https://127.0.0.1:8090/media/1", maximumBytes: 10) == nil)
    }
}

@Suite struct FileTests {
    @Test func formsCarryFilesWithHarmlessNames() {
        var form = MultipartForm(boundary: "b0")
        form.append("type", "text/plain")
        form.append("file", fileName: "a\"\r\nx: y.txt", mediaType: "text/plain", bytes: [0x68, 0x69])
        #expect(form.contentType == "multipart/form-data; boundary=b0")
        #expect(
            String(decoding: form.encoded, as: UTF8.self) == """
                --b0\r
                content-disposition: form-data; name="type"\r
                \r
                text/plain\r
                --b0\r
                content-disposition: form-data; name="file"; filename="a__x: y.txt"\r
                content-type: text/plain\r
                \r
                hi\r
                --b0--\r\n
                """)
    }

    /// The SHA-256 of `test`, computed apart from this code.
    @Test(arguments: [
        ("n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=", true), ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", true),
        ("9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08", true), ("", true), ("29ed500fa64eb55fc19dc4124acb300e5", true),
        ("n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgk=", false),
        ("0f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", false),
    ])
    func comparesDigestsInEitherSpelling(stated: String, matches: Bool) {
        #expect(MediaDigest.matches(stated, bytes: Array("test".utf8)) == matches)
    }
}
