import DeskCore
import DeskTesting
import Testing

@testable import DeskServices

/// Files of received messages: fetched before the provider's links expire, while the message is long on the screen.
struct MediaTests {
    @Test func aFetchedFileIsInTheMessage() async throws {
        let desk = try await Desk.open()
        try await desk.sendsPhoto()
        #expect(try await desk.photo().blob == nil)
        desk.channels.script(fetches: .stored(blob: Digest.of("photo"), byteCount: 5, mediaType: "image/png"))

        #expect(await desk.fetch() == nil)

        let photo = try await desk.photo()
        #expect(photo.blob == Digest.of("photo"))
        #expect(photo.byteCount == 5)
        #expect(photo.mediaType == "image/png")
        #expect(photo.failure == nil)
    }

    @Test func aStumbleIsTriedAgainLater() async throws {
        let desk = try await Desk.open()
        try await desk.sendsPhoto()
        desk.channels.script(fetches: .failed(reason: "503", isTransient: true))

        let next = try #require(await desk.fetch())
        #expect(next > desk.now)
        #expect(try await desk.photo().failure == nil)

        desk.time.set(next)
        #expect(await desk.fetch() == nil)
        #expect(try await desk.photo().blob != nil)
    }

    @Test func aClockThatIsSetBackMakesNoFileWait() async throws {
        let desk = try await Desk.open()
        try await desk.sendsPhoto()
        desk.channels.script(fetches: .failed(reason: "503", isTransient: true))
        let fetching = FetchMedia(desk.context, doorbell: Doorbell())
        await fetching.fetchDue()

        desk.time.set(desk.now - .seconds(86_400))
        await fetching.fetchDue()
        #expect(try await desk.photo().blob != nil)
    }

    @Test func whatCannotBeHadIsMarkedSo() async throws {
        let desk = try await Desk.open()
        try await desk.sendsPhoto()
        desk.channels.script(fetches: .failed(reason: "It expired.", isTransient: false))

        #expect(await desk.fetch() == nil)
        #expect(try await desk.photo().failure == "It expired.")
        #expect(try await desk.isOwed())
    }

    @Test func aProviderThatStumblesForEverIsGivenUpInTheEnd() async throws {
        let desk = try await Desk.open()
        try await desk.sendsPhoto()
        var tries = 0
        for _ in 0..<100 {
            desk.channels.script(fetches: .failed(reason: "503", isTransient: true))
            guard let next = await desk.fetch() else { break }
            tries += 1
            desk.time.set(next)
        }
        #expect(tries == 11)
        #expect(try await desk.photo().failure == "503")
    }

    @Test func aFileThatThereIsNoRoomForWaitsUntilThereIs() async throws {
        let desk = try await Desk.open()
        try await desk.sendsPhoto()
        for _ in 0..<100 {
            desk.channels.script(fetches: .noRoom)
            desk.time.set(try #require(await desk.fetch()))
        }
        #expect(try await desk.photo().failure == nil)
        #expect(await desk.fetch() == nil)
        #expect(try await desk.photo().blob != nil)
    }

    @Test(
        arguments: [
            ([10_000, 20_000, 30_000], 3),
            ([nil, nil, nil, nil], 4),
            ([1_900_000, 300_000, 10_000], 1),
            ([40_000_000, 10_000], 1),
            ([10_000, 40_000_000, 10_000], 1),
            ([], 0),
        ] as [([Int?], Int)])
    func largeFilesAreNotInMemorySideBySide(sizes: [Int?], count: Int) {
        let jobs = sizes.map { size in
            MediaJob(
                message: Message.ID("m"), attachmentIndex: 0, inbox: Inbox.ID("i"),
                attachment: DeskCore.Attachment(kind: .document, byteCount: size), tries: 0, dueAt: Instant(unixSeconds: 0))
        }
        #expect(FetchMedia.together(jobs) == Array(jobs.prefix(count)))
    }

    @Test func aFileThatIsDueDoesNotHoldTheMessageBack() async throws {
        let desk = try await Desk.open()
        try await desk.sendsPhoto()
        #expect(try await desk.isOwed())
        _ = try await desk.reply()
        await desk.deliver()
        #expect(try await !desk.isOwed())
    }
}

extension Desk {
    fileprivate func sendsPhoto() async throws {
        let photo = DeskCore.Attachment(kind: .image, providerMediaID: "media.1", mediaType: "image/jpeg")
        let message = ReceivedMessage(
            providerID: "wamid.1", correspondent: .marta, content: MessageContent(kind: .image, text: "mira", attachments: [photo]))
        try await receive(ChannelEvent(payload: .message(message)))
    }

    fileprivate func photo() async throws -> DeskCore.Attachment {
        try #require(try await messages().first?.content.attachments.first)
    }

    /// - Returns: when to fetch next.
    fileprivate func fetch() async -> Instant? {
        await FetchMedia(context, doorbell: Doorbell()).round()
    }
}
