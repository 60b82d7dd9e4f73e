import DeskCore

/// The pages around the desk: connecting, searching, health, ledger, decisions, settings, help.
extension Gallery {
    var sidePages: [(name: String, page: any PageModel)] {
        [
            ("connect", ConnectPage(checklist: checklist, form: .init())),
            ("connect-waiting", connectPage(hasReceived: false)),
            ("connect-received", connectPage(hasReceived: true)),
            ("search", SearchPage(query: "factura", results: searchResults, nextCursor: "c2FtcGxl", wording: wording)),
            ("search-blank", SearchPage(query: "", results: [], wording: wording)),
            ("search-empty", SearchPage(query: "murciélago", results: [], wording: wording)),
            ("health", health),
            ("health-restored", restored),
            ("ledger", ledger),
            ("ledger-empty", LedgerPage(workspaceName: "Estudio Quiroga", workspaceID: "w1", head: nil)),
            ("waiting", waiting),
            ("waiting-empty", WaitingPage(decisions: Decisions(unknownSends: [], quarantinedEvents: []))),
            ("settings", settings),
            ("hours", hours(isAlwaysOpen: false)),
            ("hours-problem", hours(isAlwaysOpen: true, hasError: true)),
            ("help", HelpPage()),
        ]
    }

    private func connectPage(hasReceived: Bool) -> ConnectPage {
        ConnectPage(checklist: checklist, connection: connection(hasReceived: hasReceived), eventsPath: "/events?inbox=tienda")
    }

    func connection(hasReceived: Bool) -> ConnectPage.Connection {
        ConnectPage.Connection(
            inboxID: "tienda", inboxName: "Tienda", webhookURL: "https://mesa.example.com/webhooks/tienda",
            verifyToken: "sample-verify-token", isVerified: true, hasReceived: hasReceived,
            conversationPath: hasReceived ? "/conversations/ana" : nil)
    }

    private var searchResults: [SearchPage.Result] {
        [
            .init(
                conversationID: "iglesias", messageID: "i1", contactName: "Taller Iglesias", channelName: "WhatsApp", inboxName: "Tienda",
                at: ago(55), excerpt: "Adjunto la \u{2068}factura\u{2069} corregida, avísenme cuando la reciban", wording: wording),
            .init(
                conversationID: "emma", messageID: "e1", contactName: "Emma Clarke", channelName: "WhatsApp", inboxName: "Reservas",
                at: ago(60 * 24 * 9), excerpt: "…necesito la \u{2068}factura\u{2069} de febrero, por favor", wording: wording),
        ]
    }

    private var health: HealthPage {
        HealthPage(
            channels: [
                .init(
                    name: "WhatsApp · Tienda", level: .good, words: wording.ago(ago(2)),
                    facts: [
                        Fact(.lastReceived, wording.moment(ago(2)), wording: wording),
                        Fact(.lastSent, wording.moment(ago(9)), wording: wording), Fact(.lag, "1 s", wording: wording),
                    ], wording: wording),
                .init(
                    name: "WhatsApp · Reservas", level: .broken, words: wording.text("failure.code.190"),
                    remedy: wording.text("connect.whatsapp.step3"), wording: wording),
            ],
            system: [
                .init(name: "SQLite", level: .good, words: "18 MB", facts: [Fact(.size, "18 MB", wording: wording)], wording: wording),
                .init(name: "Disco", level: .attention, words: "1,4 GB", wording: wording),
            ], wording: wording)
    }

    private var ledger: LedgerPage {
        let kinds = ["message_received", "obligation_opened", "reply_recorded", "attempt_changed", "obligation_ended"]
        return LedgerPage(
            workspaceName: "Estudio Quiroga", workspaceID: "w1",
            workspaces: [
                Choice(value: "w1", label: "Estudio Quiroga", isChosen: true), Choice(value: "w2", label: "Óptica del Centro"),
            ],
            head: .init(entryCount: 1_284, digest: sampleDigest, keyID: nil, at: ago(1), wording: wording),
            signed: .init(
                entryCount: 1_280, rootHash: sampleDigest, keyID: "7c1f03ae", at: ago(6),
                delivery: .delivered(to: "/mnt/notaria", at: ago(6)), wording: wording),
            receiptPath: "/ledger/receipts/a5/file",
            verification: .intact(entryCount: 1_284, wording: wording),
            entries: kinds.enumerated().map { index, kind in
                .init(number: 1_284 - index, kind: kind, at: ago(index * 3 + 1), digest: sampleDigest, wording: wording)
            })
    }

    private var waiting: WaitingPage { WaitingPage(decisions: decisions) }

    var decisions: Decisions {
        Decisions(
            late: Array(cards.prefix(2)),
            unknownSends: [
                .init(
                    messageID: "m1", conversationID: "ana", contactName: "Ana Beltrán",
                    text: "Sí, Ana, el jueves a las 10:00 sigue en pie.", at: ago(11), wording: wording)
            ],
            quarantinedEvents: [
                .init(
                    eventID: "018f-4471", workspaceID: "quiroga", inboxName: "WhatsApp · Tienda", reason: "JSON: unexpected end of file",
                    at: ago(300), wording: wording)
            ], incidents: [gap(.deaf, hours: 8 * 24)])
    }

    private func gap(_ kind: Incident.Kind, hours: Int) -> IncidentNotice {
        let incident = Incident(
            id: .init("gap-\(hours)"), workspace: .init("quiroga"), inbox: .init("tienda"), kind: kind, beganAt: ago(60 * (hours + 5)),
            endedAt: ago(60 * 5), noticedAt: ago(60 * 5))
        return IncidentNotice(incident, inboxName: "WhatsApp · Tienda", wording: wording)
    }

    private var restored: HealthPage {
        HealthPage(
            channels: [], system: [.backup(last: nil, wording: wording)], incidents: [gap(.stopped, hours: 6)],
            holds: [
                .init(
                    workspaceID: "quiroga", workspaceName: "Estudio Quiroga", backupAt: ago(90), canRelease: true, wording: wording)
            ], wording: wording)
    }

    private var settings: SettingsPage {
        SettingsPage(
            language: wording.catalogue.language, timeZones: .timeZones(["America/Bogota", "Europe/Madrid"], chosen: "America/Bogota"),
            theme: .system, textSize: .normal, singleKeysEnabled: true,
            channels: [.init(inboxID: "tienda", name: "WhatsApp · Tienda", showsTyping: true)],
            desks: [Choice(value: "quiroga", label: "Estudio Quiroga")],
            governed: [Choice(value: "quiroga", label: "Estudio Quiroga")], wording: wording)
    }

    private func hours(isAlwaysOpen: Bool, hasError: Bool = false) -> HoursPage {
        let workspace = Workspace(
            id: Workspace.ID("quiroga"), name: "Estudio Quiroga", locale: "es", timeZone: "America/Bogota", answerTarget: .minutes(60),
            createdAt: Self.now)
        let inbox = Inbox(
            id: Inbox.ID("tienda"), workspace: workspace.id, channel: .whatsApp, name: "Tienda", account: "1", isSimulated: true)
        let times = "09:00-13:00, 15:00-19:00"
        let values = HoursPage.Values(
            target: "60", isAlwaysOpen: isAlwaysOpen,
            days: [.monday: times, .tuesday: times, .wednesday: times, .thursday: times, .friday: times, .saturday: "10:00-14:00"],
            exceptions: "2026-12-25\n2026-12-24 09:00-13:00", overrides: [HoursPage.field(of: inbox.id): "30"], supervisor: "0",
            principal: "")
        return HoursPage(workspace: workspace, inboxes: [inbox], values: values, hasError: hasError, wording: wording)
    }
}
