/// A part of a mail as it is nested in it, copied out of the parser.
struct MimeNode {
    var headers: HeaderFields
    var body: Body

    indirect enum Body {
        /// Content without its transfer encoding.
        case leaf([UInt8])
        /// The parts, and what stands before the first of them.
        case multipart([MimeNode], prologue: [UInt8])
        /// A mail within the mail: its own header, and what it is made of.
        case message(HeaderFields, MimeNode?)
    }
}
