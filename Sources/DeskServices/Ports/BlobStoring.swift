/// Files by their content: what is stored twice is kept once, and a name can't be wrong.
package protocol BlobStoring: Sendable {
    /// Durable when it returns.
    /// - Returns: the SHA-256 of the bytes in lower-case hexadecimal.
    func store(_ bytes: [UInt8]) async throws -> String
    /// - Throws: `not_found`.
    func read(_ blob: String) async throws -> [UInt8]
    /// Removes one for good; one that is not there is no failure.
    func remove(_ blob: String) async throws
}
