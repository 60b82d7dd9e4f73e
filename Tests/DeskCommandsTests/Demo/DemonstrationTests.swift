import DeskCore
import DeskServices
import DeskWeb
import Logging
import Testing

@testable import DeskCommands

struct DemonstrationTests {
    private let logger = Logger(label: "demo") { _ in SwiftLogNoOpLogHandler() }

    @Test func secondStartSeedsNothing() async throws {
        try await PlantedDesk.use { planted in
            let head = try await planted.ledgerHead()
            let demonstration = try await Demonstration.prepare(planted.desk, logger: logger)
            #expect(try await planted.ledgerHead() == head)
            #expect(try await Demonstration.isMadeUp(planted.desk), "and its pages say so, however it is started")
            #expect(demonstration.services.count == 3, "two simulators, and the life on them")
            #expect(demonstration.samplePeople.map(\.email).contains("marta@demo.contesta"))
        }
    }

    @Test func refusesSomebodysDeskAndLeavesItAsItIs() async throws {
        try await EmptyDesk.use { desk, _ in
            _ = try await SetUpWorkspace(desk.context, passwords: desk.passwords).setUp(
                SetUpWorkspace.Request(
                    name: "Ferretería Sur", ownerEmail: "ana@example.org", ownerName: "Ana", password: Secret("una frase larga"),
                    locale: "es", timeZone: "Europe/Madrid", agreement: "Lo que aquí se lee, aquí se queda."))
            let refusal = await #expect(throws: DeskError.self) { try await Demonstration.prepare(desk, logger: logger) }
            #expect(refusal?.code.rawValue == "not_empty")
            let inboxes = try await desk.context.storage.read { try $0.inboxes.all() }
            #expect(inboxes.isEmpty)
            #expect(try await !Demonstration.isMadeUp(desk))
        }
    }

    @Test func refusesADemonstrationThatWasStoppedWhileItWasBeingMade() async throws {
        try await EmptyDesk.use { desk, _ in
            let founding = DemoFounding(context: desk.context, passwords: desk.passwords)
            _ = try await founding.found()
            #expect(try await Demonstration.state(of: desk) == .unfinished)
        }
    }

    @Test func samplePeopleCanSignIn() async throws {
        try await PlantedDesk.use { planted in
            let signIn = SignIn(planted.desk.context, passwords: planted.desk.passwords)
            for person in DemoBusiness.Person.everyone {
                let user = try await signIn.signIn(
                    email: person.email, password: Secret(person.password), from: SignInOrigin(place: "127.0.0.1", device: "")
                ).user
                #expect(user.name == person.name)
            }
        }
    }

    @Test func neighboursAreNeverTheSamePersonTwice() {
        let identities = Stories.all.flatMap(\.neighbour.identities)
        #expect(Set(identities).count == identities.count)
        #expect((25...45).contains(Stories.all.count))
        #expect(Set(Stories.all.map(\.neighbour.language)) == Set(Language.allCases))
    }
}
