import DeskCore
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing

@testable import ProviderSimulators

@Suite struct MetaSimulatorServiceTests {
    private static let authorization: HTTPFields = [.authorization: "Bearer token", .contentType: "application/json"]

    private func application() throws -> some ApplicationProtocol {
        let (world, _, _) = try Samples.world()
        let simulator = MetaSimulator(world: world) { Samples.noon }
        var logger = Logger(label: "tests")
        logger.logLevel = .critical
        return Application(router: MetaSimulatorRouter.router(for: simulator), logger: logger)
    }

    private func buffer(_ value: JSONValue) -> ByteBuffer { ByteBuffer(bytes: value.bytes()) }

    @Test(arguments: ["/v25.0/1000/messages", "/1000/messages", "/v17.0/1000/messages"])
    func answersWithAndWithoutAVersion(path: String) async throws {
        try await application().test(.router) { client in
            let response = try await client.execute(uri: path, method: .post, headers: Self.authorization, body: buffer(Samples.text()))
            #expect(response.status == .ok)
            #expect(response.headers[HTTPField.Name.simulator] == "meta")
        }
    }

    @Test(arguments: [
        ("/v25.0/1000/messages", HTTPRequest.Method.get, 400), ("/v25.0/1000", .get, 200), ("/v25.0/9000/subscribed_apps", .get, 200),
        ("/v25.0/9000/phone_numbers", .get, 200), ("/v25.0/77", .get, 400), ("/simulator/health", .get, 200),
        ("/simulator/contacts/contact-99", .get, 404), ("/simulator/receipts?outcome=all", .get, 200), ("/simulator/marks", .get, 200),
        ("/simulator/deliveries", .get, 200), ("/simulator/faults", .get, 200), ("/simulator/settings", .get, 200),
        ("/simulator/reset", .post, 200),
    ])
    func answersEveryPath(path: String, method: HTTPRequest.Method, status: Int) async throws {
        try await application().test(.router) { client in
            let response = try await client.execute(uri: path, method: method, headers: Self.authorization)
            #expect(response.status.code == status)
        }
    }

    @Test func letsAContactWriteAndShowsWhatTheySaw() async throws {
        try await application().test(.router) { client in
            let written = try await client.execute(
                uri: "/simulator/contacts/contact-3/messages", method: .post, body: buffer(["kind": "text", "text": "Hola"]))
            #expect(written.status == .created)
            #expect(try JSONValue(parsing: Array(buffer: written.body))["message_id"] != nil)
            _ = try await client.execute(
                uri: "/1000/messages", method: .post, headers: Self.authorization, body: buffer(Samples.text(to: "34600000003")))
            let receipts = try await client.execute(uri: "/simulator/receipts?contact=contact-3", method: .get)
            let items = try JSONValue(parsing: Array(buffer: receipts.body))["items"]?.array
            #expect(items?.map { $0["text"] } == ["¡Hola!"])
        }
    }

    @Test(
        arguments: [
            ("contacts", ["name": "Sin nada"]), ("contacts/contact-1/messages", ["kind": "telepathy"]),
            ("contacts/contact-1/messages", ["kind": "text"]), ("contacts/contact-1/reactions", ["emoji": "x"]),
            ("faults", ["kind": "flood"]),
            ("faults", ["kind": "error"]), ("settings", ["statuses": "sometimes"]), ("clock", [:]), ("raw", [:]),
        ] as [(String, JSONValue)])
    func complainsInWords(path: String, body: JSONValue) async throws {
        try await application().test(.router) { client in
            let response = try await client.execute(uri: "/simulator/\(path)", method: .post, body: buffer(body))
            #expect(response.status == .badRequest)
            #expect(try JSONValue(parsing: Array(buffer: response.body))["error"]?.string?.isEmpty == false)
        }
    }

    @Test func cutsTheConnection() async throws {
        try await application().test(.ahc(.http)) { client in
            _ = try await client.execute(uri: "/simulator/faults", method: .post, body: buffer(["kind": "cut_after_acceptance"]))
            await #expect(throws: (any Error).self) {
                try await client.execute(
                    uri: "/1000/messages", method: .post, headers: Self.authorization, body: buffer(Samples.text()))
            }
            let receipts = try await client.execute(uri: "/simulator/receipts", method: .get)
            let items = try JSONValue(parsing: Array(buffer: receipts.body))["items"]?.array
            #expect(items?.map { $0["answer_lost"] } == [true])
        }
    }

    @Test func runsAsAServiceOnAPortOfItsOwn() async throws {
        var logger = Logger(label: "tests")
        logger.logLevel = .critical
        let service = MetaSimulatorService(settings: MetaSimulatorSettings(account: Samples.account), logger: logger)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await service.run() }
            let base = try await service.baseURL()
            #expect(base.hasPrefix("http://127.0.0.1:"))
            #expect(!base.hasSuffix(":0"))
            group.cancelAll()
        }
        await #expect(throws: CancellationError.self) { try await MetaSimulator.ended().baseURL() }
    }
}

extension MetaSimulator {
    fileprivate static func ended() async throws -> MetaSimulator {
        let simulator = MetaSimulator(world: try Samples.world().0) { Samples.noon }
        await simulator.finish()
        return simulator
    }
}
