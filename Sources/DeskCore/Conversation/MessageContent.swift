/// What a message says, in the desk's own words whatever the channel: the text that a person sees, and what hangs on it.
package struct MessageContent: Hashable, Sendable, Codable {
    package var kind: MessageKind
    /// What a person should read: body, caption, a button's title, a form's summary. May be empty.
    package var text: String
    package var attachments: [Attachment]
    package var location: Location?
    package var sharedContacts: [SharedContact]
    package var order: Order?
    /// What a pressed button or chosen list row carries back to the business.
    package var payload: String?
    /// The provider's id of the message that this one quotes.
    package var quotedProviderID: String?
    package var referral: Referral?
    package var isForwarded: Bool
    /// Whether the provider marks it as forwarded many times over: what chain letters and many frauds have in common.
    package var isForwardedOften: Bool?
    /// Why the provider could not hand the content over, in its own numbers.
    package var providerErrorCodes: [Int]
    /// A filled-in form or another structured answer, beside what `text` says.
    package var form: [FormAnswer]?
    /// The product of the business's catalogue that this message asks about.
    package var product: ReferredProduct?
    /// The provider's own word for the kind, where it tells more than ours.
    package var providerKind: String?
    /// Why the contact shares contact cards, in the provider's word: asked for by the business, or out of their own mind.
    package var sharedContactsOrigin: String?
    /// Of a mail: what it says beside its text.
    package var mail: MailContent?

    package init(
        kind: MessageKind, text: String = "", attachments: [Attachment] = [], location: Location? = nil,
        sharedContacts: [SharedContact] = [], order: Order? = nil, payload: String? = nil, quotedProviderID: String? = nil,
        referral: Referral? = nil, isForwarded: Bool = false, providerErrorCodes: [Int] = [], form: [FormAnswer]? = nil,
        product: ReferredProduct? = nil, providerKind: String? = nil, sharedContactsOrigin: String? = nil,
        isForwardedOften: Bool? = nil, mail: MailContent? = nil
    ) {
        self.kind = kind
        self.text = text
        self.attachments = attachments
        self.location = location
        self.sharedContacts = sharedContacts
        self.order = order
        self.payload = payload
        self.quotedProviderID = quotedProviderID
        self.referral = referral
        self.isForwarded = isForwarded
        self.isForwardedOften = isForwardedOften
        self.providerErrorCodes = providerErrorCodes
        self.form = form
        self.product = product
        self.providerKind = providerKind
        self.sharedContactsOrigin = sharedContactsOrigin
        self.mail = mail
    }
}

/// One answer of a form that a contact filled in, as the provider names and spells it.
package struct FormAnswer: Hashable, Sendable, Codable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// A product of the business's catalogue.
package struct ReferredProduct: Hashable, Sendable, Codable {
    package var catalogue: String?
    package var product: String?

    package init(catalogue: String? = nil, product: String? = nil) {
        self.catalogue = catalogue
        self.product = product
    }
}

/// The kinds of message that the desk tells apart; the raw values are part of the outside contract.
package enum MessageKind: String, Hashable, Sendable, Codable, CaseIterable {
    case text, image, audio, voice, video, document, sticker, location, contacts, button, interactive, reaction, order, system, email
    case unsupported
}

extension MessageKind {
    /// What a file of a media type is shown as.
    package init(mediaType: String) {
        switch mediaType.prefix(while: { $0 != "/" }) {
        case "image": self = .image
        case "audio": self = .audio
        case "video": self = .video
        default: self = .document
        }
    }
}

/// A file that belongs to a message: first only named by the provider, later in our blob store.
package struct Attachment: Hashable, Sendable, Codable {
    /// Stands where the provider names no type.
    package static let unknownMediaType = "application/octet-stream"

    package var kind: MessageKind
    /// The provider's handle for fetching it.
    package var providerMediaID: String?
    /// A direct address that the provider gave; short-lived, and never trusted further than the channel's own host list.
    package var providerURL: String?
    package var mediaType: String
    /// What the sender called it: shown to people, never used as a path.
    package var fileName: String?
    /// As the provider states it, in whatever encoding it uses.
    package var providerDigest: String?
    package var byteCount: Int?
    package var isAnimated: Bool?
    /// Whether a sound was recorded in the chat rather than sent as a file, where the provider says so.
    package var isVoice: Bool?
    /// SHA-256 of the bytes in lower-case hexadecimal, once they are in the blob store.
    package var blob: String?
    /// Why the bytes can't be had, once that is sure.
    package var failure: String?

    package init(
        kind: MessageKind, providerMediaID: String? = nil, providerURL: String? = nil, mediaType: String = unknownMediaType,
        fileName: String? = nil, providerDigest: String? = nil, byteCount: Int? = nil, isAnimated: Bool? = nil, blob: String? = nil,
        isVoice: Bool? = nil, failure: String? = nil
    ) {
        self.kind = kind
        self.providerMediaID = providerMediaID
        self.providerURL = providerURL
        self.mediaType = mediaType
        self.fileName = fileName
        self.providerDigest = providerDigest
        self.byteCount = byteCount
        self.isAnimated = isAnimated
        self.isVoice = isVoice
        self.blob = blob
        self.failure = failure
    }
}

/// A place on the map, in degrees (WGS 84).
package struct Location: Hashable, Sendable, Codable {
    package var latitude: Double
    package var longitude: Double
    package var name: String?
    package var address: String?
    package var url: String?

    package init(latitude: Double, longitude: Double, name: String? = nil, address: String? = nil, url: String? = nil) {
        self.latitude = latitude
        self.longitude = longitude
        self.name = name
        self.address = address
        self.url = url
    }
}

/// A contact card that somebody sent.
package struct SharedContact: Hashable, Sendable, Codable {
    package var name: String?
    package var phones: [String]
    package var emails: [String]
    package var organization: String?

    package init(name: String? = nil, phones: [String] = [], emails: [String] = [], organization: String? = nil) {
        self.name = name
        self.phones = phones
        self.emails = emails
        self.organization = organization
    }
}

/// A shopping basket that a contact sent from the business's catalogue.
package struct Order: Hashable, Sendable, Codable {
    package struct Item: Hashable, Sendable, Codable {
        package var product: String
        package var quantity: Int
        /// As the provider wrote it, in `currency`.
        package var price: String?
        package var currency: String?

        package init(product: String, quantity: Int, price: String? = nil, currency: String? = nil) {
            self.product = product
            self.quantity = quantity
            self.price = price
            self.currency = currency
        }
    }

    package var catalogue: String?
    package var items: [Item]

    package init(catalogue: String? = nil, items: [Item]) {
        self.catalogue = catalogue
        self.items = items
    }
}

/// The advertisement or post that a contact came from.
package struct Referral: Hashable, Sendable, Codable {
    package var sourceURL: String?
    package var sourceID: String?
    package var sourceType: String?
    package var headline: String?
    package var body: String?
    /// The provider's click id, for the business's own advertising accounts.
    package var clickID: String?
    /// The advertisement's picture or film: links of the provider's, shown to nobody unasked.
    package var mediaType: String?
    package var imageURL: String?
    package var videoURL: String?
    package var thumbnailURL: String?
    /// What the advertisement greeted the contact with.
    package var welcomeText: String?

    package init(
        sourceURL: String? = nil, sourceID: String? = nil, sourceType: String? = nil, headline: String? = nil, body: String? = nil,
        clickID: String? = nil, mediaType: String? = nil, imageURL: String? = nil, videoURL: String? = nil, thumbnailURL: String? = nil,
        welcomeText: String? = nil
    ) {
        self.sourceURL = sourceURL
        self.sourceID = sourceID
        self.sourceType = sourceType
        self.headline = headline
        self.body = body
        self.clickID = clickID
        self.mediaType = mediaType
        self.imageURL = imageURL
        self.videoURL = videoURL
        self.thumbnailURL = thumbnailURL
        self.welcomeText = welcomeText
    }
}
