import ArgumentParser
import DeskCore
import DeskServices
import Foundation

/// `contesta erase`.
struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Erase a contact with everything that was said, for good.",
        discussion: """
            Messages, files, raw events, words of the index and the keys that they were sealed with go; the ledger stays provable, since \
            it holds ids, times and salted commitments only. A contact's id is in the address of contesta export's files and in the \
            interface. Backups that were made before still hold the contact: delete them, or the master key of their time.
            """)

    @Argument(help: "The contact's id.")
    var contact: String

    @Flag(help: "Say that you mean it.")
    var yes = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        try await store.withDesk { desk in
            let id = Contact.ID(contact)
            guard let place = try await desk.context.storage.read({ try $0.data.contact(id) }) else {
                throw DeskError(.notFound, message: "There is no contact \(contact). Nothing was changed.")
            }
            guard yes else {
                throw DeskError(
                    .invalidRequest,
                    message:
                        "This erases a contact of \(place.contact.identities.count) address(es) for good. Nothing was changed; say --yes.")
            }
            try await EraseContact(desk.context, blobs: desk.blobs).erase(id, for: .operatorRequest)
            print("erased: \(contact)")
        }
    }
}
