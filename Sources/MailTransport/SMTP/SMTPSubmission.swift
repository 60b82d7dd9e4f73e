import DeskCore
import Foundation

/// A mail to hand in: the envelope, and what is in it.
package struct OutgoingMail: Hashable, Sendable {
    package let sender: String
    package let recipients: [String]
    /// Header and body, with lines that end in CR LF.
    package let bytes: [UInt8]
    /// Comes back with reports on its delivery (RFC 3461 section 4.4).
    package let envelopeID: String?

    package init(sender: String, recipients: [String], bytes: [UInt8], envelopeID: String? = nil) {
        self.sender = sender
        self.recipients = recipients
        self.bytes = bytes
        self.envelopeID = envelopeID
    }
}

/// How handing in a mail ended.
package enum SubmissionOutcome: Hashable, Sendable {
    /// The server took it over, and answers for it from now on (RFC 5321 section 6.1).
    case accepted(reply: String)
    /// The server surely has nothing.
    case refused(Refusal)
    /// The connection ended between the last byte and the answer: nobody can tell.
    case unknown(String)

    package struct Refusal: Hashable, Sendable {
        package enum Cause: Sendable, Hashable { case connection, credentials, sender, recipient, content }

        package let cause: Cause
        /// The server's words, or ours where it had none.
        package let reason: String
        /// Of RFC 3463, or the reply's number.
        package let code: String?
        package let isTransient: Bool
    }
}

/// Hands mails in (RFC 6409). All recipients or none: a mail of which some would hear and others not is taken back before its content.
package struct SMTPSubmission {
    private let connection: any MailConnection
    private let patience: Duration
    private let name: String
    private var replies = SMTPReplies()
    /// What the server said it can, by word in upper case.
    private var abilities: [String: String] = [:]

    /// Hands a mail in, over a connection of its own.
    /// - Parameters:
    ///   - name: what we call ourselves (RFC 5321 section 4.1.1.1).
    ///   - patience: how long the server may say nothing; RFC 5321 section 4.5.3.2 asks for ten minutes after the last dot.
    package static func submit(
        _ mail: OutgoingMail, to server: MailServer, _ credentials: MailCredentials, name: String, patience: Duration = .seconds(120)
    ) async -> SubmissionOutcome {
        do throws(MailFault) {
            let connection = try await ChannelConnection.open(to: server, within: .seconds(30))
            return await submit(mail, over: connection, server.security, credentials, name: name, patience: patience)
        } catch {
            return .refused(.init(cause: .connection, reason: error.reason, code: error.kind.rawValue, isTransient: error.isTransient))
        }
    }

    static func submit(
        _ mail: OutgoingMail, over connection: any MailConnection, _ security: MailServer.Security, _ credentials: MailCredentials,
        name: String, patience: Duration
    ) async -> SubmissionOutcome {
        var submission = SMTPSubmission(connection: connection, patience: patience, name: name)
        let outcome = await submission.outcome(of: mail, security, credentials)
        await submission.leave()
        return outcome
    }

    /// Tries the server and the credentials, and hands nothing in.
    package static func test(
        _ server: MailServer, _ credentials: MailCredentials, name: String, patience: Duration = .seconds(30)
    ) async throws(MailFault) {
        let connection = try await ChannelConnection.open(to: server, within: patience)
        var submission = SMTPSubmission(connection: connection, patience: patience, name: name)
        do throws(Step) {
            try await submission.enter(server.security, credentials)
            await submission.leave()
        } catch {
            await submission.leave()
            throw error.fault
        }
    }

    /// Politely, and without waiting for the answer.
    private func leave() async {
        try? await connection.send(Array("QUIT\r\n".utf8))
        await connection.close()
    }

    /// Where it went wrong: a fault of the conversation, or a reply that says no.
    private enum Step: Error {
        case fault(MailFault)
        case refused(SubmissionOutcome.Refusal)

        var fault: MailFault {
            switch self {
            case .fault(let fault): fault
            case .refused(let refusal):
                MailFault(
                    refusal.cause == .credentials ? .unauthenticated : .refused, refusal.reason, isTransient: refusal.isTransient)
            }
        }

        var outcome: SubmissionOutcome {
            switch self {
            case .fault(let fault):
                .refused(.init(cause: .connection, reason: fault.reason, code: fault.kind.rawValue, isTransient: fault.isTransient))
            case .refused(let refusal): .refused(refusal)
            }
        }
    }

    private init(connection: any MailConnection, patience: Duration, name: String) {
        self.connection = connection
        self.patience = patience
        self.name = name
    }

    private mutating func outcome(
        of mail: OutgoingMail, _ security: MailServer.Security, _ credentials: MailCredentials
    ) async -> SubmissionOutcome {
        do throws(Step) {
            try await enter(security, credentials)
            try await address(mail)
        } catch {
            return error.outcome
        }
        return await content(mail)
    }

    /// Up to where a mail can begin.
    private mutating func enter(_ security: MailServer.Security, _ credentials: MailCredentials) async throws(Step) {
        try Self.require(try await hear(), .connection)
        try await greet()
        if security == .startTLS {
            try Self.require(try await say("STARTTLS"), .connection)
            guard !replies.hasRest else {
                throw .fault(MailFault(.insecure, "The server said more than was asked before TLS began."))
            }
            do { try await connection.startTLS() } catch { throw .fault(error) }
            try await greet()
        }
        // A relay on this machine may want no proof.
        if abilities["AUTH"] != nil || security != .plain { try await prove(credentials) }
    }

    private mutating func greet() async throws(Step) {
        let reply = try await say("EHLO \(name)")
        try Self.require(reply, .connection)
        abilities = [:]
        for line in reply.lines.dropFirst() {
            // Servers of before RFC 2554 write `AUTH=LOGIN`.
            let words = line.split(maxSplits: 1) { " =".contains($0) }
            if let word = words.first { abilities[word.uppercased(), default: ""] += words.count > 1 ? " \(words[1].uppercased())" : "" }
        }
    }

    private mutating func prove(_ credentials: MailCredentials) async throws(Step) {
        let mechanisms = abilities["AUTH", default: ""].split(separator: " ")
        let response = Data(credentials.initialResponse).base64EncodedString()
        guard case .password(let user, let password) = credentials, !mechanisms.contains("PLAIN"), mechanisms.contains("LOGIN") else {
            var reply = try await say("AUTH \(credentials.mechanism) \(response)")
            // XOAUTH2 says why in a question, and no only after an empty answer.
            if reply.code == 334 { reply = try await say("") }
            return try Self.require(reply, .credentials)
        }
        for word in ["AUTH LOGIN", Data(user.utf8).base64EncodedString(), Data(password.exposed().utf8).base64EncodedString()] {
            try Self.require(try await say(word), .credentials)
        }
    }

    private mutating func address(_ mail: OutgoingMail) async throws(Step) {
        if let most = abilities["SIZE"].flatMap({ Int($0.drop { $0 == " " }) }), most > 0, mail.bytes.count > most {
            let reason = "The mail has \(mail.bytes.count) bytes, and the server takes \(most)."
            throw .refused(.init(cause: .content, reason: reason, code: "5.3.4", isTransient: false))
        }
        try Self.require(try await say("MAIL FROM:<\(mail.sender)>\(parameters(of: mail))"), .sender)
        let reports = abilities["DSN"] == nil ? "" : " NOTIFY=FAILURE,DELAY"
        for recipient in mail.recipients {
            try Self.require(try await say("RCPT TO:<\(recipient)>\(reports)"), .recipient)
        }
        try Self.require(try await say("DATA"), .content)
    }

    private func parameters(of mail: OutgoingMail) -> String {
        var parameters: [String] = []
        if abilities["SIZE"] != nil { parameters.append("SIZE=\(mail.bytes.count)") }
        if abilities["DSN"] != nil {
            parameters.append("RET=HDRS")
            if let id = mail.envelopeID { parameters.append("ENVID=\(id)") }
        }
        let isInternational = ([mail.sender] + mail.recipients).contains { !$0.utf8.allSatisfy { $0 < 128 } }
        if isInternational, abilities["SMTPUTF8"] != nil { parameters.append("SMTPUTF8") }
        if abilities["8BITMIME"] != nil, mail.bytes.contains(where: { $0 >= 128 }) { parameters.append("BODY=8BITMIME") }
        return parameters.map { " " + $0 }.joined()
    }

    /// From the last dot on, only a reply tells whether the server has the mail.
    private mutating func content(_ mail: OutgoingMail) async -> SubmissionOutcome {
        do throws(MailFault) {
            try await connection.send(Self.stuffed(mail.bytes))
        } catch {
            return .unknown("The connection ended while the mail was handed in: \(error.reason)")
        }
        do throws(Step) {
            let reply = try await hear()
            if reply.isPositive { return .accepted(reply: reply.text) }
            return .refused(Self.refusal(reply, .content))
        } catch {
            return .unknown("The mail was handed in, and no answer came: \(error.fault.reason)")
        }
    }

    /// With its dots doubled at the beginnings of lines, and the last dot (RFC 5321 section 4.5.2).
    static func stuffed(_ bytes: [UInt8]) -> [UInt8] {
        var stuffed: [UInt8] = []
        stuffed.reserveCapacity(bytes.count + bytes.count / 64 + 5)
        var isAtStart = true
        for byte in bytes {
            if isAtStart, byte == UInt8(ascii: ".") { stuffed.append(byte) }
            stuffed.append(byte)
            isAtStart = byte == UInt8(ascii: "\n")
        }
        if !isAtStart { stuffed += Array("\r\n".utf8) }
        return stuffed + Array(".\r\n".utf8)
    }

    private mutating func say(_ line: String) async throws(Step) -> SMTPReply {
        guard line.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }) else {
            throw .fault(MailFault(.garbled, "An address holds a control character.", isTransient: false))
        }
        do { try await connection.send(Array("\(line)\r\n".utf8)) } catch { throw .fault(error) }
        return try await hear()
    }

    private mutating func hear() async throws(Step) -> SMTPReply {
        do throws(MailFault) {
            while true {
                if let reply = try replies.next() { return reply }
                let bytes = try await connection.receive(within: patience)
                guard !bytes.isEmpty else { throw MailFault(.timedOut, "The server has said nothing for \(patience).") }
                replies.append(bytes)
            }
        } catch {
            throw .fault(error)
        }
    }

    private static func require(_ reply: SMTPReply, _ cause: SubmissionOutcome.Refusal.Cause) throws(Step) {
        guard reply.isPositive else { throw .refused(refusal(reply, cause)) }
    }

    private static func refusal(_ reply: SMTPReply, _ cause: SubmissionOutcome.Refusal.Cause) -> SubmissionOutcome.Refusal {
        .init(
            cause: cause, reason: MailFault(.refused, reply.text).reason, code: reply.enhancedCode ?? String(reply.code),
            isTransient: reply.isTransient)
    }
}
