/// Words of mail programs, in the languages that they speak.
enum QuoteWords {
    /// "wrote", as it stands in an introduction; a whole word, or the end of the line in languages without spaces.
    static func saysWrote(_ text: String) -> Bool {
        let text = text.lowercased()
        let words = text.split { !($0.isLetter || $0 == "'" || $0 == "’") }
        if words.contains(where: { wrote.contains(String($0)) }) { return true }
        return endings.contains { text.contains($0) }
    }

    private static let wrote: Set<String> = [
        "wrote", "writes", "geschrieben", "escribió", "escribio", "escribía", "escreveu", "schrieb", "schrieben", "écrit", "ecrit",
        "scritto", "scrive",
        "scrisse",
        "schreef", "geschreven", "skrev", "skrifaði", "kirjoitti", "napisał", "napisała", "pisze", "написал", "написала", "пишет", "писал",
        "писала", "написав", "пише", "пишува", "написа", "napsal", "napsala", "napísal", "napísala", "napisao", "napisala", "napisal",
        "írta",
        "scris", "yazdı", "yazmış", "viết", "menulis", "έγραψε", "εγραψε", "כתב", "כתבה", "كتب", "كتبت", "rašė", "rakstīja", "kirjutas",
        "escrigué",
        "escriure", "idatzi", "shkroi", "scríobh", "ysgrifennodd", "sulat",
    ]

    private static let endings = ["写道", "寫道", "写了", "작성", "님이", "のメッセージ", "のメール", "書きました", "さんは", "เขียน", "has escrito", "ha escrito"]

    /// How introductions begin that carry their date in the next line only.
    static func starts(_ line: String) -> Bool {
        let line = line.lowercased()
        return ["on ", "el ", "em ", "le ", "am ", "il ", "op ", "den ", "w dniu ", "dnia ", "dne ", "dňa ", "в ", "at "].contains {
            line.hasPrefix($0)
        }
            && line.contains(where: \.isNumber)
    }

    /// How introductions begin that need no date beside the address.
    static func quotes(_ text: String) -> Bool {
        let text = text.lowercased()
        return ["quoting ", "zitat von ", "citando a ", "citando ", "citaat van ", "citation de ", "quoth "].contains { text.hasPrefix($0) }
    }

    /// A line that says that a mail follows, between hyphens or the like.
    static func isOriginal(_ line: String) -> Bool {
        guard line.count <= 120 else { return false }
        let bare = line.lowercased().trimmingDecoration
        if opensForwarded.contains(where: { bare == $0 || bare == $0 + ":" }) { return true }
        if reply.contains(where: { bare.contains($0) }) && (line.hasPrefix("-") || line.hasPrefix("#") || line.hasPrefix("=")) {
            return true
        }
        guard let first = line.first, "-_*=~>#".contains(first) else { return false }
        return original.contains { bare == $0 || bare == $0 + ":" || bare.hasPrefix($0 + " from ") }
    }

    private static let original: Set<String> = [
        "original message", "original mail", "originalmail", "original", "originalmessage", "original email", "original e-mail",
        "reply message",
        "mensaje original", "mensagem original", "message d'origine", "message d’origine", "message original", "messaggio originale",
        "ursprüngliche nachricht", "ursprüngl. nachricht", "originalnachricht", "original-nachricht", "original nachricht",
        "oorspronkelijk bericht", "origineel bericht", "originele bericht", "oprindelig meddelelse", "original meddelelse",
        "opprinnelig melding", "ursprungligt meddelande", "originalmeddelande", "alkuperäinen viesti", "wiadomość oryginalna",
        "oryginalna wiadomość", "исходное сообщение", "оригинальное сообщение", "пересылаемое сообщение", "původní zpráva",
        "původní e-mail", "pôvodná správa", "eredeti üzenet", "mesaj original", "mesajul original", "orijinal mesaj", "özgün ileti",
        "αρχικό μήνυμα", "originalna poruka", "izvirno sporočilo", "原始邮件", "原邮件", "原始郵件", "原始信件", "元のメッセージ", "original appointment",
        "원본 메시지", "원본 메일", "missatge original", "forwarded message", "forwarded email", "mensaje reenviado", "mensagem encaminhada",
        "mensagem reencaminhada", "message transféré", "message transmis", "weitergeleitete nachricht", "messaggio inoltrato",
        "doorgestuurd bericht", "videresendt meddelelse", "videresendt melding", "vidarebefordrat meddelande", "przekazana wiadomość",
        "wiadomość przekazana", "转发的邮件", "轉寄郵件", "転送メッセージ", "přeposlaná zpráva", "továbbított üzenet", "välitetty viesti", "reply",
    ]

    private static let opensForwarded: Set<String> = [
        "begin forwarded message", "inicio del mensaje reenviado", "início da mensagem encaminhada", "início da mensagem reencaminhada",
        "début du message réexpédié", "début du message transféré", "anfang der weitergeleiteten nachricht", "inizio messaggio inoltrato",
        "begin doorgestuurd bericht", "start på videresendt besked", "videresendt melding", "vidarebefordrat mejl",
    ]

    private static let reply = [
        "reply above this line", "type your reply above", "reply above the line", "write above this line", "escriba por encima",
    ]

    static let headerKeys: [String: HeaderKey] = table([
        .from: [
            "from", "de", "von", "van", "da", "fra", "från", "från", "lähettäjä", "od", "от", "от кого", "feladó", "de la", "expéditeur",
            "gönderen", "kimden",
            "από", "מאת", "من", "发件人", "發件人", "寄件者", "差出人", "送信者", "보낸 사람", "보낸사람", "remitente", "remetente", "mittente", "absender", "від",
            "kimdən",
        ],
        .to: [
            "to", "para", "an", "aan", "a", "à", "til", "till", "vastaanottaja", "do", "кому", "komu", "címzett", "către", "kime", "alıcı",
            "προς", "אל",
            "إلى", "收件人", "收件者", "宛先", "받는 사람", "받는사람", "destinatario", "destinatário", "destinataire", "empfänger", "pour", "pro", "per",
        ],
        .sent: [
            "sent", "date", "enviado", "enviado el", "enviada", "enviada em", "enviado em", "fecha", "data", "gesendet", "datum",
            "verzonden", "sendt", "dato",
            "skickat", "lähetetty", "päivämäärä", "päiväys", "wysłano", "data wysłania", "дата", "отправлено", "envoyé", "envoyé le",
            "inviato", "odesláno",
            "odoslané", "dátum", "elküldve", "küldve", "trimis", "gönderildi", "tarih", "gönderme tarihi", "ημερομηνία", "στάλθηκε",
            "תאריך", "נשלח", "التاريخ",
            "发送时间", "发送日期", "日期", "寄件日期", "傳送日期", "送信日時", "日付", "日時", "보낸 날짜", "날짜", "надіслано", "poslano", "poslato",
        ],
        .subject: [
            "subject", "asunto", "assunto", "betreff", "onderwerp", "objet", "sujet", "oggetto", "emne", "ämne", "aihe", "temat", "тема",
            "předmět", "predmet",
            "tárgy", "subiect", "konu", "θέμα", "נושא", "الموضوع", "主题", "主題", "主旨", "件名", "제목", "assumpte",
        ],
        .other: [
            "cc", "bcc", "cco", "kopie", "kopia", "kopio", "kopi", "copie", "copia", "cópia", "reply-to", "reply to", "responder a",
            "antwort an", "répondre à",
            "importance", "importancia", "prioridad", "priority", "attachments", "attachment", "adjuntos", "anlagen", "копия", "抄送", "副本",
            "参照", "참조",
            "organization", "message-id", "in-reply-to", "x-mailer", "importância", "anexos", "dw", "udw", "cc:",
        ],
    ])

    private static func table(_ words: [HeaderKey: [String]]) -> [String: HeaderKey] {
        var table: [String: HeaderKey] = [:]
        for (key, list) in words {
            for word in list { table[word] = key }
        }
        return table
    }
}

extension String {
    /// Without hyphens, stars and the like around it.
    fileprivate var trimmingDecoration: String {
        let marks = "-_*=~> #\t—–|"
        guard let first = firstIndex(where: { !marks.contains($0) }), let last = lastIndex(where: { !marks.contains($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}
