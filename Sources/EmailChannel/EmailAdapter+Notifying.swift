package import ChannelKit
package import DeskCore
import MailFormat
import MailTransport

extension EmailAdapter: Notifying {
    package func send(_ notice: PrincipalNotice, from account: ChannelAccount) async -> SendOutcome {
        do {
            let settings = try MailboxSettings(account)
            let letter = NoticeLetter(notice, settings)
            return SendOutcome(try await submit(letter.mail, settings, name: settings.domain), messageID: letter.messageID)
        } catch let failure as CollectionFailure {
            return .rejected(DeliveryFailure(failure))
        } catch {
            return .rejected(DeliveryFailure(.account, code: "settings", text: (error as? DeskError)?.message ?? "\(error)"))
        }
    }
}
