import ChannelKit
import DeskCore
import MailFormat
import MailTransport

/// Brings what is new in a mailbox, folder by folder, until its task is cancelled or the server fails.
///
/// Where a mail is told by folder, UIDVALIDITY and UID, and by nothing else: flags change, dates lie, and Message-IDs are given twice.
/// The server's word that something is new only begins the ordinary look, and a look is taken now and then without it: connections that
/// are signed in and silent are the commonest fault there is.
struct MailCollector {
    /// After which everything on the server is compared with what was seen, once more.
    private static let comparison = Duration.hours(6)

    let settings: MailboxSettings
    let mailbox: IMAPMailbox
    let sink: any CollectionSink
    let tools: CollectionTools
    let connectedAt: Instant
    var place: MailboxPlace
    private let reading: MailReading
    private let recorder: MailRecorder
    /// The server's number of the last change (RFC 7162) when a folder was looked at, and when everything in it was compared.
    private var looks: [String: (change: UInt64?, comparedAt: Instant)] = [:]
    /// The name of the folder of sent mails, as soon as it is known.
    private var sent: String?
    /// By name: what lay there when it was compared, and what came since.
    private var counts: [String: CollectionStanding.Folder] = [:]

    init(
        _ settings: MailboxSettings, _ mailbox: IMAPMailbox, sink: any CollectionSink, tools: CollectionTools, connectedAt: Instant,
        place: MailboxPlace
    ) {
        self.settings = settings
        self.mailbox = mailbox
        self.sink = sink
        self.tools = tools
        self.connectedAt = connectedAt
        self.place = place
        sent = settings.sentFolder
        reading = MailReading(settings)
        recorder = MailRecorder(reading: reading, blobs: tools.blobs, connectedAt: connectedAt)
    }

    /// - Throws: `MailFault` of the server; what `sink` and `stores` throw.
    mutating func run() async throws {
        while !Task.isCancelled {
            for name in settings.folders { try await collect(from: name) }
            if let sent = try await sentFolder(), !settings.folders.contains(sent) { try await lookThrough(sent: sent) }
            let folders = settings.folders.compactMap { counts[$0] }
            try await sink.report(CollectionStanding(folders: folders, lookedAt: tools.clock()))
            try await waitForNews()
        }
    }

    /// Looked for until there is one: servers and programs make it when the first mail is sent.
    private mutating func sentFolder() async throws(MailFault) -> String? {
        if sent == nil { sent = MailFolder.folder(for: .sent, among: try await mailbox.folders())?.name }
        return sent
    }

    /// Waits at the first folder, unless something came into it since it was looked at.
    private mutating func waitForNews() async throws {
        guard let first = settings.folders.first, let opened = try await opened(first) else {
            return try await Task.sleep(for: settings.look)
        }
        if let next = opened.next, let known = place.folders[first], known.validity == opened.validity, next > known.through + 1 { return }
        if mailbox.tellsNews {
            _ = try await mailbox.news(within: settings.look)
        } else {
            try await Task.sleep(for: settings.look)
        }
    }

    // MARK: Folders where people write

    /// - Returns: nil for a folder that the server does not open: it stops none of the others, and people are told.
    private func opened(_ name: String) async throws(MailFault) -> OpenedFolder? {
        do throws(MailFault) {
            return try await mailbox.open(name)
        } catch {
            guard error.kind == .refused else { throw error }
            return nil
        }
    }

    private mutating func collect(from name: String) async throws {
        guard let opened = try await opened(name) else {
            counts[name] = CollectionStanding.Folder(name: name, onServer: 0, seen: 0, isMissing: true)
            looks[name] = nil
            return
        }
        try await settle(in: opened, keepsHistory: true)
        guard let start = place.folders[name] else { return }
        let look = looks[name]
        let compares = look.map { tools.clock() - $0.comparedAt > Self.comparison } ?? true
        if !compares, let change = opened.highestChange, change == look?.change { return }
        let listings = try await mailbox.listings(after: compares ? start.from - 1 : start.through)
        try await take(compares ? try await unseen(listings, in: opened) : listings, from: opened)
        // Numbers below the next one that are not listed belong to mails that are gone again.
        if let next = opened.next, next > 1 { advance(name, past: [next - 1]) }
        looks[name] = (opened.highestChange, compares ? tools.clock() : look?.comparedAt ?? tools.clock())
        try await count(listings, in: opened, isEverything: compares)
    }

    private mutating func count(_ listings: [MailListing], in opened: OpenedFolder, isEverything: Bool) async throws {
        let standing = try await standing(of: opened, listings)
        guard !isEverything, var known = counts[opened.name] else {
            counts[opened.name] = standing
            return
        }
        known.onServer += standing.onServer
        known.seen += standing.seen
        counts[opened.name] = known
    }

    private func standing(of opened: OpenedFolder, _ listings: [MailListing]) async throws -> CollectionStanding.Folder {
        let keys = listings.map { CollectedMail.key(folder: opened.name, validity: opened.validity, uid: $0.uid) }
        let unseen = try await sink.unseen(keys)
        return CollectionStanding.Folder(name: opened.name, onServer: keys.count, seen: keys.count - unseen.count)
    }

    private func unseen(_ listings: [MailListing], in opened: OpenedFolder) async throws -> [MailListing] {
        let known = place.folders[opened.name]
        let due = tools.clock() - .hours(24)
        let waiting = listings.filter { listing in known?.givenUp[listing.uid].map { $0 < due } ?? true }
        let keys = waiting.map { CollectedMail.key(folder: opened.name, validity: opened.validity, uid: $0.uid) }
        let unseen = Set(try await sink.unseen(keys))
        return zip(waiting, keys).filter { unseen.contains($1) }.map(\.0)
    }

    /// Finds where to begin in a folder that is new, or whose numbers are.
    private mutating func settle(in opened: OpenedFolder, keepsHistory: Bool) async throws {
        guard place.folders[opened.name]?.validity != opened.validity else { return }
        // What was seen belongs to the old numbers; those of changes begin again as well, and may be the same as before.
        looks[opened.name] = nil
        let isNew = place.folders[opened.name] == nil
        let next: UInt32
        if let told = opened.next { next = told } else { next = (try await mailbox.listings(after: 0).last?.uid ?? 0) + 1 }
        let since = day(of: beginning(isNew: isNew, keepsHistory: keepsHistory))
        let first = try await mailbox.arrivals(since: since).first.map { min($0, next) } ?? next
        place.folders[opened.name] = FolderPlace(validity: opened.validity, from: max(first, 1))
        try await sink.take(CollectedBatch(events: [], place: try place.text))
    }

    /// What came since the inbox was connected always counts; behind a new validity, what is known by its content comes to nothing. A day is
    /// added, since servers search by days, in a zone of their own (RFC 9051 section 6.4.4).
    private func beginning(isNew: Bool, keepsHistory: Bool) -> Instant {
        let day = Duration.hours(24)
        guard keepsHistory else { return (isNew ? connectedAt : tools.clock() - day) - day }
        return connectedAt - day * ((isNew ? settings.historyDays : 0) + 1)
    }

    private func day(of instant: Instant) -> CivilDate { CivilDate(dayNumber: instant.unixSeconds / 86_400) }

    private mutating func take(_ listings: [MailListing], from opened: OpenedFolder) async throws {
        let isCareful = (place.folders[opened.name]?.failures ?? 0) > 0
        let batches = FetchPlan.batches(of: listings, isCareful: isCareful)
        let sizes = Dictionary(listings.map { ($0.uid, $0.byteCount) }) { first, _ in first }
        let (recorder, sink) = (recorder, sink)
        var fetched = await fetch(batches.first)
        var read: CollectedBatch?
        for (batch, next) in zip(batches, batches.dropFirst().map(Optional.some) + [nil]) {
            let mails: [StoredMail]
            do throws(MailFault) {
                mails = try fetched.get()
            } catch {
                if let read { try await sink.take(read) }
                try await noteFailure(of: batch, in: opened.name)
                throw error
            }
            // These are read while those before them are stored, and the server gives those after them.
            let before = read
            async let events = recorder.events(of: mails, sizes: sizes, in: opened, as: .inbox)
            async let stored: Void = Self.store(before, in: sink)
            fetched = await fetch(next)
            try await stored
            read = try collected(try await events, of: batch, in: opened.name)
        }
        if let read { try await sink.take(read) }
    }

    private static func store(_ batch: CollectedBatch?, in sink: any CollectionSink) async throws {
        if let batch { try await sink.take(batch) }
    }

    private func fetch(_ batch: FetchPlan.Batch?) async -> Result<[StoredMail], MailFault> {
        guard let batch else { return .success([]) }
        do throws(MailFault) {
            return .success(try await mailbox.mails(batch.uids, most: batch.most))
        } catch {
            return .failure(error)
        }
    }

    private mutating func collected(_ events: [CollectedEvent], of batch: FetchPlan.Batch, in folder: String) throws -> CollectedBatch {
        place.folders[folder]?.failures = 0
        for uid in batch.uids { place.folders[folder]?.givenUp[uid] = nil }
        advance(folder, past: batch.uids)
        return CollectedBatch(events: events, place: try place.text)
    }

    private mutating func advance(_ folder: String, past uids: [UInt32]) {
        guard var known = place.folders[folder], let last = uids.max() else { return }
        known.through = max(known.through, last)
        place.folders[folder] = known
    }

    /// A mail at which the server fails again and again is left for later, and told of, so that those behind it come.
    private mutating func noteFailure(of batch: FetchPlan.Batch, in folder: String) async throws {
        guard var known = place.folders[folder] else { return }
        known.failures += 1
        var events: [CollectedEvent] = []
        if let uid = batch.uids.first, batch.uids.count == 1, known.failures >= FolderPlace.maximumFailures {
            if known.givenUp[uid] == nil { events.append(try leftEvent(uid, known.validity, in: folder)) }
            known.givenUp[uid] = tools.clock()
            known.failures = 0
            known.through = max(known.through, uid)
        }
        place.folders[folder] = known
        try await sink.take(CollectedBatch(events: events, place: try place.text))
    }

    /// Under another key than the mail's own, which is still to come.
    private func leftEvent(_ uid: UInt32, _ validity: UInt32, in folder: String) throws -> CollectedEvent {
        let record = CollectedMail(
            folder: folder, validity: validity, uid: uid, role: .inbox, failure: "The mail server does not give this mail.")
        return CollectedEvent(key: "left:\(record.key)", body: try record.body, events: reading.events(of: nil, record))
    }

    // MARK: The folder of sent mails

    /// Only answers to something that is here are taken from it: what else the principal writes to whomever is not the desk's.
    private mutating func lookThrough(sent name: String) async throws {
        guard let opened = try await opened(name) else {
            sent = settings.sentFolder
            return
        }
        try await settle(in: opened, keepsHistory: false)
        guard let start = place.folders[name] else { return }
        let listings = try await mailbox.listings(after: start.through)
        for stretch in stride(from: 0, to: listings.count, by: FetchPlan.batchCount) {
            let part = Array(listings[stretch..<min(stretch + FetchPlan.batchCount, listings.count)])
            var events: [CollectedEvent] = []
            for header in try await mailbox.headers(part.map(\.uid)) {
                if let event = try await sentEvent(header, in: opened, part) { events.append(event) }
            }
            advance(name, past: part.map(\.uid))
            try await sink.take(CollectedBatch(events: events, place: try place.text))
        }
    }

    private func sentEvent(_ header: StoredMail, in opened: OpenedFolder, _ listings: [MailListing]) async throws -> CollectedEvent? {
        let mail = MailReader.mail(in: header.bytes)
        if let id = mail.messageID, reading.isOwn(id) {
            var record = recorder.record(of: header, size: header.bytes.count, in: opened, as: .sent)
            record.ownMessageID = id
            return CollectedEvent(key: record.key, body: try record.body, events: reading.events(of: mail, header.bytes, record))
        }
        // The principal's answers from before are not the desk's either.
        guard !recorder.record(of: header, size: 0, in: opened, as: .sent).isHistory else { return nil }
        let marks = reading.marks(in: mail)
        if marks.attempts.isEmpty {
            guard try await sink.knows(anyOf: marks.others) else { return nil }
        }
        return try await wholeSentEvent(header.uid, in: opened, listings)
    }

    private func wholeSentEvent(_ uid: UInt32, in opened: OpenedFolder, _ listings: [MailListing]) async throws -> CollectedEvent? {
        let size = listings.first { $0.uid == uid }?.byteCount ?? 0
        let most = size > FetchPlan.largestMail ? FetchPlan.partOfLarger : nil
        guard let mail = try await mailbox.mails([uid], most: most).first else { return nil }
        return try await recorder.event(of: mail, size: size, in: opened, as: .sent)
    }
}
