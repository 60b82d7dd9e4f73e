package import DeskCore

/// A message in one line, for cards, quotes and search.
package enum MessageSummary {
    /// The words themselves, or what stands for them: "Nota de voz", "Foto: la factura".
    /// - Parameter limit: in characters; longer words end in "…".
    package static func words(_ content: MessageContent, limit: Int = 160, wording: Wording) -> String {
        let words = content.firstWords.split(whereSeparator: \.isNewline).joined(separator: " ")
        let label = content.kind == .text || content.kind == .email ? "" : label(of: content.kind, wording: wording)
        let all = [label, clipped(words, to: limit)].filter { !$0.isEmpty }.joined(separator: ": ")
        return all.isEmpty ? wording.text("message.kind.empty") : all
    }

    /// What a kind of message is called: "Foto", "Ubicación".
    package static func label(of kind: MessageKind, wording: Wording) -> String {
        wording.text("message.kind.\(kind.rawValue)")
    }

    private static func clipped(_ text: String, to limit: Int) -> String {
        guard let end = text.index(text.startIndex, offsetBy: limit, limitedBy: text.endIndex), end < text.endIndex else { return text }
        return "\(text[..<end])…"
    }
}
