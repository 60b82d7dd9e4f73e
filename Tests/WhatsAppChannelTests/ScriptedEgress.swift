import ChannelKit
import DeskCore
import MetaGraph

/// Answers requests from a script, in order, and remembers them.
actor ScriptedEgress: Egress {
    typealias Answer = Result<EgressResponse, EgressFailure>

    private var answers: [Answer]
    private(set) var requests: [EgressRequest] = []

    init(_ answers: [Answer]) { self.answers = answers }

    func perform(_ request: EgressRequest) async throws(EgressFailure) -> EgressResponse {
        requests.append(request)
        guard !answers.isEmpty else { throw EgressFailure(.refusedByUs, "the script has ended") }
        return try answers.removeFirst().get()
    }

    /// The bodies sent so far, as JSON; null where one is none.
    var bodies: [JSONValue] { requests.map { JSONParser.readable($0.body) ?? .null } }
}

extension ScriptedEgress.Answer {
    static func http(_ status: Int, _ body: String = "", headers: [String: String] = [:]) -> Self {
        .success(EgressResponse(status: status, headers: headers, body: Array(body.utf8)))
    }

    static func bytes(_ bytes: [UInt8]) -> Self { .success(EgressResponse(status: 200, body: bytes)) }

    static func failure(_ reach: EgressFailure.Reach) -> Self { .failure(EgressFailure(reach, "scripted")) }
}

struct ScriptedBlobs: BlobReading {
    struct Missing: Error {}

    let blobs: [String: [UInt8]]

    func bytes(of blob: String) async throws -> [UInt8] {
        guard let bytes = blobs[blob] else { throw Missing() }
        return bytes
    }
}

extension ChannelAccount {
    static let bakery = ChannelAccount(
        channel: .whatsApp, settings: ["phone_number_id": "700100200300400", "waba_id": "810000000000001"],
        secrets: [
            "access_token": Secret("token-1"), "app_secret": Secret("c0ntesta-app-secret"), "verify_token": Secret("open sesame"),
        ])
}
