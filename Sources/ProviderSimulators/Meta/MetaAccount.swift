package import DeskCore

/// The WhatsApp number that the simulator plays, and the secrets that it shares with its client.
package struct MetaAccount: Sendable {
    package let phoneNumberID: String
    package let businessAccountID: String
    /// Digits only, as webhooks carry it.
    package let displayPhoneNumber: String
    package let verifiedName: String
    /// Signs webhooks.
    package let appSecret: Secret
    /// The only bearer token that the Graph side takes.
    package let accessToken: Secret
    /// Sent in the handshake with the webhook.
    package let verifyToken: Secret

    package init(
        phoneNumberID: String, businessAccountID: String, displayPhoneNumber: String = "34911000000", verifiedName: String = "Contesta",
        appSecret: Secret, accessToken: Secret, verifyToken: Secret
    ) {
        self.phoneNumberID = phoneNumberID
        self.businessAccountID = businessAccountID
        self.displayPhoneNumber = displayPhoneNumber
        self.verifiedName = verifiedName
        self.appSecret = appSecret
        self.accessToken = accessToken
        self.verifyToken = verifyToken
    }
}
