/// What every page needs to know about the request that it answers.
package struct PageContext: Sendable {
    package var wording: Wording
    /// Nil before sign-in.
    package var user: SignedInUser?
    package var workspaceName: String?
    /// Goes into every form as `csrf`.
    package var csrfToken: String
    /// The nonce of this response's Content-Security-Policy, for the module scripts. Base64, fresh for each response.
    package var nonce: String
    /// Path and query of the request, so that settings and sign-in can lead back.
    package var path: String
    package var theme: Theme
    package var textSize: TextSize
    /// Whether single-key shortcuts work for this user.
    package var singleKeysEnabled: Bool
    /// One-time notices, usually carried over a redirect.
    package var flashes: [Flash]
    /// How many people wait, for the badge beside "Cola"; nil hides it.
    package var owedCount: Int?
    /// How many sends and events wait for a person's decision; nil or 0 hides the badge.
    package var decisionCount: Int?
    /// Says loudly that this desk is a demonstration or test: its channels are simulated.
    package var isDemo: Bool
    /// Says on every page, in finished words, that nothing is sent; nil when all is as usual.
    package var holdNotice: String?

    package init(
        wording: Wording, user: SignedInUser? = nil, workspaceName: String? = nil, csrfToken: String, nonce: String, path: String,
        theme: Theme = .system, textSize: TextSize = .normal, singleKeysEnabled: Bool = true, flashes: [Flash] = [],
        owedCount: Int? = nil, decisionCount: Int? = nil, isDemo: Bool = false, holdNotice: String? = nil
    ) {
        self.holdNotice = holdNotice
        self.wording = wording
        self.user = user
        self.workspaceName = workspaceName
        self.csrfToken = csrfToken
        self.nonce = nonce
        self.path = path
        self.theme = theme
        self.textSize = textSize
        self.singleKeysEnabled = singleKeysEnabled
        self.flashes = flashes
        self.owedCount = owedCount
        self.decisionCount = decisionCount
        self.isDemo = isDemo
    }
}

/// The person at this screen.
package struct SignedInUser: Sendable {
    package let name: String
    package let initials: String
    /// Their role in words, as the workspace calls it; nil when it matters to nobody.
    package let role: String?

    package init(name: String, role: String? = nil) {
        self.name = name
        self.initials = Initials.of(name)
        self.role = role
    }
}

/// Light, dark, or what the device says. The raw value is what the settings form sends.
package enum Theme: String, Sendable, CaseIterable {
    case system, light, dark
}

/// How large the words are. The raw value is what the settings form sends.
package enum TextSize: String, Sendable, CaseIterable {
    case normal, large, larger
}

/// A notice that is shown once on the next page.
package struct Flash: Sendable {
    package enum Kind: String, Sendable {
        /// Something was done.
        case done
        /// Something was not done; the text says what was kept and what to do.
        case problem
    }

    package let kind: String
    package let isProblem: Bool
    package let text: String

    /// - Parameter text: finished words; `Wording.text("flash.…")` has the usual ones.
    package init(_ kind: Kind, _ text: String) {
        self.kind = kind.rawValue
        self.isProblem = kind == .problem
        self.text = text
    }
}
