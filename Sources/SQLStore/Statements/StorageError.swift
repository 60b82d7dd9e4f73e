package import DeskCore

extension DeskError.Code {
    /// What was to be stored contradicts what is there; the transaction or savepoint is undone.
    package static let storageConflict = Self("storage_conflict")
    /// The store and the program don't understand each other: a defect, not a state of the world.
    package static let storageFault = Self("storage_fault")
    /// The database was written by a newer program, or its history was altered.
    package static let schemaRefused = Self("schema_refused")
    /// The database is set up so that it could lose what it has acknowledged, or is one that this program can't work with.
    package static let storageRefused = Self("storage_refused")
    /// The database's files are damaged.
    package static let storageDamaged = Self("storage_damaged")
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

    /// - Parameter what: what is wrong with the database, and what to do about it.
    package static func storageRefused(_ what: String) -> DeskError {
        DeskError(.storageRefused, message: "\(what) Nothing was touched.", publicMessage: outsiderText)
    }

    /// Asking the disk once more would prove nothing: what it could not write, the system may have forgotten, and the next confirmation
    /// be true of later bytes only. Source: https://wiki.postgresql.org/wiki/Fsync_Errors
    /// - Parameter what: what the disk reports, without values.
    package static func storageFailed(_ what: String) -> DeskError {
        DeskError(
            .storageFailed,
            message: """
                The disk could not confirm a write (\(what)), so nothing more is written. What was acknowledged before is kept; what was \
                under way was not acknowledged. Look at the disk and the system's log, then start again.
                """,
            publicMessage: "The store can't be reached just now. Nothing was changed; try again in a moment.", isTransient: true)
    }

    /// What later statements get once the database has ended a transaction by itself.
    package static let transactionGivenUp = storageUnavailable(
        "the transaction was given up by the database; nothing of it was stored.")

    /// - Parameter what: what the database says of its files, without values.
    package static func storageDamaged(_ what: String) -> DeskError {
        DeskError(
            .storageDamaged,
            message: """
                The database file is damaged: \(what). Nothing was started, and nothing was written to it. Keep the folder as it is for \
                whoever wants to rescue more, and restore the last backup: contesta backup restore FILE --data FOLDER --replace
                """,
            publicMessage: outsiderText)
    }

    static let invalidCursor = DeskError(
        .invalidRequest, message: "This cursor is not one of this list. Begin the list anew, without a cursor.")
}
