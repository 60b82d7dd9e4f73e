import DeskCore
import ProviderSimulators

/// The last days of the bakery, as told by those who wrote to it.
enum Stories {
    static let all = shop + shopMore + events + portuguese + english + waiting + overdue

    /// A PDF that members send: an invoice or a quote.
    static func paper(_ name: String) -> MediaFile {
        let sample = SampleFiles.file(for: .document)
        return MediaFile(bytes: sample.bytes, mediaType: sample.mediaType, fileName: name)
    }

    /// A PDF that neighbours send.
    static func document(_ name: String, caption: String) -> ContactMessage.Content {
        .media(.document, paper(name), caption: caption)
    }

    /// A line of a basket, as Meta words it.
    static func item(_ product: String, _ quantity: Int, price: Double) -> JSONValue {
        [
            "product_retailer_id": .string(product), "quantity": .integer(Int64(quantity)), "item_price": .number(price),
            "currency": "EUR",
        ]
    }
}
