import AsyncHTTPClient
import ChannelKit
import DeskCore
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import DeskCommands

/// The one way out leads to nobody whom the operator did not mean, and is not held up by whoever it leads to.
@Suite(.timeLimit(.minutes(2))) struct EgressTests {
    // MARK: Where a connection may go

    @Test(arguments: [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "100.127.255.255", "198.18.0.1", "198.19.255.255", "192.0.0.170", "192.0.2.1", "198.51.100.1", "203.0.113.1",
        "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
        "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:2::1", "2001:10::1", "2001:20::1", "2001:1ff::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1",
        "3fff:fff::1", "5f00::1", "fc00::1", "fd12:3456:789a::1", "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1", "", "localhost",
        "1.1.1", "/tmp/socket",
    ])
    func noConnectionGoesToWhatIsNotOnTheOpenInternet(address: String) {
        #expect(!PublicAddress.isPublic(address))
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "169.253.0.1", "198.17.0.1", "198.20.0.1",
        "192.0.1.1", "223.255.255.255", "2606:4700:4700::1111", "2001:200::1", "2001:4860:4860::8888", "2a03:2880::1", "3ffe::1",
    ])
    func theOpenInternetIsReached(address: String) {
        #expect(PublicAddress.isPublic(address))
    }

    @Test(arguments: [
        ["93.184.215.14", "10.0.0.1"], ["10.0.0.1", "93.184.215.14"], ["2606:4700::1", "93.184.215.14", "::1"], ["127.0.0.1"],
    ])
    func oneAddressInsideIsEnoughToRefuseAName(addresses: [String]) async {
        let names = NameService(lookUp: { _ in addresses })
        await #expect(throws: EgressFailure(.refusedByUs, "The name leads to a private address.")) {
            try await names.publicAddress(of: "files.example.org")
        }
    }

    @Test func theFirstOfSeveralAddressesIsTaken() async throws {
        let names = NameService(lookUp: { _ in ["93.184.215.14", "2606:4700::1"] })
        #expect(try await names.publicAddress(of: "files.example.org") == "93.184.215.14")
    }

    @Test func everyAddressOfANameIsLookedAt() throws {
        #expect(try NameService.everyAddress(of: "127.0.0.1") == ["127.0.0.1"])
        #expect(try NameService.everyAddress(of: "::1") == ["::1"])
        let own = try NameService.everyAddress(of: "localhost")
        #expect(!own.isEmpty && own.allSatisfy { !PublicAddress.isPublic($0) })
    }

    @Test(arguments: [
        "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "[::1]", "[::ffff:127.0.0.1]", "[fe80::1]", "169.254.169.254",
        "LOCALHOST", "127.0.0.1.",
    ])
    func noNotationOfAnAddressInsideGetsThrough(host: String) async {
        let reason = await Outside.failure(EgressRequest(.get, "https://\(host)/file", isOperatorTyped: false))
        #expect(reason?.reach == .refusedByUs || reason?.reach == .neverArrived)
        #expect(reason?.reason != "No connection.", "somebody knocked there")
    }

    @Test(arguments: [
        "https://files.example.org%2f.evil.example/", "https://127.0.0.1%00.evil.example/", "https://ex%61mple.org/",
        "https://exämple.org/",
        "https://a_b.example.org/", "https:///file", "https:", "https://", "", "//example.org/", "ftp://example.org/", "file:///etc/passwd",
        "http+unix://%2Ftmp%2Fsocket/", "https+unix://%2Ftmp%2Fsocket/", "gopher://example.org/", "data:text/plain,x",
        "http://example.org/", "HTTP://example.org/", "javascript:alert(1)",
    ])
    func whatIsNoPlainSecureAddressIsRefusedBeforeAnythingIsLookedUp(url: String) async {
        let asked = Mutex(0)
        let names = NameService(lookUp: { _ in
            asked.withLock { $0 += 1 }
            return ["93.184.215.14"]
        })
        let failure = await Outside.failure(EgressRequest(.get, url, isOperatorTyped: false), names: names)
        #expect(failure?.reach == .refusedByUs)
        #expect(asked.withLock { $0 } == 0)
    }

    /// DNS rebinding: a name that leads elsewhere when it is looked up again. The certificate is asked for by the name all the same.
    @Test func theConnectionGoesToTheVeryAddressThatWasChecked() async throws {
        let server = try await ScriptedServer(.says("no TLS"))
        let asked = Mutex(0)
        let names = NameService(
            lookUp: { _ in
                [
                    asked.withLock {
                        $0 += 1
                        return $0
                    } == 1 ? "127.0.0.1" : "127.0.0.2"
                ]
            }, mayReach: { _ in true })
        let request = EgressRequest(
            .get, "https://rebinding.invalid:\(server.port)/", isOperatorTyped: false, timeout: .seconds(1))
        #expect(await Outside.failure(request, names: names) != nil)
        #expect(asked.withLock { $0 } == 1)
        #expect(!server.words.isEmpty && server.words.allSatisfy { $0.contains("rebinding.invalid") })
        try await server.close()
    }

    // MARK: What comes back

    @Test(arguments: [301, 302, 303, 307, 308])
    func aRedirectIsAnAnswerAndIsNotFollowed(status: Int) async throws {
        let inside = try await ScriptedServer(.says("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret"))
        let to = "location: http://127.0.0.1:\(inside.port)/latest/meta-data\r\n"
        let server = try await ScriptedServer(.says("HTTP/1.1 \(status) Elsewhere\r\n\(to)content-length: 0\r\n\r\n"))
        let response = try await Outside.perform(server.request())
        #expect(response.status == status && response.body.isEmpty)
        #expect(server.words.count == 1 && inside.words.isEmpty)
        try await server.close()
        try await inside.close()
    }

    @Test(arguments: [
        ScriptedServer.Answer.says("HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n" + String(repeating: "x", count: 1_001)),
        .says("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + String(repeating: "x", count: 1_001)),
        .says("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3E9\r\n" + String(repeating: "x", count: 1_001) + "\r\n0\r\n\r\n"),
        .neverStops("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n"), .beginsWith("HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n"),
        .neverStops("HTTP/1.1 200 OK\r\nx-endless: "),
    ])
    func anAnswerThatIsTooLongIsGivenUp(answer: ScriptedServer.Answer) async throws {
        let server = try await ScriptedServer(answer)
        let failure = await Outside.failure(server.request(maximumResponseBytes: 1_000))
        #expect(failure?.reach == .mayHaveArrived)
        try await server.close()
    }

    @Test func anAnswerOfExactlyTheLengthThatIsTakenIsTaken() async throws {
        let server = try await ScriptedServer(
            .says("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n" + String(repeating: "x", count: 1_000)))
        #expect(try await Outside.perform(server.request(maximumResponseBytes: 1_000)).body.count == 1_000)
        try await server.close()
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfour",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
    ])
    func anAnswerThatDoesNotComeToItsEndIsGivenUpInTime(beginning: String) async throws {
        let server = try await ScriptedServer(.beginsWith(beginning))
        let failure = await Outside.failure(server.request(timeout: .milliseconds(400)))
        #expect(failure?.reach == .mayHaveArrived)
        try await server.close()
    }

    /// What is packed stays packed: nothing here grows by being read.
    @Test func nothingIsUnpacked() async throws {
        let server = try await ScriptedServer(.says("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nbomb"))
        #expect(try await Outside.perform(server.request()).body == Array("bomb".utf8))
        try await server.close()
    }

    @Test func whereNobodyListensNothingArrived() async throws {
        let server = try await ScriptedServer(.says(""))
        let request = server.request()
        try await server.close()
        #expect(await Outside.failure(request)?.reach == .neverArrived)
    }

    @Test(arguments: ["ftp://127.0.0.1/", "file:///etc/passwd", "http+unix://%2Ftmp%2Fsocket/", "127.0.0.1", ""])
    func evenTheOperatorsAddressesAreOfTheWeb(url: String) async {
        #expect(await Outside.failure(EgressRequest(.get, url, isOperatorTyped: true))?.reach == .refusedByUs)
    }
}

/// The way out as the program makes it.
private enum Outside {
    static func perform(_ request: EgressRequest, names: NameService = NameService()) async throws(EgressFailure) -> EgressResponse {
        var configuration = HTTPEgress.configuration
        // The client goes on trying to connect for so long.
        configuration.timeout.connect = .milliseconds(500)
        let client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
        let result: Result<EgressResponse, EgressFailure>
        do throws(EgressFailure) {
            result = .success(try await HTTPEgress(client: client, names: names).perform(request))
        } catch {
            result = .failure(error)
        }
        // Of no matter to what was answered.
        try? await client.shutdown()
        return try result.get()
    }

    static func failure(_ request: EgressRequest, names: NameService = NameService()) async -> EgressFailure? {
        do throws(EgressFailure) {
            _ = try await perform(request, names: names)
            return nil
        } catch {
            return error
        }
    }
}

extension ScriptedServer {
    fileprivate func request(maximumResponseBytes: Int = 10_000, timeout: Duration = .seconds(20)) -> EgressRequest {
        EgressRequest(
            .get, "http://127.0.0.1:\(port)/v25.0/file", isOperatorTyped: true, maximumResponseBytes: maximumResponseBytes, timeout: timeout
        )
    }
}
