import AsyncHTTPClient
import ChannelKit
import DeskCore
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// The one way out, over AsyncHTTPClient. A name that the operator didn't type is resolved once, here, checked, and the connection
/// goes to that very address; redirects are never followed.
struct HTTPEgress: Egress {
    private let client: HTTPClient
    private let names: NameService

    /// - Parameter client: made with `HTTPEgress.configuration`; shut down by whoever made it.
    init(client: HTTPClient, names: NameService = NameService()) {
        self.client = client
        self.names = names
    }

    static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        configuration.httpVersion = .http1Only
        return configuration
    }

    func perform(_ request: EgressRequest) async throws(EgressFailure) -> EgressResponse {
        guard let url = URL(string: request.url), let host = url.host(), ["http", "https"].contains(url.scheme ?? "") else {
            throw EgressFailure(.refusedByUs, "This is no web address.")
        }
        if request.isOperatorTyped { return try await Self.perform(request, with: client) }
        guard url.scheme == "https" else { throw EgressFailure(.refusedByUs, "Only https addresses are fetched.") }
        let name = try Self.plainName(host, of: url)
        let address = try await names.publicAddress(of: name)
        return try await pinned(to: address, host: name, request)
    }

    /// The name as the client will see it too: one that is written with escapes could be read in two ways, and the address that was
    /// checked would be another one's.
    private static func plainName(_ host: String, of url: URL) throws(EgressFailure) -> String {
        let name = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"):
                true
            default: false
            }
        }
        guard isPlain, !name.isEmpty, url.host(percentEncoded: false) == host else {
            throw EgressFailure(.refusedByUs, "The name of the address is not a plain one.")
        }
        return name
    }

    /// A client of its own, for the name must lead to the address that was checked, and not be looked up again.
    private func pinned(to address: String, host: String, _ request: EgressRequest) async throws(EgressFailure) -> EgressResponse {
        var configuration = Self.configuration
        configuration.dnsOverride = [host: address]
        let pinned = HTTPClient(eventLoopGroup: client.eventLoopGroup, configuration: configuration)
        let result: Result<EgressResponse, EgressFailure>
        do throws(EgressFailure) {
            result = .success(try await Self.perform(request, with: pinned))
        } catch {
            result = .failure(error)
        }
        try? await pinned.shutdown()
        return try result.get()
    }

    private static func perform(_ request: EgressRequest, with client: HTTPClient) async throws(EgressFailure) -> EgressResponse {
        do {
            return try await inTime(request.timeout) { try await answer(to: request, from: client) }
        } catch {
            throw failure(error)
        }
    }

    private static func answer(to request: EgressRequest, from client: HTTPClient) async throws -> EgressResponse {
        let response = try await client.execute(
            clientRequest(request), timeout: .nanoseconds(request.timeout.wholeMicroseconds * 1_000))
        let body = try await response.body.collect(upTo: request.maximumResponseBytes)
        let headers = Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
        return EgressResponse(status: Int(response.status.code), headers: headers, body: Array(buffer: body))
    }

    /// The whole of an answer in time. The client's own limit ends with the answer's head: a body could come drop by drop, for ever.
    private static func inTime(
        _ timeout: Duration, _ body: @escaping @Sendable () async throws -> EgressResponse
    ) async throws -> EgressResponse {
        try await withThrowingTaskGroup(of: EgressResponse?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: timeout)
                return nil
            }
            defer { group.cancelAll() }
            guard case let response?? = try await group.next() else {
                throw EgressFailure(.mayHaveArrived, "The answer was not whole in time.")
            }
            return response
        }
    }

    private static func clientRequest(_ request: EgressRequest) -> HTTPClientRequest {
        var clientRequest = HTTPClientRequest(url: request.url)
        clientRequest.method = HTTPMethod(rawValue: request.method.rawValue)
        for header in request.headers { clientRequest.headers.add(name: header.name, value: header.value) }
        if !request.body.isEmpty { clientRequest.body = .bytes(request.body) }
        return clientRequest
    }

    /// Only what surely ended before a byte was sent counts as never arrived.
    private static func failure(_ error: any Error) -> EgressFailure {
        switch error {
        case let error as EgressFailure: error
        case is NIOConnectionError: EgressFailure(.neverArrived, "No connection.")
        case let error as IOError where [ECONNREFUSED, ENETUNREACH, EADDRNOTAVAIL].contains(error.errnoCode):
            EgressFailure(.neverArrived, "No connection.")
        case let error as HTTPClientError where error == .connectTimeout: EgressFailure(.neverArrived, "No connection in time.")
        case let error as HTTPClientError where error == .getConnectionFromPoolTimeout: EgressFailure(.neverArrived, "No connection free.")
        case let error as HTTPClientError where error == .tlsHandshakeTimeout: EgressFailure(.neverArrived, "TLS was not agreed in time.")
        default: EgressFailure(.mayHaveArrived, "The answer did not come: \(type(of: error)).")
        }
    }
}
