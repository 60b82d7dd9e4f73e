/// The one way out: every request that Contesta makes goes through it. Resolves once, refuses private addresses unless the
/// operator typed them, follows no redirects, caps size and time.
package protocol Egress: Sendable {
    /// - Throws: `EgressFailure`, which says whether the request may have reached the other side.
    func perform(_ request: EgressRequest) async throws(EgressFailure) -> EgressResponse
}

/// A request to a provider.
package struct EgressRequest: Sendable {
    package enum Method: String, Sendable { case get = "GET", post = "POST", put = "PUT", delete = "DELETE" }

    package var method: Method
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// Whether the operator typed this address, so that it may be a private one.
    package var isOperatorTyped: Bool
    /// In bytes; a longer answer is an error.
    package var maximumResponseBytes: Int
    package var timeout: Duration

    package init(
        _ method: Method, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [], isOperatorTyped: Bool,
        maximumResponseBytes: Int = 1_048_576, timeout: Duration = .seconds(30)
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.isOperatorTyped = isOperatorTyped
        self.maximumResponseBytes = maximumResponseBytes
        self.timeout = timeout
    }
}

/// A provider's answer.
package struct EgressResponse: Sendable {
    package var status: Int
    /// Names in lower case.
    package var headers: [String: String]
    package var body: [UInt8]

    package init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Why no answer came.
package struct EgressFailure: Error, Hashable, Sendable {
    package enum Reach: Sendable, Hashable {
        /// The request surely never arrived: no address, connection refused, TLS not agreed.
        case neverArrived
        /// It may have arrived: the answer was cut off, late or too long.
        case mayHaveArrived
        /// We refused to send it: private address, bad URL.
        case refusedByUs
    }

    package let reach: Reach
    package let reason: String

    package init(_ reach: Reach, _ reason: String) {
        self.reach = reach
        self.reason = reason
    }
}
