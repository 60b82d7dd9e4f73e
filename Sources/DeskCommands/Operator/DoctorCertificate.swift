import DeskCore
import DeskServer
import DeskServices
import Foundation

/// Looks at the certificate with which the server speaks TLS, if it does.
struct DoctorCertificate {
    let folder: URL
    let time: any TimeSource

    func examine() async -> [DoctorFinding] {
        do {
            guard let files = try await ServeSettings.read(in: folder).certificateFiles() else { return [] }
            return [finding(of: try CurrentCertificate(try await files.read()))]
        } catch {
            return [
                DoctorFinding(
                    name: "certificate", level: .broken, words: DeskError.text(of: error), remedy: "Check tls.certificate and tls.key.")
            ]
        }
    }

    private func finding(of certificate: CurrentCertificate) -> DoctorFinding {
        let remainder = certificate.end - time.now()
        let level: DoctorFinding.Level =
            switch remainder {
            case ..<Duration.zero: .broken
            case ..<RenewCertificate.shortRemainder: .attention
            default: .good
            }
        return DoctorFinding(
            name: "certificate", level: level, words: "Good until \(certificate.endText).",
            remedy: level == .good ? nil : "Renew it; the server reads it again by itself.")
    }
}
