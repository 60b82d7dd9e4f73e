import DeskCore
import DeskServices
import DeskWeb
import ProviderSimulators

/// The made-up business of the demonstration: a bakery in Valencia, its people and its two numbers.
enum DemoBusiness {
    static let name = "Panadería La Espiga"
    static let timeZone = "Europe/Madrid"

    /// Somebody who works there, with a password that is no secret: it is printed at start and stands on the sign-in page.
    struct Person: Sendable, Hashable {
        let name: String
        let email: String
        let password: String
        let role: Role
        let language: Language

        var signIn: SignInPage.SamplePerson {
            SignInPage.SamplePerson(name: "\(name), \(role.rawValue.replacing("_", with: " "))", email: email, password: password)
        }

        static let marta = Person(
            name: "Marta Olmedo", email: "marta@demo.contesta", password: "pan-y-chocolate", role: .principal, language: .spanish)
        static let lucia = Person(
            name: "Lucía Ferrer", email: "lucia@demo.contesta", password: "cafe-con-leche", role: .assistant, language: .spanish)
        static let thiago = Person(
            name: "Thiago Nunes", email: "thiago@demo.contesta", password: "bolo-de-milho", role: .communityManager, language: .portuguese)

        static let everyone = [marta, lucia, thiago]
    }

    /// A number of the business, each with a simulator of its own. Ids and secrets are fixed and worth nothing: only the simulator
    /// on this machine takes them.
    enum Number: String, Sendable, Hashable, CaseIterable {
        case shop, events

        var inboxName: String {
            switch self {
            case .shop: "Tienda"
            case .events: "Pedidos y eventos"
            }
        }

        var account: MetaAccount {
            let digit = self == .shop ? "1" : "2"
            return MetaAccount(
                phoneNumberID: "10000000000000\(digit)", businessAccountID: "20000000000000\(digit)",
                displayPhoneNumber: "3496000000\(digit)", verifiedName: DemoBusiness.name, appSecret: Secret("demo-app-secret-\(digit)"),
                accessToken: Secret("demo-access-token-\(digit)"), verifyToken: Secret("demo-verify-token-\(digit)"))
        }

        /// The inbox as it is connected.
        /// - Parameter base: where the simulator listens.
        func connection(in workspace: Workspace.ID, base: String) -> ConnectInbox.Request {
            ConnectInbox.Request(
                workspace: workspace, channel: .whatsApp, name: inboxName, account: account.phoneNumberID, settings: settings(base: base),
                secrets: [
                    "app_secret": account.appSecret, "access_token": account.accessToken, "verify_token": account.verifyToken,
                ], isSimulated: true)
        }

        func settings(base: String) -> [String: String] {
            [
                "phone_number_id": account.phoneNumberID, "waba_id": account.businessAccountID, "api_base": base,
                InboxConnection.typingSetting: "on",
            ]
        }
    }
}
