import Foundation

/// The catalogues of words must offer the same keys in every language, or somebody reads a key instead of a sentence.
enum LocaleKeys {
    static func violations(in catalogues: [Project.File]) -> [Violation] {
        let keys = catalogues.map { (file: $0, keys: Self.keys(of: $0)) }
        let unreadable = keys.filter { $0.keys == nil }.map { entry in
            Violation(path: entry.file.path, line: 0, problem: "is no JSON object", remedy: "Mend its syntax")
        }
        let all = Set(keys.flatMap { $0.keys ?? [] })
        return unreadable
            + keys.flatMap { entry in
                all.subtracting(entry.keys ?? all).map { key in
                    Violation(path: entry.file.path, line: 0, problem: "lacks the key \(key)", remedy: "Translate it, as in the others")
                }
            }
    }

    private static func keys(of file: Project.File) -> Set<String>? {
        let object = try? JSONSerialization.jsonObject(with: Data(file.text.utf8))
        return (object as? [String: Any]).map { Set($0.keys) }
    }
}
