import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What the API is, for programs that read descriptions: OpenAPI 3.1. Written by hand, in one file for each group of calls; a test
/// holds it against the routes that there are.
enum OpenAPIDocument {
    /// A fragment that is no JSON, or names a problem that isn't described.
    struct Malformed: Error {
        let fragment: String
    }

    /// - Throws: `Malformed`; a test sees to it that this never happens.
    static func answer(version: String) throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try json(version: version))))
    }

    static func json(version: String) throws -> Data {
        var document = try object(DescribedBasics.json)
        document["info"] = (document["info"] as? [String: Any] ?? [:]).merging(["version": version]) { $1 }
        document["paths"] = try merged([
            DescribedPeople.json, DescribedMembers.json, DescribedTokens.json, DescribedData.json, DescribedReading.json,
            DescribedReplies.json, DescribedReactions.json, DescribedTending.json,
            DescribedObligations.json, DescribedLedger.json, DescribedEvents.json, DescribedOperations.json, DescribedCare.json,
        ]).mapValues(withProblems)
        var components = try object(DescribedComponents.json)
        components["schemas"] = try merged([
            DescribedConversation.json, DescribedMessage.json, DescribedMail.json, DescribedRecords.json, DescribedDeadlines.json,
            DescribedCare.schemas,
            DescribedMembers.schemas, DescribedTokens.schemas, DescribedData.schemas,
        ])
        document["components"] = components
        return try JSONSerialization.data(withJSONObject: document, options: [.sortedKeys, .withoutEscapingSlashes])
    }

    private static func merged(_ fragments: [String]) throws -> [String: Any] {
        try fragments.reduce(into: [:]) { all, fragment in all.merge(try object(fragment)) { first, _ in first } }
    }

    private static func object(_ fragment: String) throws -> [String: Any] {
        guard let object = try? JSONSerialization.jsonObject(with: Data(fragment.utf8)) as? [String: Any] else {
            throw Malformed(fragment: String(fragment.prefix(80)))
        }
        return object
    }

    /// The fragments name an operation's problems by their statuses; here they become what OpenAPI wants.
    private static func withProblems(_ path: Any) throws -> Any {
        guard let operations = path as? [String: Any] else { return path }
        return try operations.mapValues { operation -> Any in
            guard var operation = operation as? [String: Any], let problems = operation.removeValue(forKey: "problems") as? [String]
            else { return operation }
            var responses = operation["responses"] as? [String: Any] ?? [:]
            for status in problems {
                guard let name = problemNames[status] else { throw Malformed(fragment: status) }
                responses[status] = ["$ref": "#/components/responses/\(name)"]
            }
            operation["responses"] = responses
            return operation
        }
    }

    private static let problemNames = [
        "400": "InvalidRequest", "401": "Unauthenticated", "403": "Forbidden", "404": "NotFound", "409": "Conflict", "413": "TooLarge",
        "415": "UnsupportedMediaType", "422": "Unprocessable", "503": "Unavailable",
    ]
}
