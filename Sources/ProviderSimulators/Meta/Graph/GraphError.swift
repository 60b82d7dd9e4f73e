/// A refusal of Meta's, as its Graph API words it (Cloud API, "Error codes").
package struct GraphError: Error, Hashable, Sendable {
    package var code: Int
    package var status: Int
    package var title: String
    package var details: String?
    package var subcode: Int?

    package init(code: Int, status: Int = 400, title: String, details: String? = nil, subcode: Int? = nil) {
        self.code = code
        self.status = status
        self.title = title
        self.details = details
        self.subcode = subcode
    }

    /// The refusal with Meta's usual words for `code`.
    package init(code: Int, details: String? = nil) {
        let known = Self.known[code] ?? (400, "Error", "Simulated error \(code).")
        self.init(code: code, status: known.status, title: known.title, details: details ?? known.details)
    }

    /// A parameter is missing or of no use (code 100).
    static func parameter(_ complaint: String) -> Self {
        Self(code: 100, status: 400, title: complaint, details: nil)
    }
}

extension GraphError {
    /// The body of the answer.
    /// - Parameter traceID: Meta's handle for its support.
    func body(traceID: String) -> JSONValue {
        let isBare = [104, 190, 2_500].contains(code) || subcode != nil
        var error: [String: JSONValue] = [
            "message": .string(isBare ? title : "(#\(code)) \(title)"),
            "type": "OAuthException", "code": .integer(Int64(code)), "fbtrace_id": .string(traceID),
        ]
        if let subcode { error["error_subcode"] = .integer(Int64(subcode)) }
        if let details, !details.isEmpty {
            error["error_data"] = ["messaging_product": "whatsapp", "details": .string(details)]
        }
        return ["error": .object(error)]
    }

    /// As it stands in a `failed` status or an `unsupported` message.
    var webhookItem: JSONValue {
        [
            "code": .integer(Int64(code)), "title": .string(title), "message": .string(title),
            "error_data": ["details": .string(details ?? title)],
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        ]
    }
}
