import DeskCore
import MetaGraph

/// Reads the answers that contacts give through WhatsApp's own controls: buttons, lists, forms, permissions.
enum InteractiveReader {
    /// Nil for a payload that holds no answer.
    static func content(of interactive: JSONValue) -> MessageContent? {
        guard let type = interactive["type"]?.text ?? interactive.members?.first?.name else { return nil }
        guard let reply = interactive[type], reply.members != nil else { return unknown(type, interactive) }
        return switch type {
        case "button_reply", "list_reply": choice(reply, type)
        case "nfm_reply": form(reply, type)
        default: MessageContent(kind: .interactive, form: answers(in: reply), providerKind: type)
        }
    }

    private static func choice(_ reply: JSONValue, _ type: String) -> MessageContent {
        let description = reply["description"]?.nonEmptyText
        return MessageContent(
            kind: .interactive, text: reply["title"]?.text ?? "", payload: reply["id"]?.identifier,
            form: description.map { [FormAnswer(name: "description", value: $0)] }, providerKind: type)
    }

    /// `response_json` is JSON inside a string, at times JSON itself, and at times neither.
    private static func form(_ reply: JSONValue, _ type: String) -> MessageContent {
        let response = reply["response_json"]
        let parsed = response?.text.map { JSONParser.readable(Array($0.utf8)) } ?? response
        var form = parsed.map(answers(in:)) ?? []
        if form.isEmpty, let text = response?.nonEmptyText { form = [FormAnswer(name: "response", value: text)] }
        let token = form.firstIndex { $0.name == "flow_token" }.map { form.remove(at: $0).value }
        let summary = form.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        return MessageContent(
            kind: .interactive, text: reply["body"]?.nonEmptyText ?? summary, payload: token, form: form, providerKind: type)
    }

    /// A product that somebody asks about, or a control of a later date: its text and its plain values, so that nobody's answer is
    /// lost.
    private static func unknown(_ type: String, _ interactive: JSONValue) -> MessageContent? {
        let form = answers(in: interactive).filter { $0.name != "type" && $0.name != "body.text" }
        let text = interactive["body", "text"]?.text ?? ""
        guard !form.isEmpty || !text.isEmpty else { return nil }
        let action = interactive["action"]
        let product = action?["product_retailer_id"] == nil ? nil : action.map(ReferredProduct.init)
        return MessageContent(kind: .interactive, text: text, form: form, product: product, providerKind: type)
    }
}

extension InteractiveReader {
    private static let maximumAnswers = 200

    /// Nested values under dotted names, lists of plain values on one line.
    private static func answers(in value: JSONValue) -> [FormAnswer] {
        var answers: [FormAnswer] = []
        collect(value, named: "", into: &answers)
        return answers
    }

    private static func collect(_ value: JSONValue, named name: String, into answers: inout [FormAnswer]) {
        guard answers.count < maximumAnswers else { return }
        if let members = value.members {
            for member in members { collect(member.value, named: name.isEmpty ? member.name : "\(name).\(member.name)", into: &answers) }
        } else if let elements = value.elements, !elements.allSatisfy({ plain($0) != nil }) {
            for (index, element) in elements.enumerated() { collect(element, named: "\(name).\(index + 1)", into: &answers) }
        } else if let elements = value.elements {
            answers.append(FormAnswer(name: name, value: elements.compactMap(plain).joined(separator: ", ")))
        } else if let text = plain(value), !name.isEmpty {
            answers.append(FormAnswer(name: name, value: text))
        }
    }

    private static func plain(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .number(let literal): literal
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
