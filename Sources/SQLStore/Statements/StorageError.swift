package import DeskCore

extension DeskError.Code {
    /// What was to be stored contradicts what is there; the transaction or savepoint is undone.
    package static let storageConflict = Self("storage_conflict")
    /// The store and the program don't understand each other: a defect, not a state of the world.
    package static let storageFault = Self("storage_fault")
    /// The database was written by a newer program, or its history was altered.
    package static let schemaRefused = Self("schema_refused")
}

extension DeskError {
    private static let outsiderText = "Something went wrong in the store. Nothing was changed."

    /// - Parameter what: the contradiction, without values.
    package static func storageConflict(_ what: String) -> DeskError {
        DeskError(
            .storageConflict, message: "What was to be stored contradicts what is there: \(what). Nothing of it was stored.",
            publicMessage: outsiderText)
    }

    /// - Parameter what: the misunderstanding, without values.
    package static func storageFault(_ what: String) -> DeskError {
        DeskError(
            .storageFault, message: "The store and the program don't fit together: \(what). Nothing was stored; please report this.",
            publicMessage: outsiderText)
    }

    /// - Parameter what: what happened and what to do, without values.
    package static func storageUnavailable(_ what: String) -> DeskError {
        DeskError(
            .storageUnavailable, message: "Nothing could be stored just now: \(what)",
            publicMessage: "The store can't be reached just now. Nothing was changed; try again in a moment.", isTransient: true)
    }

    static let invalidCursor = DeskError(
        .invalidRequest, message: "This cursor is not one of this list. Begin the list anew, without a cursor.")
}
