import ChannelKit
import DeskCore
import Testing

@testable import EmailChannel

/// Message-IDs that only this inbox can have made.
@Suite struct ReplyMarkTests {
    private static let attempt = "01a204eb-faf2-72dc-8110-07932794c97a"

    private static func mark(key: String = "k1", address: String = "marta@laespiga.example") throws -> ReplyMark {
        ReplyMark(try Sample.settings(["address": address], key: key))
    }

    @Test(arguments: [attempt, "a1", "attempt-7"])
    func anAttemptIsFoundInItsOwnID(attempt: String) throws {
        let mark = try Self.mark()
        let id = mark.messageID(of: attempt)
        #expect(mark.attempt(in: id) == attempt)
        #expect(mark.attempt(in: id.uppercased()) == attempt || attempt != Self.attempt)
        #expect(mark.messageID(of: attempt) == id)
    }

    @Test func aNoticeIsNoReplyAndAReplyIsNoNotice() throws {
        let mark = try Self.mark()
        let (notice, reply) = (mark.messageID(ofNotice: "4f2a"), mark.messageID(of: Self.attempt))
        #expect(mark.isNotice(notice) && mark.attempt(in: notice) == nil)
        #expect(!mark.isNotice(reply))
        #expect(try !Self.mark(key: "k2").isNotice(notice))
    }

    /// Programs that write `In-Reply-To: <…>` on one line of 78 characters must not have to break it.
    @Test func anIDFitsALine() throws {
        #expect(try Self.mark().messageID(of: Self.attempt).count <= 78 - "In-Reply-To: <>".count)
    }

    @Test func nobodyElseCanMakeOne() throws {
        let mark = try Self.mark()
        let id = mark.messageID(of: Self.attempt)
        #expect(try Self.mark(key: "k2").attempt(in: id) == nil)
        for index in id.indices where id[index] != "@" && index < (id.firstIndex(of: "@") ?? id.endIndex) {
            var changed = id
            changed.replaceSubrange(index...index, with: id[index] == "b" ? "c" : "b")
            #expect(mark.attempt(in: changed) == nil, "\(changed)")
        }
    }

    @Test(arguments: ["", "@", ".@a", "a.b", "a.b@c@d", "x@laespiga.example", "a.@laespiga.example", "ñ.ñ@ñ"])
    func whatIsNoneOfOursIsNothing(id: String) throws {
        #expect(try Self.mark().attempt(in: id) == nil)
    }
}
