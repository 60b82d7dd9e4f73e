import HTTPTypes
import Hummingbird
import NIOCore

extension HTTPField.Name {
    static var simulator: Self { Self("X-Contesta-Simulator") ?? .server }
}

/// The Graph side over HTTP.
struct GraphRoutes: Sendable {
    private static let maximumBodyBytes = 110 * 1_048_576
    let simulator: MetaSimulator

    func add(to router: Router<SimulatorRequestContext>) {
        for method in [HTTPRequest.Method.get, .post, .delete] {
            router.on("**", method: method) { request, context in try await handle(request, context) }
        }
    }

    private func handle(_ request: Request, _ context: SimulatorRequestContext) async throws -> Response {
        guard let call = GraphCall(method: request.method.rawValue, path: request.uri.path) else {
            return try response(to: GraphAnswer(status: 400, body: .json(unknownPath(request.uri.path))))
        }
        let answer = await simulator.answer(try await graphRequest(call, request))
        switch answer.fate {
        case .given: break
        case .late(let delay): try await Task.sleep(for: delay)
        case .cut: try? await context.channel.close()
        }
        return try response(to: answer)
    }

    private func graphRequest(_ call: GraphCall, _ request: Request) async throws -> GraphRequest {
        let body = Array(buffer: try await request.body.collect(upTo: Self.maximumBodyBytes))
        let form = MultipartForm(body, contentType: request.headers[.contentType] ?? "")
        return GraphRequest(
            call, authorization: request.headers[.authorization], body: form == nil ? (try? JSONValue(parsing: body)) ?? .null : .null,
            query: Dictionary(
                request.uri.queryParameters.map { (String($0.key), String($0.value)) }, uniquingKeysWith: { _, last in last }),
            fields: form?.fields ?? [:], file: form?.file, baseURL: "http://" + (request.head.authority ?? "127.0.0.1")
        )
    }

    private func response(to answer: GraphAnswer) throws -> Response {
        let status = HTTPResponse.Status(code: answer.status)
        return switch answer.body {
        case .json(let value): Response(status: status, contentType: "application/json; charset=UTF-8", bytes: value.bytes(.escaped))
        case .html(let text): Response(status: status, contentType: "text/html; charset=utf-8", bytes: Array(text.utf8))
        case .file(let bytes, let mediaType): Response(status: status, contentType: mediaType, bytes: bytes)
        }
    }

    private func unknownPath(_ path: String) -> JSONValue {
        GraphError(code: 2_500, title: "Unknown path components: \(path)").body(traceID: "Asimulator0000000000000")
    }
}

extension Response {
    init(status: HTTPResponse.Status, contentType: String, bytes: [UInt8]) {
        self.init(status: status, headers: [.contentType: contentType], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, contentType: "application/json", bytes: value.bytes())
    }
}
