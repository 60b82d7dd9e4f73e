/// A conversation with a server, in bytes. One task at a time uses it.
package protocol MailConnection: Sendable {
    /// - Throws: `disconnected`, `timedOut`.
    func send(_ bytes: [UInt8]) async throws(MailFault)

    /// What has come, as it comes.
    /// - Returns: nothing when nothing came within the time.
    /// - Throws: `disconnected`, `insecure`.
    func receive(within time: Duration) async throws(MailFault) -> [UInt8]

    /// Goes over to TLS in the middle of the conversation.
    /// - Throws: `insecure`, also when the server has said something before that could pass for what it says under protection
    ///   (the injection of CVE-2011-0411).
    func startTLS() async throws(MailFault)

    func close() async
}
