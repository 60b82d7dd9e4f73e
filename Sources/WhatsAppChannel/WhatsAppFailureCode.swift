import DeskCore
import MetaGraph

/// The codes of delivery failures on WhatsApp: Meta's numbers, and words of our own for what Meta had no part in.
package enum WhatsAppFailureCode {
    static let unreachable = "unreachable"
    static let addressRefused = "address_refused"
    static let uploadFailed = "upload_failed"
    static let fileUnreadable = "file_unreadable"
    static let empty = "empty"
    static let textTooLong = "text_too_long"
    static let captionTooLong = "caption_too_long"
    static let tooManyFiles = "too_many_files"
    static let fileTypeRefused = "file_type_refused"
    static let fileTooLarge = "file_too_large"
    static let unspecified = "unspecified"

    /// Keys that a locale catalogue should have words for. A code beyond them (`http_502`, a number of a later date) falls back to
    /// the words of its class.
    package static var wordKeys: [String] {
        let ours = [
            unreachable, addressRefused, uploadFailed, fileUnreadable, empty, textTooLong, captionTooLong, tooManyFiles, fileTypeRefused,
            fileTooLarge, unspecified,
        ]
        return (GraphError.knownCodes.map(String.init) + ours).map { "\(ChannelName.whatsApp.rawValue).failure.\($0)" }
    }
}
