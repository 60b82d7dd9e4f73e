import DeskCore
import MetaGraph

/// An object of a report under construction: what is unknown is left out, not written as null.
struct ReportObject {
    private(set) var members: [JSONValue.Member] = []

    var value: JSONValue { .object(members) }

    mutating func add(_ name: String, _ value: JSONValue?) {
        if let value { members.append(JSONValue.Member(name, value)) }
    }

    mutating func add(_ name: String, _ text: String?) { add(name, text.map(JSONValue.string)) }

    mutating func add(_ name: String, _ flag: Bool?) { add(name, flag.map(JSONValue.bool)) }

    mutating func add(_ name: String, _ number: Double?) { add(name, number.map { JSONValue.number(literal: String($0)) }) }

    mutating func add(_ name: String, _ number: Int64?) { add(name, number.map { JSONValue.number(literal: String($0)) }) }

    /// For what a mail always has: null where it has none.
    mutating func add(_ name: String, orNull text: String?) { add(name, text.map(JSONValue.string) ?? .null) }

    /// For what a mail always has: null where it has none.
    mutating func add(_ name: String, orNull number: Int64?) { add(name, number.map { .number(literal: String($0)) } ?? .null) }

    /// Empty where there is none.
    mutating func add(_ name: String, all texts: [String]) { add(name, .array(texts.map(JSONValue.string))) }

    /// Left out if empty.
    mutating func add(_ name: String, numbers: [Int]) {
        add(name, numbers.isEmpty ? nil : .array(numbers.map { .number(literal: String($0)) }))
    }

    /// Left out if empty.
    mutating func add(_ name: String, texts: [String]) {
        add(name, texts.isEmpty ? nil : .array(texts.map(JSONValue.string)))
    }

    /// Left out if empty.
    mutating func add(_ name: String, objects: [ReportObject]) {
        add(name, objects.isEmpty ? nil : .array(objects.map(\.value)))
    }

    /// Left out if there is none, or nothing in it.
    mutating func add(_ name: String, object: ReportObject?) {
        if let object, !object.members.isEmpty { add(name, object.value) }
    }
}
