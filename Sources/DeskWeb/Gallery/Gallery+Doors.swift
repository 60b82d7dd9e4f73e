import DeskCore

/// The pages before the desk: setting up, signing in, being invited, signing, and errors.
extension Gallery {
    private var timeZones: [Choice] {
        .timeZones(["America/Argentina/Buenos_Aires", "America/Bogota", "America/Sao_Paulo", "Europe/Madrid"], chosen: "America/Bogota")
    }

    var doorPages: [(name: String, page: any PageModel)] {
        [
            ("setup", SetupPage(token: Field("sample"), languages: languages, timeZones: timeZones)),
            ("setup-errors", setupWithErrors),
            ("sign-in", SignInPage()),
            ("sign-in-demo", demoSignIn), ("sign-in-provider", providerSignIn),
            ("leaving", LeavingPage(providerName: "Google", address: "https://accounts.example/authorize?state=1", wording: wording)),
            ("invitation", invitation),
            ("agreement", agreement(signature: nil)),
            (
                "agreement-signed",
                agreement(
                    signature: .init(
                        name: "Lucía Ferro", at: ago(3), digest: sampleDigest, copyPath: "/agreement/quiroga/signatures/12",
                        wording: wording))
            ),
            ("signed-copy", signedCopy(isAsSigned: true)), ("signed-copy-renamed", signedCopy(isAsSigned: false)),
            ("error-404", ErrorPage(status: 404, wording: wording)),
            ("error-403", ErrorPage(status: 403, wording: wording)),
            ("error-500", ErrorPage(status: 500, requestID: "4f1c9a", wording: wording)),
        ] + providerRefusals
    }

    private var languages: [Choice] { .languages(chosen: wording.catalogue.language) }

    var sampleDigest: String { "9f2c61b07ad35e48c1f0a27be4d88319c5037f6e2ab94d10e8c77f35b6a1d204" }

    private var setupWithErrors: SetupPage {
        SetupPage(
            token: Field("x", error: wording.fieldProblem(.tokenWrong)), workspaceName: Field("Estudio Quiroga"),
            ownerName: Field("", error: wording.fieldProblem(.required)), email: Field("quiroga", error: wording.fieldProblem(.email)),
            passwordError: wording.fieldProblem(.passwordShort), languages: languages, timeZones: timeZones)
    }

    private var demoSignIn: SignInPage {
        SignInPage(
            email: "lucia@example.com", error: wording.fieldProblem(.signInWrong),
            samplePeople: [
                .init(name: "Lucía (asistencia)", email: "lucia@example.com", password: "sample-password"),
                .init(name: "Inés Quiroga (titular)", email: "ines@example.com", password: "sample-password"),
            ])
    }

    private var providerSignIn: SignInPage {
        SignInPage(providers: [
            ProviderButton(IdentityProviderName(id: "google", name: "Google"), wording: wording),
            ProviderButton(IdentityProviderName(id: "quiroga", name: "Cuenta del Estudio Quiroga"), wording: wording),
        ])
    }

    private var providerRefusals: [(name: String, page: any PageModel)] {
        ProviderRefusalPage.Reason.allCases.map { reason in
            ("provider-\(reason.rawValue)", ProviderRefusalPage(reason, isSignedIn: reason == .taken, wording: wording))
        }
    }

    private var invitation: InvitationPage {
        InvitationPage(
            token: "sample", workspaceName: "Estudio Quiroga", inviterName: "Inés Quiroga", roleName: wording.role("assistant"),
            email: "lucia@example.com", covers: ["WhatsApp · Tienda", "WhatsApp · Reservas"], name: Field("Lucía Ferro"))
    }

    private func signedCopy(isAsSigned: Bool) -> SignedCopyPage {
        let workspace = Workspace(
            id: Workspace.ID("quiroga"), name: "Estudio Quiroga", locale: "es", timeZone: "America/Bogota", answerTarget: .minutes(60),
            createdAt: Self.now)
        let member = User(
            id: User.ID("lucia"), email: "lucia@example.com", name: "Lucía Ferro", locale: "es", timeZone: "America/Bogota")
        let entry = LedgerEntry(
            workspace: workspace.id, sequence: 12, at: ago(3), kind: .agreementSigned, subject: member.id.text, details: [:],
            previousHash: sampleDigest, hash: sampleDigest)
        return SignedCopyPage(
            workspace: workspace, member: member, principalName: "Marta Quiroga", version: 2, text: agreementText,
            signature: .init(digest: sampleDigest, isAsSigned: isAsSigned, entry: entry),
            side: isAsSigned ? .member : .principal(memberPath: "/people/quiroga/members/lucia"),
            path: "/agreement/quiroga/signatures/12", wording: wording)
    }

    private var agreementText: String {
        """
        # 1. Qué se cuida

        Los mensajes, los nombres y los números de quienes escriben son de quien los escribió y del titular. Se usan solo para
        responderles.

        # 2. Qué no se hace

        No se copian, no se fotografían y no se comentan fuera de la mesa, tampoco después de terminar el trabajo.

        # 3. Qué queda anotado

        Cada lectura y cada respuesta queda en el registro, con nombre y hora.
        """
    }

    private func agreement(signature: AgreementPage.Signature?) -> AgreementPage {
        AgreementPage(
            workspaceID: "quiroga", workspaceName: "Estudio Quiroga", version: 2, text: agreementText, expectedName: "Lucía Ferro",
            signature: signature)
    }
}
