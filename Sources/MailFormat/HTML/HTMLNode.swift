/// HTML as a tree of values, copied out of the parser.
enum HTMLNode {
    case element(HTMLElement)
    case text(String)
}

struct HTMLElement {
    /// In lower case.
    let name: String
    let attributes: [(name: String, value: String)]
    var children: [HTMLNode]

    /// The value of an attribute, whose name is given in lower case.
    func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

    var classes: [Substring] { (attribute("class") ?? "").split(whereSeparator: \.isWhitespace) }

    /// The style as it stands in the tag, without white space and in lower case.
    var compactStyle: String { (attribute("style") ?? "").lowercased().filter { !$0.isWhitespace } }
}
