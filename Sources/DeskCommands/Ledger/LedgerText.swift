import DeskCore
import DeskServices
import Foundation

/// JSON of one line with its keys in order, as receipts and exports are written.
enum LedgerText {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

/// The newest entry of a ledger, as `ledger head --json` prints it.
struct WrittenHead: Codable {
    let workspace: String
    let sequence: Int64
    let hash: String
    /// The newest signed note; nil while nothing was signed.
    var signedHead: String?

    private enum CodingKeys: String, CodingKey {
        case workspace, sequence, hash
        case signedHead = "signed_head"
    }

    init(_ head: LedgerHead, newest: StoredHead?) {
        workspace = head.workspace.text
        sequence = head.sequence
        hash = head.hash
        signedHead = newest?.note
    }
}

/// What verifying is told on the command line: heads that were kept, and keys that are trusted.
enum LedgerInput {
    /// Signed notes, or lines of `ledger head --json`; several may stand in one file.
    static func heads(in path: String) throws -> [KeptHead] {
        let text = try text(of: path)
        if let head = SignedHead(note: text) { return [.signed(head)] }
        let heads = text.split(separator: "\n").compactMap { line in
            // Whatever line is no head is told below, by there being none.
            try? JSONDecoder().decode(WrittenHead.self, from: Data(line.utf8))
        }
        guard !heads.isEmpty else {
            throw DeskError(
                .invalidRequest,
                message: "\(path) holds no head: neither a signed note nor what `ledger head --json` prints. "
                    + "Nothing was checked.")
        }
        return heads.flatMap { written in
            let plain = LedgerHead(workspace: Workspace.ID(written.workspace), sequence: written.sequence, hash: written.hash)
            let signed = written.signedHead.flatMap { SignedHead(note: $0) }.map(KeptHead.signed)
            return [.unsigned(plain)] + [signed].compactMap(\.self)
        }
    }

    /// A verifier key, or a file that holds one a line.
    static func keys(_ given: [String]) throws -> [LedgerKey] {
        try given.flatMap { word in
            if let key = LedgerKey(text: word) { return [key] }
            let keys = try text(of: word).split(separator: "\n").compactMap { LedgerKey(text: String($0)) }
            guard !keys.isEmpty else {
                throw DeskError(.invalidRequest, message: "\(word) is no key of a ledger, and holds none. Nothing was checked.")
            }
            return keys
        }
    }

    static func receipt(in path: String) throws -> LedgerReceipt { try decode("receipt", in: path) }

    static func consistencyProof(in path: String) throws -> ConsistencyProof { try decode("proof of consistency", in: path) }

    private static func decode<Proof: Decodable>(_ name: String, in path: String) throws -> Proof {
        do {
            return try JSONDecoder().decode(Proof.self, from: Data(try text(of: path).utf8))
        } catch is DecodingError {
            throw DeskError(.invalidRequest, message: "\(path) holds no \(name). Nothing was checked.")
        }
    }

    /// The one signed note of a file.
    static func signedHead(in path: String) throws -> SignedHead {
        let signed: [SignedHead] = try heads(in: path).compactMap { if case .signed(let head) = $0 { head } else { nil } }
        guard let head = signed.first, signed.count == 1 else {
            throw DeskError(.invalidRequest, message: "\(path) holds \(signed.count) signed heads, and one is needed. Nothing was done.")
        }
        return head
    }

    static func text(of path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DeskError(.invalidRequest, message: "\(path) can't be read. Nothing was checked.")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
