/// Lines that telephones and programs add below what somebody wrote.
enum SignatureWords {
    static func isDevice(_ line: String) -> Bool {
        guard line.count <= 160 else { return false }
        let line = line.lowercased().drop { "-_*[(<".contains($0) || $0.isWhitespace }
        if whole.contains(where: { line.hasPrefix($0) }) { return true }
        guard let opening = openings.first(where: { line.hasPrefix($0) }) else { return false }
        let rest = line.dropFirst(opening.count).prefix(60)
        return line.count <= 100 && devices.contains { rest.contains($0) }
    }

    /// What nobody writes by hand.
    private static let whole = [
        "get outlook for ", "obtener outlook para ", "obtenga outlook para ", "obter o outlook para ", "obtenha o outlook para ",
        "outlook für ", "télécharger outlook pour ", "obtenir outlook pour ", "scarica outlook per ", "ottieni outlook per ",
        "hämta outlook för ", "hent outlook ", "download outlook ", "outlook voor ", "envoyé à partir de outlook",
        "pobierz aplikację outlook",
        "enviado desde outlook", "sent from outlook", "sent from mail for windows", "sent from yahoo mail", "enviado desde yahoo mail",
        "sent with proton", "enviado con proton", "sent using ", "sent with airmail", "sent with spark", "sent from mailspring",
        "envoyé depuis l'application mobile yahoo",
    ]

    private static let openings = [
        "sent from ", "sent via ", "sent by ", "sent with ", "sent on ", "from my ", "enviado desde ", "enviado de ", "enviado do ",
        "enviado da ",
        "enviado a partir d",
        "enviado con ", "enviado mediante ", "enviado pelo ", "enviado por ", "enviado via ", "enviada do ", "mensaje enviado desde ",
        "envoyé de ",
        "envoyé depuis ", "envoyé avec ", "envoyé à partir d", "envoyé par ", "von meinem ", "gesendet von ", "gesendet mit ",
        "gesendet über ",
        "diese nachricht wurde von meinem ", "inviato da ", "inviato dal ", "inviato con ", "verstuurd vanaf ", "verzonden vanaf ",
        "verstuurd met ",
        "verzonden met ", "verzonden via ", "sendt fra ", "skickat från ", "skickat med ", "lähetetty ", "wysłane z ", "wysłano z ",
        "отправлено с ",
        "отправлено из ", "odesláno z ", "odoslané z ", "iphone'umdan ", "iphone'dan ", "trimis de pe ", "küldve ", "sendur úr ", "从我的",
        "发自我的", "發自我的", "從我的", "iphoneから送信", "나의 ", "my iphone",
    ]

    private static let devices = [
        "iphone", "ipad", "ipod", "android", "samsung", "galaxy", "blackberry", "huawei", "xiaomi", "redmi", "motorola", "nokia", "htc",
        "lg ", "sony",
        "xperia", "oneplus", "oppo", "pixel", "mobile", "móvil", "movil", "celular", "phone", "telefon", "teléfono", "telefono",
        "téléphone", "tablet",
        "handy", "smartphone", "outlook", "yahoo", "gmail", "icloud", "proton", "mail", "correo", "windows", "verizon", "t-mobile", "at&t",
        "device",
        "dispositivo", "gerät", "mac", "telemóvel", "mobil", "gönderildi", "телефон", "айфон", "手机", "送信", "보냄", "webmail", "aol", "gmx",
        "web.de",
        "thunderbird", "spark", "palm", "wireless", "4g", "lte", "zimbra", "freenet",
    ]
}
