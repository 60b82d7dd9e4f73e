import DeskTesting
import Foundation
import Testing

/// What was found before stays mended, and what is near it holds too. `script/fuzz` searches farther, guided by the code.
@Suite(.timeLimit(.minutes(10))) struct FuzzingTests {
    /// In each run of the tests, for each target.
    private static let mutations = 4_000

    @Test(arguments: FuzzTarget.allCases)
    func everyInputOfTheCorpusIsJudgedWell(target: FuzzTarget) throws {
        let inputs = try Corpus.inputs(of: target)
        #expect(inputs.count >= 5, "a corpus that begins nowhere")
        for (name, bytes) in inputs {
            #expect(throws: Never.self, "\(name)") { try target.judge(bytes) }
        }
    }

    /// The same inputs in every run: a seed that fails, fails again.
    @Test(arguments: FuzzTarget.allCases)
    func whatIsNearTheCorpusIsJudgedWell(target: FuzzTarget) throws {
        let inputs = try Corpus.inputs(of: target).map(\.bytes)
        var mutator = Mutator(inputs: inputs, seed: 20_261_122)
        for round in 0..<Self.mutations {
            let bytes = mutator.next()
            do {
                try target.judge(bytes)
            } catch {
                Issue.record("round \(round): \(error) for \(Data(bytes).base64EncodedString())")
                return
            }
        }
    }

    @Test func aFaultThatIsThereIsFound() throws {
        var mutator = Mutator(inputs: [Array("limit=20&cursor=x".utf8)], seed: 1)
        let isFound = (0..<4_000).contains { _ in
            let text = mutator.next().asText
            return text.contains("limit=-") || text.contains("limit=0")
        }
        #expect(isFound, "mutations that never leave the beaten track find nothing")
    }
}

/// What was thought of, and what was found: one folder for each target, one file for each input.
enum Corpus {
    static func inputs(of target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        let folder = Bundle.module.bundleURL.appending(path: "Corpus/\(target.rawValue)")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.sorted { $0.path < $1.path }.map { ($0.lastPathComponent, Array(try Data(contentsOf: $0))) }
    }
}

/// Makes inputs out of inputs: flips, cuts, repeats, joins, and puts in what parsers trip over.
struct Mutator {
    private static let stumblingBlocks = [
        "", "0", "-1", "9223372036854775807", "-9223372036854775808", "1e999", "%", "%0", "%00", "%ff", "\u{0}", "\r\n", "\r\n\r\n", "\n",
        "\"",
        "\\", "\\u", "\\ud800", "\\u0000", "{", "}", "[", "]", ":", ",", "null", "--", "=", "&", ";", "\u{FEFF}", "\u{202E}", "e\u{301}",
        "👩‍👩‍👧‍👦",
        "٣", "Ⅷ", "ﬃ", "İ", "ß", "sha256=", "@", "+34 600 111 222", "4111 1111 1111 1111", "https://", "data:", "Z", "T", "+99:99",
    ].map { Array($0.utf8) }

    private let inputs: [[UInt8]]
    private var generator: SeededGenerator

    init(inputs: [[UInt8]], seed: UInt64) {
        self.inputs = inputs
        generator = SeededGenerator(seed: seed)
    }

    mutating func next() -> [UInt8] {
        var bytes = inputs.randomElement(using: &generator) ?? []
        for _ in 0..<Int.random(in: 1...6, using: &generator) { change(&bytes) }
        return Array(bytes.prefix(20_000))
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let place = Int.random(in: 0...bytes.count, using: &generator)
        let end = min(bytes.count, place + Int.random(in: 0...16, using: &generator))
        switch Int.random(in: 0..<7, using: &generator) {
        case 0: bytes.removeSubrange(place..<end)
        case 1: bytes.insert(contentsOf: Self.stumblingBlocks.randomElement(using: &generator) ?? [], at: place)
        case 2: bytes.replaceSubrange(place..<end, with: Self.stumblingBlocks.randomElement(using: &generator) ?? [])
        case 3: bytes.insert(contentsOf: Array(repeating: bytes[place..<end], count: 20).joined(), at: place)
        case 4: bytes.replaceSubrange(place..., with: (inputs.randomElement(using: &generator) ?? []).dropFirst(place))
        case 5: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        default:
            guard place < bytes.count else { return }
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        }
    }
}
