/// How far a mail is followed: what lies beyond is left out, and the mail says so (`Mail.damage`). The source is kept elsewhere, whole.
package struct MimeLimits: Sendable {
    /// Levels of parts in parts.
    package var depth = 100
    /// Parts in the whole mail.
    package var parts = 1_000
    /// Header fields of one part.
    package var fields = 2_000
    /// Bytes of one header field.
    package var fieldBytes = 256 * 1_024
    /// Decoded bytes of all parts together.
    package var contentBytes = 256 * 1_024 * 1_024
    /// Bytes of one text or HTML part that are read as text.
    package var textBytes = 4 * 1_024 * 1_024

    package init() {}
}
