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
