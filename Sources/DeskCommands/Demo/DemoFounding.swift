import DeskCore
import DeskServices
import DeskWeb

/// The first day of the bakery's desk: workspace, numbers, people, signatures.
struct DemoFounding: Sendable {
    static let moment = Moment.daysBack(6, hour: 9, minute: 0)

    let context: DeskContext
    let passwords: any PasswordHashing

    /// What the stories need to know of it.
    struct Outcome: Sendable {
        let people: [DemoBusiness.Person: User]
        let inboxes: [DemoBusiness.Number: Inbox]
    }

    func found() async throws -> Outcome {
        let marta = DemoBusiness.Person.marta
        let (workspace, owner) = try await SetUpWorkspace(context, passwords: passwords).setUp(
            SetUpWorkspace.Request(
                name: DemoBusiness.name, ownerEmail: marta.email, ownerName: marta.name, password: Secret(marta.password),
                locale: marta.language.rawValue, timeZone: DemoBusiness.timeZone, agreement: try AgreementTemplate.text(in: .spanish)))
        var inboxes: [DemoBusiness.Number: Inbox] = [:]
        for number in DemoBusiness.Number.allCases {
            inboxes[number] = try await ConnectInbox(context).connect(
                number.connection(in: workspace.id, base: PastMeta.base(of: number)))
        }
        var people = [marta: owner]
        for person in DemoBusiness.Person.everyone where person != marta {
            people[person] = try await hire(person, to: workspace.id)
        }
        return Outcome(people: people, inboxes: inboxes)
    }

    /// By link, password and signature, as everybody is.
    private func hire(_ person: DemoBusiness.Person, to workspace: Workspace.ID) async throws -> User {
        let invitations = InviteMember(context, passwords: passwords)
        let link = try await invitations.invite(email: person.email, to: workspace, as: person.role)
        var user = try await invitations.accept(link.text.exposed(), name: person.name, password: Secret(person.password))
        let agreements = SignAgreement(context, passwords: passwords)
        let version = try await agreements.agreement(of: workspace, for: user.id).agreement.version
        try await agreements.sign(version, of: workspace, by: user, typedName: person.name, password: Secret(person.password))
        user.locale = person.language.rawValue
        try await context.storage.write { [user] session in try session.people.update(user) }
        return user
    }
}
