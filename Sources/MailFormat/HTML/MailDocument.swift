import DeskCore

/// A mail's HTML as a small page of its own, to be shown in a frame in which nothing runs.
package struct MailDocument: Sendable {
    /// The whole page.
    package let html: String
    /// Pictures from elsewhere that are not in it.
    package let blockedImages: Int

    /// - Parameters:
    ///   - showsRemoteImages: whether somebody asked to see pictures from elsewhere.
    ///   - language: of the reader, for the page around the mail (BCP 47).
    ///   - notice: what to say of so many pictures that are left out; nothing is said without it.
    /// - Returns: nil if the mail has no HTML.
    package init?(
        _ mail: Mail, showsRemoteImages: Bool = false, language: String = "en", notice: ((_ blocked: Int) -> String)? = nil
    ) {
        guard let source = mail.html else { return nil }
        let sanitizer = HTMLSanitizer(showsRemoteImages: showsRemoteImages, inlineImages: InlineImages.addresses(in: mail))
        let sanitized = sanitizer.sanitized(source)
        blockedImages = sanitized.blockedImages
        let words = blockedImages > 0 ? notice?(blockedImages) : nil
        let bar = words.map { "<p class=\"blocked\">\(HTMLWriter.text($0))</p>" } ?? ""
        html = """
            <!DOCTYPE html>
            <html lang="\(language)"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\
            <meta name="referrer" content="no-referrer"><title>\(HTMLWriter.text(mail.subject ?? ""))</title>\
            <style>\(Self.style)</style></head>
            <body>\(bar)<div class="mail" dir="auto">\(sanitized.html)</div></body></html>

            """
    }

    /// What a browser may do with the page (Content Security Policy 3): show it. Links open beside the desk, and know nothing of it.
    package static func policy(showsRemoteImages: Bool) -> String {
        [
            "sandbox allow-popups allow-popups-to-escape-sandbox", "default-src 'none'",
            showsRemoteImages ? "img-src https: data:" : "img-src data:", "style-src 'unsafe-inline'", "form-action 'none'",
            "base-uri 'none'", "frame-ancestors 'self'",
        ].joined(separator: "; ")
    }

    /// Mails are written for white paper, by day and by night. What we say ourselves takes no style from them.
    private static let style = """
        :root{color-scheme:light;background:#fff}\
        body{margin:0;padding:12px;background:#fff;color:#1d1a16;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",\
        sans-serif;overflow-wrap:anywhere}\
        .mail{overflow-x:auto}img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}a{color:#23539a}\
        blockquote{margin:0 0 0 4px;padding-left:12px;border-left:3px solid #d8d0c2}\
        img[alt]:not([src],[alt=""]){padding:2px 6px;border:1px dashed #857a69;color:#635a4c;font-size:13px}\
        .leads-to{all:initial!important;font:13px/1.4 system-ui,sans-serif!important;color:#635a4c!important;\
        unicode-bidi:isolate!important;direction:ltr!important;margin-inline-start:4px!important;overflow-wrap:anywhere!important}\
        .leads-to--elsewhere{padding:1px 4px!important;border-radius:4px!important;background:#fce8c6!important;color:#6b3b00!important;\
        font-weight:600!important}\
        .blocked{margin:0 0 16px;padding:8px 12px;border-radius:8px;background:#f1ebdf;color:#2a241c;font-size:14px}
        """
}

/// The pictures that came with a mail, as addresses that need no other request (RFC 2397).
enum InlineImages {
    /// Bytes of all pictures that are shown within one mail.
    static let mostBytes = 5 * 1_048_576

    private static let types: Set<String> = ["image/gif", "image/jpeg", "image/png", "image/webp"]

    /// By their content id. What is no picture of few enough points is not there.
    static func addresses(in mail: Mail) -> [String: String] {
        var addresses: [String: String] = [:]
        var left = mostBytes
        for part in mail.parts {
            guard let id = part.contentID, types.contains(part.mediaType), addresses[id] == nil, part.content.count <= left,
                PictureSize(ofFile: part.content)?.isBounded == true
            else { continue }
            left -= part.content.count
            addresses[id] = "data:\(part.mediaType);base64,\(Base64.text(of: part.content))"
        }
        return addresses
    }
}
