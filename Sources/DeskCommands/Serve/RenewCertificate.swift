import DeskCore
import DeskServer
import DeskServices
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// Reads certificate and key again when their files change, or at once on SIGHUP. What can't be used is refused, and the old pair stays.
struct RenewCertificate: Service {
    /// How often the files are looked at.
    private static let interval = Duration.seconds(5)
    /// A certificate that nobody has renewed by then is told of.
    static let shortRemainder = Duration.hours(24 * 7)

    let files: CertificateFiles
    let certificate: CurrentCertificate
    /// What the server started with.
    let first: CurrentCertificate.Pair
    let time: any TimeSource
    let logger: Logger

    func run() async throws {
        warnOfEnd()
        let (looks, look) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await _ in await UnixSignalsSequence(trapping: .sighup) { look.yield() }
                }
                group.addTask {
                    while !Task.isCancelled {
                        try? await time.wait(until: time.now() + Self.interval)
                        look.yield()
                    }
                }
                await renew(at: looks)
                group.cancelAll()
            }
        }
    }

    /// What a look at the files found.
    private enum Finding: Hashable {
        case pair(CurrentCertificate.Pair)
        case trouble(String)
    }

    /// What was refused is not tried again before it changes: two files are seldom replaced in the same moment.
    private func renew(at looks: AsyncStream<Void>) async {
        var last = Finding.pair(first)
        for await _ in looks {
            let finding = await self.finding()
            guard finding != last else { continue }
            last = finding
            switch finding {
            case .pair(let pair): renew(with: pair)
            case .trouble(let words): refuse(words)
            }
        }
    }

    private func finding() async -> Finding {
        do {
            return .pair(try await files.read())
        } catch {
            return .trouble(DeskError.text(of: error))
        }
    }

    private func renew(with pair: CurrentCertificate.Pair) {
        do {
            try certificate.replace(by: pair)
            logger.notice("the certificate was renewed", metadata: ["file": "\(files.certificate)", "until": "\(certificate.endText)"])
            warnOfEnd()
        } catch {
            refuse(error.message)
        }
    }

    private func refuse(_ words: String) {
        logger.error(
            "the new certificate is refused, the old one stays", metadata: ["file": "\(files.certificate)", "error": "\(words)"])
    }

    private func warnOfEnd() {
        guard certificate.end - time.now() < Self.shortRemainder else { return }
        logger.warning("the certificate ends soon", metadata: ["file": "\(files.certificate)", "until": "\(certificate.endText)"])
    }
}

extension CurrentCertificate {
    /// When it ends, by RFC 3339.
    var endText: String { Date(timeIntervalSince1970: Double(end.unixSeconds)).formatted(.iso8601) }
}
