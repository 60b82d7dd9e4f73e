import DeskCore

/// One step of the schema. Steps are only ever added; one that has been released is never changed.
package struct Migration: Sendable {
    /// 1, 2, 3 … without gaps.
    package let number: Int
    /// What it is for, in a word or two.
    package let name: String
    /// The smallest number of steps that a program must know to work on a database with this one applied.
    package let compatibleWith: Int
    /// Whether what was stored before it is sealed in the same transaction.
    let seals: Bool
    /// What changes constraints of tables, before everything else of the step: databases do that in their own ways.
    let constraints: Constraints?
    /// SQL with the portable words of `SchemaWords`.
    let template: String

    /// One change in two ways, in the words of `SchemaWords`.
    package struct Constraints: Sendable {
        /// Where a table's constraints can be changed.
        let altering: String
        /// Where they can't: the table is built anew.
        let rebuilding: String

        package init(altering: String, rebuilding: String) {
            self.altering = altering
            self.rebuilding = rebuilding
        }
    }

    package init(
        number: Int, name: String, compatibleWith: Int, seals: Bool = false, constraints: Constraints? = nil, template: String
    ) {
        self.number = number
        self.name = name
        self.compatibleWith = compatibleWith
        self.seals = seals
        self.constraints = constraints
        self.template = template
    }

    /// Tells whether the step is still what it was when it was applied.
    package var checksum: String { Digest.of((constraints.map { $0.altering + $0.rebuilding } ?? "") + template) }

    func script(_ words: SchemaWords) -> MigrationScript {
        let change = words.canAlterConstraints ? constraints?.altering : constraints?.rebuilding
        return MigrationScript(text: words.rendering((change ?? "") + template))
    }

    /// Every step of this program, in order.
    package static let all = [
        Migration(number: 1, name: "people", compatibleWith: 1, file: PackageResources._001_people_sql),
        Migration(number: 2, name: "conversations", compatibleWith: 2, file: PackageResources._002_conversations_sql),
        Migration(number: 3, name: "deliveries", compatibleWith: 3, file: PackageResources._003_deliveries_sql),
        Migration(number: 4, name: "search", compatibleWith: 4, file: PackageResources._004_search_sql),
        Migration(number: 5, name: "waiting lists", compatibleWith: 5, file: PackageResources._005_waiting_lists_sql),
        Migration(number: 6, name: "ledger heads", compatibleWith: 6, file: PackageResources._006_ledger_heads_sql),
        Migration(number: 7, name: "obligations", compatibleWith: 7, file: PackageResources._007_obligations_sql),
        Migration(number: 8, name: "incidents", compatibleWith: 8, file: PackageResources._008_incidents_sql),
        Migration(number: 9, name: "confidentiality", compatibleWith: 9, file: PackageResources._009_confidentiality_sql),
        Migration(number: 10, name: "delivery terms", compatibleWith: 10, file: PackageResources._010_delivery_terms_sql),
        Migration(number: 11, name: "sealing", compatibleWith: 11, seals: true, file: PackageResources._011_sealing_sql),
        Migration(number: 12, name: "retention", compatibleWith: 12, file: PackageResources._012_retention_sql),
        Migration(number: 13, name: "identity providers", compatibleWith: 13, file: PackageResources._013_identity_providers_sql),
        Migration(
            number: 14, name: "mail", compatibleWith: 14,
            constraints: Constraints(
                altering: String(decoding: PackageResources._014_mail_altering_sql, as: UTF8.self),
                rebuilding: String(decoding: PackageResources._014_mail_rebuilding_sql, as: UTF8.self)),
            template: String(decoding: PackageResources._014_mail_sql, as: UTF8.self)),
        Migration(number: 15, name: "summaries", compatibleWith: 15, file: PackageResources._015_summaries_sql),
    ]

    private init(number: Int, name: String, compatibleWith: Int, seals: Bool = false, file: [UInt8]) {
        self.init(
            number: number, name: name, compatibleWith: compatibleWith, seals: seals, template: String(decoding: file, as: UTF8.self))
    }
}

/// Statements of a migration as one database spells them. Made from the program's own files only.
package struct MigrationScript: Sendable {
    package let text: String
}
