import DeskServices

/// A protection of the desk taken away on purpose, to see that the simulation notices. Each is a wrapper around the real thing, so that
/// the program itself has no such switch.
package enum Sabotage: String, Sendable, CaseIterable {
    /// Provider's ids and event keys are no longer unique: what is delivered again is taken for new.
    case droppingUnique = "dropping-unique"
    /// The provider is told “received” whether or not the commit holds.
    case acknowledgingEarly = "acknowledging-early"
    /// A call that ended unknown is taken for refused, and so repeated.
    case resendingOnTimeout = "resending-on-timeout"
    /// The frozen recipient's digest is no longer compared.
    case skippingRecipientCheck = "skipping-recipient-check"
}

extension Sabotage? {
    func storage(_ storage: any Storage) -> any Storage {
        switch self {
        case .droppingUnique: SabotagedStorage(storage: storage) { ForgetfulSession(session: $0) }
        case .skippingRecipientCheck: SabotagedStorage(storage: storage) { TrustingSession(session: $0) }
        case .acknowledgingEarly, .resendingOnTimeout, nil: storage
        }
    }

    func channels(_ channels: any ChannelGateway) -> any ChannelGateway {
        switch self {
        case .resendingOnTimeout: HastyChannels(channels: channels)
        case .droppingUnique, .acknowledgingEarly, .skippingRecipientCheck, nil: channels
        }
    }
}
