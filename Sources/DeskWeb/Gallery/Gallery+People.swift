import DeskCore

/// The pages about people: who they are, what they may see, what they read and sign.
extension Gallery {
    var peoplePages: [(name: String, page: any PageModel)] {
        [
            ("people", people(link: nil)), ("people-invited", people(link: "https://mesa.example/invitations/5f1c")), ("member", member),
            ("member-view", memberView(hasCards: true)), ("member-view-conversation", memberView(hasCards: false)),
            ("readings", readings(isEmpty: false)), ("readings-empty", readings(isEmpty: true)), ("agreement-editor", agreementEditor),
            ("data", data(hasError: false)), ("data-error", data(hasError: true)),
            ("summary", summary(isPlanned: true)), ("summary-none", summary(isPlanned: false)),
            ("contact-data", contactData(problem: nil)), ("contact-data-error", contactData(problem: .otherName)),
            ("tokens", TokensPage(tokens: tokens)), ("tokens-none", TokensPage(tokens: [])),
            ("account", account(isSettingUp: false)), ("account-app", account(isSettingUp: true)),
            ("sign-in-code", SignInCodePage(error: wording.text("signInCode.wrong"), next: "/")),
            ("confirm", ConfirmPage(email: "marta@example.com", passwordError: wording.fieldProblem(.passwordWrong), next: "/")),
        ]
    }

    var workspace: Workspace {
        Workspace(
            id: Workspace.ID("quiroga"), name: "Estudio Quiroga", locale: "es", timeZone: "America/Bogota", answerTarget: .minutes(60),
            createdAt: Self.now)
    }

    private var inbox: Inbox {
        Inbox(id: Inbox.ID("tienda"), workspace: workspace.id, channel: .whatsApp, name: "Tienda", account: "1", isSimulated: true)
    }

    private func row(_ name: String, _ role: Role, signed: Int? = nil, revokedAt: Instant? = nil) -> PeoplePage.Row {
        let user = User(
            id: User.ID(name), email: "\(name.lowercased())@example.com", name: name, locale: "es", timeZone: "America/Bogota")
        let membership = Membership(workspace: workspace.id, user: user.id, role: role, signedAgreement: signed, revokedAt: revokedAt)
        return PeoplePage.Row(user, membership, agreement: 2, wording: wording)
    }

    private func people(link: String?) -> PeoplePage {
        PeoplePage(
            workspace: workspace,
            members: [
                row("Marta", .principal), row("Lucía", .assistant, signed: 2), row("Bruno", .communityManager, signed: 1),
                row("Ema", .support, signed: 2, revokedAt: ago(90)),
            ], email: link == nil ? "nadie" : "", hasError: link == nil, link: link, wording: wording)
    }

    private var member: MemberPage {
        let grant = Grant(
            actions: [.read, .reply], inboxes: [inbox.id], topics: [.sales, .appointment], contactClasses: [.ordinary],
            isLimitedToOwn: true, endsAt: ahead(60 * 24 * 30))
        let membership = Membership(
            workspace: workspace.id, user: User.ID("Lucía"), role: .assistant, customGrant: grant, signedAgreement: 2)
        let form = MemberPage.FormValues(membership, inboxes: [inbox], endsOn: "2026-04-10", wording: wording)
        return MemberPage(
            row("Lucía", .assistant, signed: 2), workspace: workspace, form: form, hasError: true, signed: signed, tokens: tokens,
            wording: wording)
    }

    private var signed: [SignedCopyPage.Link] {
        [2, 1].map { version in
            SignedCopyPage.Link(
                workspace, version: version, at: ago(60 * 24 * 200 / version), path: "/agreement/quiroga/signatures/\(version)",
                wording: wording)
        }
    }

    private var tokens: [TokensPage.Row] {
        [("5f1c09aa77b2e4d0", nil), ("b24d0e5f1c09aa77", workspace.name)].map { handle, desk in
            TokensPage.Row(
                handle: handle, deskName: desk, createdAt: ago(60 * 24 * 9), expiresAt: ahead(60 * 24 * 81),
                path: "/settings/account/tokens/\(handle)/revocation", wording: wording)
        }
    }

    private func memberView(hasCards: Bool) -> MemberViewPage {
        let card = MemberViewPage.Card(
            path: "/people/quiroga/members/lucia/look/1", contactName: "Carlos Méndez", words: "Mi número es •••• •• 44", at: ago(12),
            wording: wording)
        let line = MemberViewPage.Line(who: "Carlos Méndez", words: "Mi número es •••• •• 44", at: ago(12), wording: wording)
        return MemberViewPage(
            memberName: "Lucía Ferro", memberPath: "/people/quiroga/members/lucia",
            listPath: hasCards ? nil : "/people/quiroga/members/lucia/look", cards: hasCards ? [card] : [], lines: hasCards ? [] : [line],
            wording: wording)
    }

    private func data(hasError: Bool) -> DataPage {
        DataPage(
            workspace: workspace, values: DataPage.Values(conversationDays: hasError ? "4000" : "365", rawEventDays: ""),
            channels: ["WhatsApp · Tienda"], hasError: hasError, wording: wording)
    }

    private func contactData(problem: ContactDataPage.Problem?) -> ContactDataPage {
        ContactDataPage(
            conversationID: "1", contactName: "Carlos Méndez", mayExport: true, mayErase: true, problem: problem, wording: wording)
    }

    private func readings(isEmpty: Bool) -> ReadingsPage {
        let acts: [(Reading.Act, [String: String])] = [
            (.opened, [:]), (.searched, ["words": "factura marzo"]), (.revealed, ["reason": "Pide que lo llamen"]), (.listed, [:]),
        ]
        let rows = acts.enumerated().map { index, act in
            let reading = Reading(
                id: Reading.ID("r\(index)"), workspace: workspace.id, reader: User.ID("Lucía"), act: act.0, way: index == 0 ? .api : .page,
                conversation: index == 0 ? Conversation.ID("1") : nil, details: act.1, at: ago(index * 7))
            return ReadingsPage.Row(reading, who: "Lucía Ferro", seenBy: index == 3 ? "Marta Quiroga" : nil, wording: wording)
        }
        let note = ReadingNote(reader: User.ID("Lucía"), kind: .muchReading, count: 64)
        return ReadingsPage(
            workspace: workspace, notes: isEmpty ? [] : [wording.readingNote(note, name: "Lucía Ferro")],
            bars: isEmpty
                ? []
                : [
                    .init(name: "Lucía Ferro", opened: 64, answered: 5, most: 64),
                    .init(name: "Bruno Paz", opened: 31, answered: 28, most: 64),
                ], people: [Choice(value: "lucia", label: "Lucía Ferro", isChosen: true)], act: .opened, rows: isEmpty ? [] : rows,
            filePath: "/people/quiroga/readings/file", nextPath: isEmpty ? nil : "/people/quiroga/readings?cursor=x", wording: wording)
    }

    private var agreementEditor: AgreementEditorPage {
        let text = "# Confidencialidad\n\nEste acuerdo es entre {principal} y {member}."
        let agreement = Agreement(workspace: workspace.id, version: 2, text: text, digest: String(repeating: "5f", count: 32))
        return AgreementEditorPage(
            workspace: workspace, text: text, version: 2, problem: .stale, preview: text,
            versions: [.init(agreement, publishedAt: ago(600), signatures: 3, isInForce: true, wording: wording)], wording: wording)
    }

    private func account(isSettingUp: Bool) -> AccountPage {
        let secret = TimedCode(secret: Array(repeating: 42, count: TimedCode.secretLength))
        return AccountPage(
            email: "marta@example.com", currentError: isSettingUp ? nil : wording.fieldProblem(.passwordWrong),
            passwordError: isSettingUp ? nil : wording.fieldProblem(.passwordCommon), isAppOn: !isSettingUp, recoveryCodesLeft: 8,
            setup: isSettingUp ? .init(secret, account: "marta@example.com") : nil,
            codeError: isSettingUp ? wording.text("signInCode.wrong") : nil,
            recoveryCodes: isSettingUp ? [] : ["abcd-efgh-ijkl-mnop", "qrst-uvwx-yz23-4567"],
            identities: [
                .init(IdentityProviderName(id: "google", name: "Google"), linkedAt: isSettingUp ? ago(3_000) : nil, wording: wording),
                .init(
                    IdentityProviderName(id: "keycloak", name: "Keycloak"), linkedAt: nil, problem: isSettingUp ? nil : .passwordWrong,
                    wording: wording),
            ],
            devices: [
                .init(
                    handle: "a", userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", place: "203.0.113.9", seenAt: ago(0),
                    isThis: true, wording: wording),
                .init(
                    handle: "b", userAgent: "Mozilla/5.0 (Linux; Android 15) Chrome/140.0", place: "203.0.113.10", seenAt: ago(200),
                    isThis: false, wording: wording),
            ], signed: isSettingUp ? [] : signed, wording: wording)
    }
}
