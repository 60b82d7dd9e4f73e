/// What mail programs mark as older in HTML. Only what is marked goes: answers between two quotes stand outside of both.
enum HTMLQuotes {
    /// The tree without its quotes, and the quotes in their order; the tree alone if nothing would remain of it.
    static func parted(_ root: HTMLElement) -> (own: HTMLElement, quoted: [HTMLElement]) {
        var quoted: [HTMLElement] = []
        let own = without(root, &quoted)
        return HTMLText.text(of: own).isEmpty ? (root, []) : (own, quoted)
    }

    private static func without(_ element: HTMLElement, _ quoted: inout [HTMLElement]) -> HTMLElement {
        var own = element
        own.children = []
        for (index, child) in element.children.enumerated() {
            guard case .element(let child) = child else {
                own.children.append(child)
                continue
            }
            if beginsHistory(child) {
                let rest = HTMLElement(name: "div", attributes: [], children: Array(element.children[index...]))
                quoted.append(rest)
                break
            }
            if isQuote(child) {
                quoted.append(child)
            } else {
                own.children.append(.element(without(child, &quoted)))
            }
        }
        return own
    }

    private static let quoteClasses: Set<Substring> = [
        "yahoo_quoted", "moz-cite-prefix", "zmail_extra", "protonmail_quote", "tutanota_quote", "gmail_attr", "moz-email-headers-table",
        "ydpyahoo_quoted", "zimbra-quote", "mailbox_quote", "wm_quote", "front-blockquote", "hcp_quote",
    ]

    private static func isQuote(_ element: HTMLElement) -> Bool {
        if element.classes.contains(where: { quoteClasses.contains($0) || $0.hasSuffix("yahoo_quoted") }) { return true }
        guard element.name == "blockquote" else { return false }
        let style = element.compactStyle
        return element.attribute("type")?.lowercased() == "cite" || element.attribute("cite") != nil
            || element.classes.contains("gmail_quote")
            || style.contains("border-left") || element.classes.contains { $0.contains("quote") }
    }

    private static let openings: Set<String> = [
        "divrplyfwdmsg", "appendonsend", "stopspelling", "olk_src_body_section", "mail-editor-reference-message-container", "reply-intro",
        "_mcenewmailheader",
    ]

    /// Outlook and its kin mark only where history begins, and write it behind.
    private static func beginsHistory(_ element: HTMLElement) -> Bool {
        if element.classes.contains("OutlookMessageHeader") { return true }
        guard let id = element.attribute("id")?.lowercased() else { return false }
        return openings.contains { id == $0 || id == "x_" + $0 }
    }
}
