import DeskCore
import HTTPTypes

/// Who may come through each door of the server. Every route of the router has its line here; one without fails the build.
struct RouteMatrix: Sendable {
    /// What a route asks of whoever calls it.
    enum Need: Sendable, Hashable {
        /// Nothing: signing in, being invited, health, styles, providers.
        case nothing
        /// To be somebody; shows and changes only what is one's own.
        case identity
        /// To be a member, signed or not: the agreement itself.
        case membership
        /// An action on a conversation, or on something of one.
        case action(Policy.Action)
        /// An action in a workspace.
        case duty(Policy.Action)
    }

    struct Door: Sendable {
        let method: HTTPRequest.Method
        let path: String
        let need: Need
        /// What a form or a program sends; JSON for `/api/`.
        let body: String
        /// Whether what it names is there in the test's desk, so that those who may come through find something.
        let isThere: Bool

        var name: String { "\(method.rawValue) \(path)" }
        var isForPrograms: Bool { path.hasPrefix("/api/") }
    }

    static let doors = programs + pages + publicDoors

    private static func door(
        _ method: HTTPRequest.Method, _ path: String, _ need: Need, _ body: String = "", isThere: Bool = true
    ) -> Door {
        Door(method: method, path: path, need: need, body: body, isThere: isThere)
    }

    private static let programs = conversationCalls + workspaceCalls

    private static let conversationCalls = [
        door(.get, "/api/v1/conversations/{conversation}", .action(.read)),
        door(.get, "/api/v1/conversations/{conversation}/messages", .action(.read)),
        door(.get, "/api/v1/attachments/{message}/{index}", .action(.read), isThere: false),
        door(.post, "/api/v1/conversations/{conversation}/replies", .action(.reply), #"{"text":"Sí","answers":"{message}","version":1}"#),
        door(.post, "/api/v1/conversations/{conversation}/no-reply-needed", .action(.reply), #"{"reason":"spam"}"#),
        door(.delete, "/api/v1/conversations/{conversation}/no-reply-needed", .action(.reply), isThere: false),
        door(.post, "/api/v1/conversations/{conversation}/assign", .action(.handOver), #"{"assignee":null}"#),
        door(.post, "/api/v1/conversations/{conversation}/snooze", .action(.reply), #"{"until":"2030-01-01T00:00:00Z"}"#),
        door(.post, "/api/v1/conversations/{conversation}/notes", .action(.reply), #"{"text":"nota"}"#),
        door(.post, "/api/v1/conversations/{conversation}/handover", .action(.handOver), #"{"role":"finance"}"#, isThere: false),
        door(.post, "/api/v1/conversations/{conversation}/reveal", .action(.reveal), #"{"reason":"Pide que lo llamen"}"#),
        door(.put, "/api/v1/conversations/{conversation}/topic", .action(.reply), #"{"topic":"sales"}"#),
        door(.put, "/api/v1/conversations/{conversation}/contact-class", .action(.approve), #"{"class":"important"}"#),
        door(.delete, "/api/v1/messages/{message}/pending", .action(.reply), isThere: false),
        door(.post, "/api/v1/messages/{message}/resolve-unknown", .action(.reply), #"{"outcome":"was_sent"}"#, isThere: false),
        door(.post, "/api/v1/messages/{message}/retry", .action(.reply), "{}", isThere: false),
        door(.put, "/api/v1/messages/{message}/reaction", .action(.reply), #"{"emoji":"👍"}"#),
        door(.delete, "/api/v1/messages/{message}/reaction", .action(.reply), isThere: false),
        door(.post, "/api/v1/commitments/{commitment}/settlement", .action(.reply), #"{"reason":"ya está"}"#, isThere: false),
    ]

    private static let workspaceCalls = [
        door(.get, "/api/v1/me", .identity),
        door(.get, "/api/v1/conversations", .identity), door(.get, "/api/v1/search?q=secreto", .identity),
        door(.get, "/api/v1/events", .identity), door(.get, "/api/v1/tokens", .identity),
        door(.delete, "/api/v1/tokens/{token}", .identity, isThere: false),
        door(.get, "/api/v1/workspaces/{workspace}/tokens", .duty(.govern)),
        door(.delete, "/api/v1/workspaces/{workspace}/tokens/{token}", .duty(.govern), isThere: false),
        door(.get, "/api/v1/workspaces/{workspace}/agreement", .membership),
        door(
            .post, "/api/v1/workspaces/{workspace}/agreement/signature", .membership,
            #"{"version":1,"typed_name":"Ana","password":"wrong"}"#, isThere: false),
        door(.get, "/api/v1/workspaces/{workspace}/answer-policy", .duty(.read)),
        door(.put, "/api/v1/workspaces/{workspace}/answer-policy", .duty(.administer), #"{"target_minutes":30}"#),
        door(.get, "/api/v1/workspaces/{workspace}/delivery", .duty(.read)),
        door(.post, "/api/v1/workspaces/{workspace}/delivery/release", .duty(.administer), "{}", isThere: false),
        door(.get, "/api/v1/workspaces/{workspace}/incidents", .duty(.administer)),
        door(
            .post, "/api/v1/workspaces/{workspace}/incidents/{incident}/clearing", .duty(.administer), #"{"word":"visto"}"#,
            isThere: false),
        door(.post, "/api/v1/workspaces/{workspace}/raw-events/{event}/retry", .duty(.administer), "{}", isThere: false),
        door(.get, "/api/v1/workspaces/{workspace}/ledger/consistency?from=1", .duty(.read)),
        door(.get, "/api/v1/workspaces/{workspace}/ledger/entries", .duty(.read)),
        door(.get, "/api/v1/workspaces/{workspace}/ledger/head", .duty(.read)),
        door(.get, "/api/v1/workspaces/{workspace}/ledger/receipts/{message}", .duty(.read)),
        door(.get, "/api/v1/workspaces/{workspace}/members", .duty(.govern)),
        door(.put, "/api/v1/workspaces/{workspace}/members/{member}", .duty(.govern), #"{"role":"support"}"#),
        door(.delete, "/api/v1/workspaces/{workspace}/members/{member}", .duty(.govern)),
        door(
            .post, "/api/v1/workspaces/{workspace}/invitations", .duty(.govern), #"{"email":"x@example.org","role":"assistant"}"#),
        door(.get, "/api/v1/workspaces/{workspace}/reports/readings", .duty(.govern)),
        door(.get, "/api/v1/workspaces/{workspace}/retention", .duty(.govern)),
        door(.put, "/api/v1/workspaces/{workspace}/retention", .duty(.govern), #"{"conversation_days":365,"raw_event_days":null}"#),
        door(.get, "/api/v1/conversations/{conversation}/export", .action(.export)),
        door(.delete, "/api/v1/conversations/{conversation}/contact", .action(.govern), isThere: false),
    ]

    private static let pages = conversationPages + deskPages + peoplePages

    private static let conversationPages = [
        door(.get, "/conversations/{id}", .action(.read)), door(.get, "/conversations/{id}/data", .action(.read)),
        door(.get, "/conversations/{id}/export", .action(.export)),
        door(.post, "/conversations/{id}/erasure", .action(.govern), "name=nobody", isThere: false),
        door(.get, "/attachments/{message}/{index}", .action(.read), isThere: false),
        door(.get, "/messages/{message}/mail", .action(.read), isThere: false),
        door(.get, "/messages/{message}/source", .action(.read), isThere: false),
        door(.get, "/messages/{message}/source/file", .action(.read), isThere: false),
        door(.get, "/ledger/receipts/{message}", .action(.read)), door(.get, "/ledger/receipts/{message}/file", .action(.read)),
        door(.post, "/conversations/{id}/assignment", .action(.handOver), "assignee=none"),
        door(.post, "/conversations/{id}/classification", .action(.reply), "topic=sales"),
        door(.post, "/conversations/{id}/draft", .action(.reply), "text=Hola"),
        door(.post, "/conversations/{id}/no-reply-needed", .action(.reply), "reason=spam"),
        door(.post, "/conversations/{id}/no-reply-needed/undo", .action(.reply), isThere: false),
        door(.post, "/conversations/{id}/notes", .action(.reply), "text=nota"),
        door(.post, "/conversations/{id}/replies", .action(.reply), "text=Sí&answers={message}&version=1&idempotency_key=k1"),
        door(.post, "/conversations/{id}/reveal", .action(.reveal), "reason=Pide+que+lo+llamen"),
        door(.post, "/conversations/{id}/snooze", .action(.reply), "until=2030-01-01T00:00:00Z"),
        door(.post, "/conversations/{id}/typing", .action(.reply)),
        door(.post, "/messages/{message}/reaction", .action(.reply), "emoji=👍"),
        door(.post, "/messages/{message}/resolution", .action(.reply), "outcome=was_sent", isThere: false),
        door(.post, "/messages/{message}/retry", .action(.reply), isThere: false),
        door(.post, "/messages/{message}/undo", .action(.reply), isThere: false),
        door(.post, "/commitments/{commitment}/settlement", .action(.reply), "reason=ya", isThere: false),
    ]

    private static let deskPages = [
        door(.get, "/", .identity), door(.get, "/search", .identity), door(.get, "/waiting", .identity), door(.get, "/help", .identity),
        door(.get, "/events", .identity), door(.get, "/health", .identity), door(.get, "/ledger", .identity, isThere: false),
        door(.get, "/ledger/head", .identity, isThere: false), door(.get, "/connect", .identity, isThere: false),
        door(.get, "/connect/mailbox", .identity, isThere: false),
        door(.post, "/connect/mailbox", .identity, "address=x", isThere: false),
        door(.get, "/connect/mailbox/drafts/{draft}", .identity, isThere: false),
        door(.post, "/connect/mailbox/drafts/{draft}", .identity, "act=try", isThere: false),
        door(.get, "/connect/mailbox/return", .identity, isThere: false),
        door(.get, "/settings", .identity), door(.post, "/settings", .identity, "locale=es"),
        door(.get, "/settings/account", .identity), door(.post, "/settings/account/password", .identity, "current=x", isThere: false),
        door(.post, "/settings/account/app", .identity), door(.post, "/settings/account/app/on", .identity, "code=1", isThere: false),
        door(.post, "/settings/account/app/off", .identity, "password=x", isThere: false),
        door(.post, "/settings/account/devices/{handle}/end", .identity, isThere: false),
        door(.get, "/settings/account/tokens", .identity),
        door(.post, "/settings/account/tokens/{handle}/revocation", .identity, isThere: false),
        door(.post, "/settings/account/identities/{provider}", .identity, "password=x", isThere: false),
        door(.post, "/settings/account/identities/{provider}/removal", .identity, "password=x", isThere: false),
        door(.post, "/settings/account/devices/end-others", .identity), door(.get, "/confirm", .identity),
        door(.post, "/confirm", .identity, "password=x", isThere: false), door(.post, "/connect", .identity, isThere: false),
        door(.get, "/settings/hours/{workspace}", .duty(.administer)),
        door(.post, "/settings/hours/{workspace}", .duty(.administer), "target=30&mode=always&supervisor=0"),
        door(.get, "/settings/summary/{workspace}", .duty(.govern)),
        door(.post, "/settings/summary/{workspace}", .duty(.govern), "inbox={inbox}&time=20:00"),
        door(.post, "/settings/summary/{workspace}/now", .duty(.govern), isThere: false),
        door(.post, "/settings/summary/{workspace}/end", .duty(.govern)),
        door(.post, "/settings/inboxes/{inbox}", .duty(.administer), "typing=on"),
        door(.post, "/incidents/{incident}/clearing", .duty(.administer), "word=visto", isThere: false),
        door(.post, "/raw-events/{event}/retry", .duty(.administer), "workspace={workspace}", isThere: false),
        door(.post, "/workspaces/{workspace}/release", .duty(.administer), "sure=yes"),
    ]

    private static let peoplePages = [
        door(.get, "/agreement/{workspace}", .membership),
        door(.post, "/agreement/{workspace}", .membership, "version=1&typed_name=x&password=x", isThere: false),
        door(.get, "/agreement/{workspace}/signatures/{entry}", .membership, isThere: false),
        door(.get, "/agreement/{workspace}/signatures/{entry}/text", .membership, isThere: false),
        door(.get, "/people/{workspace}/members/{member}/signatures/{entry}", .duty(.govern)),
        door(.get, "/people/{workspace}/members/{member}/signatures/{entry}/text", .duty(.govern)),
        door(.get, "/people/{workspace}", .duty(.govern)), door(.get, "/people/{workspace}/agreement", .duty(.govern)),
        door(.post, "/people/{workspace}/agreement", .duty(.govern), "act=preview&version=1&text=x", isThere: false),
        door(.post, "/people/{workspace}/invitations", .duty(.govern), "email=y@example.org&role=assistant"),
        door(.get, "/people/{workspace}/members/{member}", .duty(.govern)),
        door(.post, "/people/{workspace}/members/{member}", .duty(.govern), "role=support&mode=role"),
        door(.post, "/people/{workspace}/members/{member}/look", .duty(.govern)),
        door(.get, "/people/{workspace}/members/{member}/look", .duty(.govern)),
        door(.get, "/people/{workspace}/members/{member}/look/{conversation}", .duty(.govern), isThere: false),
        door(.post, "/people/{workspace}/members/{member}/revocation", .duty(.govern)),
        door(.get, "/people/{workspace}/data", .duty(.govern)),
        door(.post, "/people/{workspace}/data", .duty(.govern), "conversation_days=365&raw_event_days=&sure=yes"),
        door(.post, "/people/{workspace}/members/{member}/tokens/{handle}/revocation", .duty(.govern), isThere: false),
        door(.get, "/people/{workspace}/readings", .duty(.govern)), door(.get, "/people/{workspace}/readings/file", .duty(.govern)),
    ]

    private static let publicDoors = [
        door(.get, "/sign-in", .nothing), door(.post, "/sign-in", .nothing), door(.get, "/sign-in/code", .nothing),
        door(.post, "/sign-in/with/{provider}", .nothing), door(.get, "/sign-in/callback", .nothing),
        door(.post, "/sign-in/code", .nothing), door(.post, "/sign-out", .nothing), door(.get, "/setup", .nothing),
        door(.post, "/setup", .nothing), door(.get, "/invitations/{token}", .nothing), door(.post, "/invitations/{token}", .nothing),
        door(.get, "/healthz", .nothing), door(.get, "/readyz", .nothing), door(.get, "/metrics", .nothing),
        door(.get, "/api/openapi.json", .nothing), door(.get, "/.well-known/security.txt", .nothing), door(.get, "/static/**", .nothing),
        door(.get, "/webhooks/{inbox}", .nothing), door(.post, "/webhooks/{inbox}", .nothing),
    ]
}
