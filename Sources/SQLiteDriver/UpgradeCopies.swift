import DeskCore
import Foundation
import SQLStore

/// Copies of a database from before its schema was changed, kept beside it: `contesta.sqlite.before-step-8.20261121T101500Z`.
struct UpgradeCopies {
    /// Older ones go.
    private static let kept = 3

    private let file: URL

    init(of path: String) {
        file = URL(filePath: path)
    }

    static func size(of path: String) -> Int64 {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.int64Value ?? 0
    }

    /// - Throws: when no copy can be made; the database stays as it is then.
    func keep(_ database: SQLiteDatabase, before upgrade: Migrator.Upgrade) async throws {
        let copy = folder.appending(path: "\(prefix)\(upgrade.to).\(Self.stamp())")
        let unfinished = folder.appending(path: ".\(copy.lastPathComponent).unfinished")
        try? FileManager.default.removeItem(at: unfinished)
        guard FileManager.default.createFile(atPath: unfinished.path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw DeskError.storageUnavailable("no copy of the database can be made before its schema is changed. Make room beside it.")
        }
        try await database.snapshot(to: unfinished.path) { _ in }
        try FileManager.default.moveItem(at: unfinished, to: copy)
        prune()
    }

    private var folder: URL { file.deletingLastPathComponent() }

    private var prefix: String { "\(file.lastPathComponent).before-step-" }

    /// By the time in their names, the newest last.
    private func prune() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let copies = names.filter { $0.hasPrefix(prefix) }.sorted { Self.time(in: $0) < Self.time(in: $1) }
        // A copy that can't be removed only takes room.
        for name in copies.dropLast(Self.kept) { try? FileManager.default.removeItem(at: folder.appending(path: name)) }
    }

    private static func time(in name: String) -> Substring { name.split(separator: ".").last ?? "" }

    private static func stamp() -> String {
        Date().formatted(
            .iso8601.year().month().day().dateSeparator(.omitted).time(includingFractionalSeconds: false).timeSeparator(.omitted)
        )
        .replacing(":", with: "")
    }
}
