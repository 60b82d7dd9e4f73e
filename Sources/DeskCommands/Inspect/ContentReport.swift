import DeskCore
import MetaGraph

/// What a message says, field by field.
enum ContentReport {
    static func describe(_ content: MessageContent, into report: inout ReportObject) {
        report.add("content_type", content.kind == .voice ? MessageKind.audio.rawValue : content.kind.rawValue)
        kindInDetail(of: content, into: &report)
        report.add("text", content.text.isEmpty ? nil : content.text)
        report.add("attachments", objects: content.attachments.map(attachment))
        report.add("location", object: content.location.map(location))
        report.add("shared_contacts", objects: content.sharedContacts.map(sharedContact))
        report.add("contacts_origin", content.sharedContactsOrigin)
        report.add("order", object: content.order.map(order))
        report.add("button_payload", content.payload)
        report.add("form", objects: (content.form ?? []).map(answer))
        report.add("referral", object: content.referral.map(referral))
        report.add("referred_product", object: content.product.map(product))
        report.add("reply_to_message_id", content.quotedProviderID)
        report.add("forwarded", content.isForwarded ? true : nil)
        report.add("frequently_forwarded", content.isForwardedOften == true ? true : nil)
        report.add("error_codes", numbers: content.providerErrorCodes)
    }

    /// The provider's own word, under a name that says what it tells.
    private static func kindInDetail(of content: MessageContent, into report: inout ReportObject) {
        guard let word = content.providerKind, word != content.kind.rawValue else { return }
        report.add(content.kind == .unsupported ? "unsupported_type" : "\(content.kind.rawValue)_type", word)
    }

    private static func attachment(_ attachment: Attachment) -> ReportObject {
        var report = ReportObject()
        report.add("kind", attachment.kind == .voice ? MessageKind.audio.rawValue : attachment.kind.rawValue)
        report.add("media_id", attachment.providerMediaID)
        report.add("mime", attachment.mediaType == Attachment.unknownMediaType ? nil : attachment.mediaType)
        report.add("sha256", attachment.providerDigest)
        report.add("filename", attachment.fileName)
        report.add("animated", attachment.isAnimated)
        report.add("voice", attachment.isVoice)
        report.add("url", attachment.providerURL)
        return report
    }

    private static func location(_ location: Location) -> ReportObject {
        var report = ReportObject()
        report.add("latitude", location.latitude)
        report.add("longitude", location.longitude)
        report.add("name", location.name)
        report.add("address", location.address)
        report.add("url", location.url)
        return report
    }

    private static func sharedContact(_ contact: SharedContact) -> ReportObject {
        var report = ReportObject()
        report.add("name", contact.name)
        report.add("phones", texts: contact.phones)
        report.add("emails", texts: contact.emails)
        report.add("organization", contact.organization)
        return report
    }

    private static func order(_ order: Order) -> ReportObject {
        var report = ReportObject()
        report.add("catalog_id", order.catalogue)
        report.add("product_items", objects: order.items.map(item))
        return report
    }

    private static func item(_ item: Order.Item) -> ReportObject {
        var report = ReportObject()
        report.add("product_retailer_id", item.product)
        report.add("quantity", Int64(item.quantity))
        report.add("item_price", item.price.map(numberIfPossible))
        report.add("currency", item.currency)
        return report
    }

    private static func numberIfPossible(_ text: String) -> JSONValue {
        guard let value = JSONParser.readable(Array(text.utf8)), case .number = value else { return .string(text) }
        return value
    }

    private static func answer(_ answer: FormAnswer) -> ReportObject {
        var report = ReportObject()
        report.add("name", answer.name)
        report.add("value", answer.value)
        return report
    }

    private static func product(_ product: ReferredProduct) -> ReportObject {
        var report = ReportObject()
        report.add("catalog_id", product.catalogue)
        report.add("product_retailer_id", product.product)
        return report
    }

    private static func referral(_ referral: Referral) -> ReportObject {
        var report = ReportObject()
        report.add("source_url", referral.sourceURL)
        report.add("source_id", referral.sourceID)
        report.add("source_type", referral.sourceType)
        report.add("headline", referral.headline)
        report.add("body", referral.body)
        report.add("media_type", referral.mediaType)
        report.add("image_url", referral.imageURL)
        report.add("video_url", referral.videoURL)
        report.add("thumbnail_url", referral.thumbnailURL)
        report.add("ctwa_clid", referral.clickID)
        if let welcome = referral.welcomeText { report.add("welcome_message", ["text": .string(welcome)]) }
        return report
    }
}
