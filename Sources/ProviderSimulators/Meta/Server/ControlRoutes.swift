import DeskCore
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The control API over HTTP: see `docs/simulator.md`.
struct ControlRoutes: Sendable {
    typealias Control = RouterGroup<SimulatorRequestContext>

    private static let maximumBodyBytes = 32 * 1_048_576
    private static let longestWaitMilliseconds = 60_000
    let simulator: MetaSimulator

    func add(to router: Router<SimulatorRequestContext>) {
        let control = router.group("simulator")
        addContacts(to: control)
        addChats(to: control)
        addObservations(to: control)
        addFaults(to: control)
        addConditions(to: control)
        addWebhook(to: control)
        control.get("health") { _, _ in Response.json(await health()) }
    }

    private func addContacts(to control: Control) {
        control.get("contacts") { _, _ in Response.json(["items": .array(await simulator.contacts().map(\.controlItem))]) }
        control.post("contacts") { request, _ in
            try await answer(request, status: .created) { json in
                try await simulator.addContact(NewContact(control: json)).controlItem
            }
        }
        control.get("contacts/:contact") { request, context in
            try await answer(request) { _ in try await simulator.contact(try context.parameters.require("contact")).controlItem }
        }
    }

    private func addChats(to control: Control) {
        postToContact("messages", control) { json, contact in
            let written = try await simulator.write(ContactMessage.list(control: json), by: contact)
            return json["messages"] == nil
                ? written.first?.controlItem ?? .null : ["items": .array(written.map(\.controlItem))]
        }
        postToContact("echoes", control) { json, contact in
            try await simulator.echo(ContactMessage(control: json), to: contact).controlItem
        }
        postToContact("reactions", control) { json, contact in
            try await simulator.react(
                to: json.required("message_id"), with: json["emoji"]?.string, by: ChatSide(control: json), contactID: contact
            ).controlItem
        }
        postToContact("edits", control) { json, contact in
            try await simulator.edit(
                json.required("message_id"), to: json.required("text"), by: ChatSide(control: json), contactID: contact
            ).controlItem
        }
        postToContact("revokes", control) { json, contact in
            try await simulator.revoke(json.required("message_id"), by: ChatSide(control: json), contactID: contact).controlItem
        }
        postToContact("read", control) { _, contact in
            ["message_ids": .array(try await simulator.read(by: contact).map(JSONValue.string))]
        }
    }

    private func postToContact(
        _ what: String, _ control: Control, _ body: @escaping @Sendable (JSONValue, String) async throws -> JSONValue
    ) {
        control.post("contacts/:contact/\(what)") { request, context in
            let contact = try context.parameters.require("contact")
            return try await answer(request, status: .created) { json in try await body(json, contact) }
        }
    }

    private func addObservations(to control: Control) {
        control.get("receipts") { request, _ in Response.json(await receipts(request)) }
        control.get("marks") { _, _ in Response.json(["items": .array(await simulator.marks().map(\.controlItem))]) }
        control.get("deliveries") { _, _ in
            let (attempts, pending) = await simulator.deliveries()
            return Response.json(["items": .array(attempts.map(\.controlItem)), "pending": .integer(Int64(pending))])
        }
        control.post("statuses") { request, _ in
            try await answer(request) { json in
                try await simulator.setStatus(
                    json.required("status"), of: json.required("message_id"), errorCode: json["error_code"]?.integer)
                return ["success": true]
            }
        }
    }

    private func receipts(_ request: Request) async -> JSONValue {
        let query = request.uri.queryParameters
        let outcome = query["outcome"].map(String.init) ?? "accepted"
        let after = query["after"].flatMap { Int($0) } ?? 0
        let contact = query["contact"].map(String.init)
        let isWanted: @Sendable (Receipt) -> Bool = { receipt in
            (outcome == "all" || receipt.outcome.rawValue == outcome) && receipt.sequence > after
                && (contact == nil || receipt.contactID == contact)
        }
        if let count = query["at_least"].flatMap({ Int($0) }) {
            let limit = min(query["timeout_ms"].flatMap { Int($0) } ?? 10_000, Self.longestWaitMilliseconds)
            _ = await simulator.receipts(atLeast: count, within: .milliseconds(limit), where: isWanted)
        }
        let items = await simulator.everyReceipt().filter(isWanted)
        return ["items": .array(items.map(\.controlItem))]
    }

    private func addFaults(to control: Control) {
        control.get("faults") { _, _ in Response.json(["items": .array(await simulator.pendingFaults().map(\.controlItem))]) }
        control.post("faults") { request, _ in
            try await answer(request, status: .created) { json in await simulator.inject(try Fault(control: json)).controlItem }
        }
        control.delete("faults") { _, _ in
            await simulator.clearFaults()
            return Response.json(["items": []])
        }
    }

    private func addConditions(to control: Control) {
        control.get("settings") { _, _ in Response.json(await simulator.behaviour().controlItem) }
        control.post("settings") { request, _ in
            try await answer(request) { json in
                var behaviour = await simulator.behaviour()
                try behaviour.adopt(control: json)
                await simulator.adopt(behaviour)
                return behaviour.controlItem
            }
        }
        control.post("clock") { request, _ in
            try await answer(request) { json in
                await simulator.advanceClock(by: .milliseconds(Int64(try json.requiredNumber("advance_seconds") * 1_000)))
                return ["now": .string(await simulator.now.timestampText)]
            }
        }
        control.post("reset") { _, _ in
            await simulator.reset()
            return Response.json(["success": true])
        }
    }

    private func addWebhook(to control: Control) {
        control.post("raw") { request, _ in
            try await answer(request) { json in .object(await sendRaw(try bytes(of: json), json).controlMembers) }
        }
        control.post("webhook") { request, _ in
            try await answer(request) { json in
                let outcome = await simulator.connectWebhook(
                    try json.required("url"), verifyToken: json["verify_token"]?.string.map(Secret.init))
                return .object(outcome.controlMembers.merging(["verified": .boolean(outcome.isAccepted)]) { _, new in new })
            }
        }
    }

    private func bytes(of json: JSONValue) throws(ControlError) -> [UInt8] {
        if let body = json["body"] { return body.bytes(.escaped) }
        guard let data = Data(base64Encoded: try json.required("base64")) else { throw ControlError("base64 is no base64.") }
        return Array(data)
    }

    private func sendRaw(_ body: [UInt8], _ json: JSONValue) async -> WebhookOutcome {
        let unsigned = json["sign"]?.boolean == false ? "" : nil
        return await simulator.postRaw(body, signature: json["signature"]?.string ?? unsigned)
    }

    private func health() async -> JSONValue {
        let (_, pending) = await simulator.deliveries()
        return [
            "simulator": "meta", "contacts": .integer(Int64(await simulator.contacts().count)),
            "accepted": .integer(Int64(await simulator.receipts().count)), "pending_deliveries": .integer(Int64(pending)),
            "now": .string(await simulator.now.timestampText),
        ]
    }

    /// Reads the body, if there is one, and answers with what `body` makes of it, or with what was wrong.
    private func answer(
        _ request: Request, status: HTTPResponse.Status = .ok, _ body: (JSONValue) async throws -> JSONValue
    ) async throws -> Response {
        let bytes = Array(buffer: try await request.body.collect(upTo: Self.maximumBodyBytes))
        do {
            guard let json = bytes.isEmpty ? [:] : try? JSONValue(parsing: bytes) else { throw ControlError("The body is no JSON.") }
            return .json(try await body(json), status: status)
        } catch let error as ControlError {
            return .json(["error": .string(error.complaint)], status: HTTPResponse.Status(code: error.status))
        }
    }
}
