import DeskCore
import DeskServices

/// Names of people, looked up once for a page.
struct PeopleNames {
    private let session: any StorageSession
    private var known: [User.ID: String] = [:]

    init(_ session: any StorageSession) { self.session = session }

    mutating func name(of user: User.ID) throws -> String {
        if let name = known[user] { return name }
        let name = try session.people.user(user)?.name ?? "?"
        known[user] = name
        return name
    }
}
