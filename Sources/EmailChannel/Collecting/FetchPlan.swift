import MailTransport

/// What is fetched at once: so much that the way to the server counts little, and so little that memory stays small.
struct FetchPlan {
    /// In bytes, of all mails that are fetched together.
    static let batchBytes = 2 * 1_048_576
    static let batchCount = 64
    /// In bytes: a mail with attachments of 25 MB, as large as the large providers take, fits.
    static let largestMail = 36 * 1_048_576
    /// In bytes: how much is brought of a larger one. Its text stands at its beginning.
    static let partOfLarger = 1_048_576

    /// Mails that are fetched together, in order.
    struct Batch: Hashable {
        var uids: [UInt32]
        /// How many bytes of each; nil for all.
        var most: Int?
    }

    /// - Parameter isCareful: whether each mail goes alone, because one of the last batch did harm.
    static func batches(of listings: [MailListing], isCareful: Bool = false) -> [Batch] {
        var batches: [Batch] = []
        var bytes = 0
        for listing in listings {
            guard listing.byteCount <= largestMail else {
                batches.append(Batch(uids: [listing.uid], most: partOfLarger))
                bytes = 0
                continue
            }
            let isFull = bytes == 0 || bytes + listing.byteCount > batchBytes || (batches.last?.uids.count ?? 0) >= batchCount
            if isFull || isCareful || batches.last?.most != nil {
                batches.append(Batch(uids: [listing.uid]))
                bytes = max(listing.byteCount, 1)
            } else {
                batches[batches.count - 1].uids.append(listing.uid)
                bytes += listing.byteCount
            }
        }
        return batches
    }
}
