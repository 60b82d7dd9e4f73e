package import DeskCore

/// The usual checks, in words.
extension HealthPage.Check {
    /// An inbox.
    /// - Parameters:
    ///   - lastSign: when the channel last called; nil when it never did.
    ///   - isSilent: whether that is so long ago that somebody should look.
    package static func channel(_ name: String, lastSign: Instant?, isSilent: Bool, wording: Wording) -> Self {
        guard let lastSign else {
            return Self(
                name: name, level: .attention, words: wording.text("health.channel.never"),
                remedy: wording.text("health.channel.neverRemedy"), wording: wording)
        }
        return Self(
            name: name, level: isSilent ? .attention : .good,
            words: wording.text("health.channel.lastSign", ["ago": wording.ago(lastSign)]),
            remedy: isSilent ? wording.text("health.channel.silentRemedy") : nil, wording: wording)
    }

    /// A channel that the desk asks for what is new: what lies there beside what was seen of it.
    package static func collection(_ name: String, _ standing: CollectionStanding?, wording: Wording) -> Self {
        guard let standing else {
            return Self(name: name, level: .attention, words: wording.text("health.collection.waiting"), wording: wording)
        }
        let facts = standing.folders.map { folder in
            Fact(
                label: wording.text("health.collection.folder", ["name": folder.name]),
                value: folder.isMissing
                    ? wording.text("health.collection.folderMissing")
                    : wording.text("health.collection.count", ["seen": String(folder.seen), "count": String(folder.onServer)]))
        }
        if let failure = standing.failure {
            return Self(
                name: name, level: failure.isTransient ? .attention : .broken,
                words: wording.text("health.collection.failed", ["reason": failure.reason]),
                remedy: wording.text(failure.isTransient ? "health.collection.retrying" : "health.collection.person"), facts: facts,
                wording: wording)
        }
        let sum = standing.sum
        let counts = ["ago": wording.ago(standing.lookedAt), "seen": String(sum.seen), "count": String(sum.onServer)]
        return Self(
            name: name, level: sum.isComplete ? .good : .attention, words: wording.text("health.collection.good", counts),
            remedy: remedy(standing).map { wording.text($0) }, facts: facts, wording: wording)
    }

    private static func remedy(_ standing: CollectionStanding) -> String? {
        if standing.folders.contains(where: \.isMissing) { return "health.collection.folderRemedy" }
        return standing.sum.isComplete ? nil : "health.collection.missing"
    }

    package static func storage(isWritable: Bool, wording: Wording) -> Self {
        Self(
            name: wording.text("health.storage.name"), level: isWritable ? .good : .broken,
            words: wording.text(isWritable ? "health.storage.good" : "health.storage.broken"),
            remedy: isWritable ? nil : wording.text("health.storage.remedy"), wording: wording)
    }

    /// Events that could not be read.
    package static func quarantine(count: Int, wording: Wording) -> Self {
        Self(
            name: wording.text("health.quarantine.name"), level: count == 0 ? .good : .attention,
            words: wording.text("health.quarantine.count", count: count), wording: wording)
    }

    /// Sends that wait for a person's decision.
    package static func doubtful(count: Int, wording: Wording) -> Self {
        Self(
            name: wording.text("health.doubtful.name"), level: count == 0 ? .good : .attention,
            words: wording.text("health.doubtful.count", count: count), wording: wording)
    }

    package static func version(_ version: String, wording: Wording) -> Self {
        Self(name: wording.text("fact.version"), level: .good, words: version, wording: wording)
    }
}
