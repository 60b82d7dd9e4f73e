import DeskCore
import MailFormat

/// Who a mail is from, and with that to whom an answer goes.
///
/// `Reply-To` is what a stranger writes, so it is followed only where the sender stands behind it: where it is of the same domain, or
/// where the sender is nobody who could be answered (a form in our own name, an address that nobody reads).
struct MailSender {
    let correspondent: Correspondent
    /// Whether a web form wrote it for somebody.
    let isForm: Bool
    /// Whether answers are asked for at another place than they are sent to.
    let asksForAnswersElsewhere: Bool

    init(_ mail: Mail, ownAddress: String) {
        let from = mail.from.first
        let asked = mail.replyTo.count == 1 ? mail.replyTo.first { $0.key != ownAddress && $0.key.contains("@") } : nil
        let isNobody = from.map { $0.key == ownAddress || $0.isReadByNobody } ?? true
        let isSameDomain = asked.map { $0.domain == from?.domain } ?? false
        let followed = asked.flatMap { isNobody || isSameDomain ? $0 : nil }
        let author = followed ?? from
        correspondent = Correspondent(
            identities: author.map { [ProviderIdentity(.mailAddress, $0.key)] } ?? [],
            name: author.flatMap { [$0.name, followed == nil ? "" : from?.name ?? ""].first { !$0.isEmpty } })
        isForm =
            isNobody && followed != nil && author?.isReadByNobody == false
            && !mail.headers.contains("Auto-Submitted") && !mail.headers.contains("List-Id")
        asksForAnswersElsewhere = asked.map { $0.key != from?.key && followed == nil } ?? false
    }
}
