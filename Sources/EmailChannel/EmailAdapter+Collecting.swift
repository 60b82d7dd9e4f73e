package import ChannelKit
package import DeskCore
import MailFormat
import MailTransport

extension EmailAdapter: Collecting {
    package func collect(
        for account: ChannelAccount, since connectedAt: Instant, from place: String?, to sink: any CollectionSink,
        with tools: CollectionTools
    ) async throws {
        let settings = try MailboxSettings(account)
        let start = place.flatMap(MailboxPlace.init) ?? MailboxPlace()
        let mailbox = try await open(settings)
        var collector = MailCollector(settings, mailbox, sink: sink, tools: tools, connectedAt: connectedAt, place: start)
        do {
            try await collector.run()
        } catch {
            await mailbox.close()
            throw (error as? MailFault).map { CollectionFailure($0) } ?? error
        }
        await mailbox.close()
    }

    package func events(collected body: [UInt8], for account: ChannelAccount, blobs: any BlobReading) async throws -> [ChannelEvent] {
        guard let record = CollectedMail(body) else { return [ChannelEvent(payload: .malformed(reason: "The record can't be read."))] }
        let reading = MailReading(try MailboxSettings(account))
        guard let source = record.source else { return reading.events(of: nil, record) }
        return reading.events(of: try await blobs.bytes(of: source), record)
    }

    package func files(in body: [UInt8]) -> [String] { [CollectedMail(body)?.source].compactMap(\.self) }
}

extension EmailAdapter: FileExtracting {
    package func extract(_ attachment: Attachment, from blobs: any BlobReading) async throws(MediaFailure) -> FetchedMedia {
        guard let handle = attachment.providerMediaID.flatMap(MailPartHandle.init) else {
            throw MediaFailure("It is in no mail.", isTransient: false)
        }
        let source: [UInt8]
        do {
            source = try await blobs.bytes(of: handle.source)
        } catch {
            throw MediaFailure("The mail that it came with can't be read.", isTransient: (error as? DeskError)?.code != .notFound)
        }
        let files = MailReader.mail(in: source).attachments
        guard files.indices.contains(handle.index) else { throw MediaFailure("The mail has no such file.", isTransient: false) }
        return FetchedMedia(bytes: files[handle.index].content, mediaType: files[handle.index].mediaType)
    }
}
