/// What a migration's portable words mean to one database.
package struct SchemaWords: Sendable {
    /// What `TEXT` means: texts that are compared and sorted by their bytes.
    package let text: String
    /// True or false.
    package let bool: String
    /// A whole number of 64 bits.
    package let int64: String
    /// JSON, as text.
    package let json: String
    package let blob: String
    /// A primary key that the database counts up by itself, and never gives twice.
    package let identity: String
    /// What follows a table's closing bracket, so that its types are kept.
    package let strict: String
    /// The same, for a table that lies in the order of its primary key.
    package let clustered: String
    /// The statement that makes the word index over `search_documents (number, scope, text)`.
    package let wordIndex: String
    /// Whether constraints of a table can be taken away; where they can't, it is built anew.
    package let canAlterConstraints: Bool

    package init(
        text: String, bool: String, int64: String, json: String, blob: String, identity: String, strict: String, clustered: String,
        wordIndex: String, canAlterConstraints: Bool
    ) {
        self.text = text
        self.bool = bool
        self.int64 = int64
        self.json = json
        self.blob = blob
        self.identity = identity
        self.strict = strict
        self.clustered = clustered
        self.wordIndex = wordIndex
        self.canAlterConstraints = canAlterConstraints
    }

    /// A template with every portable word replaced.
    func rendering(_ template: String) -> String {
        let meanings: KeyValuePairs = [
            "{bool}": bool, "{int64}": int64, "{json}": json, "{blob}": blob, "{identity}": identity, "{strict}": strict,
            "{clustered}": clustered, "{word_index}": wordIndex, " TEXT": " " + text,
        ]
        return meanings.reduce(template) { text, meaning in text.replacing(meaning.key, with: meaning.value) }
    }
}
