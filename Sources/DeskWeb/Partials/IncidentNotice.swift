package import DeskCore

/// A stretch in which an inbox may have missed something. The form posts `word`: what was done about it.
package struct IncidentNotice: Sendable {
    /// Where the form goes.
    package let path: String
    package let fieldID: String
    package let title: String
    package let words: String
    package let isAlarm: Bool

    /// - Parameter inboxName: as people call it.
    package init(_ incident: Incident, inboxName: String, wording: Wording) {
        path = "/incidents/\(incident.id)/clearing"
        fieldID = "word-\(incident.id)"
        isAlarm = incident.kind == .deaf
        let from = wording.moment(incident.beganAt)
        switch (incident.kind, incident.endedAt) {
        case (.deaf, let end?):
            title = wording.text("incident.deaf.title", ["inbox": inboxName])
            words = wording.text("incident.deaf.ended", ["from": from, "to": wording.moment(end)])
        case (.deaf, nil):
            title = wording.text("incident.deaf.title", ["inbox": inboxName])
            words = wording.text("incident.deaf.ongoing", ["from": from])
        case (.stopped, let end):
            title = wording.text("incident.stopped.title", ["inbox": inboxName])
            words = wording.text("incident.stopped.words", ["from": from, "to": wording.moment(end ?? incident.noticedAt)])
        }
    }
}
