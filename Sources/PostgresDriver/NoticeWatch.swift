import CLibpq

/// Listens to what a server remarks beside its answers. Of interest is one remark: that a COMMIT stopped waiting for a standby.
final class NoticeWatch {
    private static let remark: Set<String> = ["NOTICE", "DEBUG", "INFO", "LOG"]

    private var hasWarned = false

    /// Only as long as the watch lives, which must be as long as the connection.
    func watch(_ connection: OpaquePointer) {
        PQsetNoticeReceiver(
            connection,
            { context, result in
                guard let context, let severity = PQresultErrorField(result, CLIBPQ_SEVERITY) else { return }
                Unmanaged<NoticeWatch>.fromOpaque(context).takeUnretainedValue().hear(String(cString: severity))
            },
            Unmanaged.passUnretained(self).toOpaque())
    }

    private func hear(_ severity: String) {
        if !Self.remark.contains(severity) { hasWarned = true }
    }

    func takeWarning() -> Bool {
        defer { hasWarned = false }
        return hasWarned
    }
}
