import DeskCore
import DeskServices

extension SQLStatement {
    fileprivate static func setPlace(_ place: String, of inbox: Inbox) -> SQLStatement {
        """
        INSERT INTO collections (workspace, inbox, place)
        VALUES (\(inbox.workspace), \(inbox.id), \(place, sealedFor: .workspace(inbox.workspace)))
        ON CONFLICT (workspace, inbox) DO UPDATE SET place = excluded.place
        """
    }

    fileprivate static func setStanding(_ standing: String, of inbox: Inbox) -> SQLStatement {
        """
        INSERT INTO collections (workspace, inbox, standing)
        VALUES (\(inbox.workspace), \(inbox.id), \(standing, sealedFor: .workspace(inbox.workspace)))
        ON CONFLICT (workspace, inbox) DO UPDATE SET standing = excluded.standing
        """
    }

    fileprivate static func collection(of inbox: Inbox.ID) -> SQLStatement {
        """
        SELECT place, standing FROM collections
        WHERE workspace = (SELECT workspace FROM inboxes WHERE id = \(inbox)) AND inbox = \(inbox)
        """
    }
}

struct SQLCollectionRepository: CollectionRepository {
    let connection: any SQLConnection

    func place(of inbox: Inbox.ID) throws -> String? {
        try connection.first(.collection(of: inbox))?.optionalSealedText("place")
    }

    func setPlace(_ place: String, of inbox: Inbox) throws { try connection.perform(.setPlace(place, of: inbox)) }

    func standing(of inbox: Inbox.ID) throws -> CollectionStanding? {
        try connection.first(.collection(of: inbox))?.optionalSealedJSON("standing")
    }

    func setStanding(_ standing: CollectionStanding, of inbox: Inbox) throws {
        try connection.perform(.setStanding(try JSONText.encode(standing), of: inbox))
    }
}
