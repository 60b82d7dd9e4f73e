import Mustache

/// A view model taken apart once, so that each tag costs a look into a dictionary rather than a reflection.
///
/// A nil property is present and empty: a tag in an inner scope never falls through to a namesake of an outer one.
struct TemplateFields: MustacheParent {
    private var values: [String: Any] = [:]

    init(reflecting model: Any) {
        for case (let label?, let value) in Mirror(reflecting: model).children {
            values[label] = Self.prepared(value)
        }
    }

    mutating func set(_ name: String, _ value: Any) { values[name] = value }

    func child(named name: String) -> Any? { values[name] }

    private static func prepared(_ value: Any) -> Any {
        if value is String || value is Bool || value is Int || value is Int64 { return value }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { prepared($0.value) } ?? Absent()
        case .collection: return mirror.children.map { prepared($0.value) }
        case .struct: return TemplateFields(reflecting: value)
        default: return value
        }
    }
}

/// What stands for nil in a template: no text, and no section.
struct Absent: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}
