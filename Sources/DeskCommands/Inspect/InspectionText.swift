import MetaGraph

/// The same report for people: the file's name, and below it a line per finding. Values stay in JSON's quotes and escapes, so that
/// no message can steer the terminal that shows it.
enum InspectionText {
    static func describe(_ file: String, _ report: ReportObject) -> String {
        if let mail = report.value["mail"] { return (["\(file):"] + (mail.members ?? []).map { "  " + word($0) }).joined(separator: "\n") }
        guard let events = report.value["events"]?.elements else { return "\(file): \(words(report.value))" }
        let lines = events.map { "  " + words($0) }
        return ([events.isEmpty ? "\(file): nothing inside" : "\(file):"] + lines).joined(separator: "\n")
    }

    private static func words(_ value: JSONValue) -> String {
        (value.members ?? []).map(word).joined(separator: "  ")
    }

    private static func word(_ member: JSONValue.Member) -> String {
        "\(member.name)=\(String(decoding: member.value.encoded, as: UTF8.self))"
    }
}
