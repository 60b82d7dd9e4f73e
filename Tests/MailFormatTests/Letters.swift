import MailFormat

/// Mails as a server stores them, with CRLF, from a text as a person writes it.
func letter(_ text: String) -> Mail { MailReader.mail(in: bytes(text)) }

/// The bytes of such a mail.
func bytes(_ text: String) -> [UInt8] {
    Array(text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n").utf8)
}

/// A mail with one field besides those that every mail has, and a short text.
func letter(with fields: String) -> Mail {
    letter(fields + "\nFrom: Ana <ana@customer.example>\nTo: desk@hotel.example\nSubject: A room\n\nHave you got a room?\n")
}
