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

    /// - Parameter client: made with `HTTPEgress.configuration`; shut down by whoever made it.
    init(client: HTTPClient) { self.client = client }

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
        let address = try await PublicAddress.resolve(host)
        return try await pinned(to: address, host: host, request)
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
            let response = try await client.execute(
                clientRequest(request), timeout: .nanoseconds(request.timeout.wholeMicroseconds * 1_000))
            let body = try await response.body.collect(upTo: request.maximumResponseBytes)
            let headers = Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
            return EgressResponse(status: Int(response.status.code), headers: headers, body: Array(buffer: body))
        } catch {
            throw failure(error)
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
        case is NIOConnectionError: EgressFailure(.neverArrived, "No connection.")
        case let error as HTTPClientError where error == .connectTimeout: EgressFailure(.neverArrived, "No connection in time.")
        case let error as HTTPClientError where error == .getConnectionFromPoolTimeout: EgressFailure(.neverArrived, "No connection free.")
        case let error as HTTPClientError where error == .tlsHandshakeTimeout: EgressFailure(.neverArrived, "TLS was not agreed in time.")
        default: EgressFailure(.mayHaveArrived, "The answer did not come: \(type(of: error)).")
        }
    }
}

/// Addresses on the open internet.
enum PublicAddress {
    /// The first public address of a name.
    /// - Throws: `EgressFailure` when there is none, or any is private: a name that leads inside is not to be trusted at all.
    static func resolve(_ host: String) async throws(EgressFailure) -> String {
        do {
            let addresses = try await NIOThreadPool.singleton.runIfActive { try lookUp(host) }
            guard let first = addresses.first else { throw EgressFailure(.neverArrived, "The name has no address.") }
            guard addresses.allSatisfy(isPublic) else { throw EgressFailure(.refusedByUs, "The name leads to a private address.") }
            return first
        } catch let failure as EgressFailure {
            throw failure
        } catch {
            throw EgressFailure(.neverArrived, "The name could not be looked up.")
        }
    }

    private static func lookUp(_ host: String) throws -> [String] {
        let address = try SocketAddress.makeAddressResolvingHost(host, port: 443)
        return [address.ipAddress].compactMap(\.self)
    }

    /// Whether an IP address is on the open internet: none of the special-purpose ranges (RFC 6890 and its registries).
    static func isPublic(_ address: String) -> Bool {
        guard let bytes = bytes(of: address) else { return false }
        return bytes.count == 4 ? isPublic(v4: bytes) : isPublic(v6: bytes)
    }

    private static func bytes(of address: String) -> [UInt8]? {
        guard let socket = try? SocketAddress(ipAddress: address, port: 0) else { return nil }
        switch socket {
        case .v4(let v4): return withUnsafeBytes(of: v4.address.sin_addr) { Array($0) }
        case .v6(let v6): return withUnsafeBytes(of: v6.address.sin6_addr) { Array($0) }
        case .unixDomainSocket: return nil
        }
    }

    private static func isPublic(v4 bytes: [UInt8]) -> Bool {
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (224..., _, _): false
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (198, 18...19, _): false
        case (192, 0, 0), (192, 0, 2), (198, 51, 100), (203, 0, 113), (192, 88, 99): false
        default: true
        }
    }

    /// Only global unicast, and nothing that carries an IPv4 address inside.
    private static func isPublic(v6 bytes: [UInt8]) -> Bool {
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        let isTunnel = bytes.starts(with: [0x20, 0x02]) || bytes.starts(with: [0x20, 0x01, 0x00, 0x00])
        let isDocumentation = bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8])
        return !isTunnel && !isDocumentation
    }
}
