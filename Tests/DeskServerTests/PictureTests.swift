import DeskTesting
import Foundation
import HTTPTypes
import Testing

@testable import DeskServer

/// Pictures whose few bytes are many points.
@Suite struct PictureTests {
    private static func png(_ width: UInt32, _ height: UInt32) -> Data {
        let sides = [width, height].flatMap { side in (0..<4).reversed().map { UInt8(side >> ($0 * 8) & 0xFF) } }
        return Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + sides + [8, 6, 0, 0, 0])
    }

    private static func file(_ content: Data, _ type: String = "image/png") -> [String: any Sendable] {
        ["attachments": [["name": "a\"b.png", "media_type": type, "content": content.base64EncodedString()]]]
    }

    @Test(arguments: [(20_000, 20_000), (.max, .max), (16_385, 1)] as [(UInt32, UInt32)])
    func aFloodOfPointsIsNotSent(width: UInt32, height: UInt32) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let conversation = try await visitor.firstConversation()
            for type in ["image/png", "application/pdf"] {
                let refused = try await visitor.reply("Va", to: conversation, key: "one", more: Self.file(Self.png(width, height), type))
                #expect(refused.status == 422 && refused.code == "picture_too_large")
                #expect(refused.body["detail"].text.contains("\(width) × \(height)"))
            }
            #expect(try await visitor.firstConversation()["version"] == conversation["version"])
        }
    }

    @Test(arguments: [
        (png(640, 480), "image/png", true), (Data("AAA".utf8), "image/png", false), (Data("<svg/>".utf8), "image/jpeg", false),
    ])
    func aPictureIsShownOnlyWhenItIsOne(content: Data, type: String, isShown: Bool) async throws {
        let scene = try await Scene.open()
        try await scene.test { visitor in
            try await visitor.receive("Hola", id: "wamid.1")
            let conversation = try await visitor.firstConversation()
            let reply = try await visitor.reply("Va", to: conversation, key: "one", more: Self.file(content, type))
            #expect(reply.status == 201)
            let answer = try await visitor.get(reply.body["attachments"][0]["url"].text)
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == (isShown ? type : "application/octet-stream"))
            #expect(answer.headers[.contentDisposition]?.hasPrefix(isShown ? "inline" : "attachment") == true)
        }
    }
}
