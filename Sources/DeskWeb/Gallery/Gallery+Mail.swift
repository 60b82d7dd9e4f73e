import DeskCore

/// Conversations by mail: what people write, what machines write, and what somebody should look at twice.
extension Gallery {
    var mailPages: [(name: String, page: any PageModel)] {
        [
            ("conversation-mail", mailPage("Presupuesto para la cocina", plainThread)),
            ("conversation-mail-design", mailPage("Su reserva del 14 de marzo", [designed])),
            ("conversation-mail-machines", mailPage("Novedades de marzo en Papelera Sur", [newsletter, outOfOffice, bounce, receipt])),
            ("conversation-mail-spoofed", mailPage("Urgente: cambio de cuenta", [spoofed, insider, strayed])),
            ("conversation-mail-long", mailPage("Presupuesto para la cocina", [longThread, onlyQuoted])),
            ("conversation-mail-closed", mailPage("Documentación", [encrypted, truncated])),
            ("conversation-mail-calendar", mailPage("Visita de obra", [invited])), ("mail-source", sourcePage),
        ]
    }

    private func mailPage(_ subject: String, _ messages: [MessageBubble]) -> ConversationPage {
        let header = ConversationHeader(
            conversationID: "carla", contactName: "Carla Iriarte", contactAddress: "carla@ejemplo.com",
            channelName: wording.channelName(.email),
            inboxName: "Estudio", subject: subject, owed: .init(since: ago(41), due: ahead(22), messageCount: 1), assignee: .me,
            window: nil,
            wording: wording)
        return ConversationPage(
            queue: queue(), header: header,
            timeline: TimelineEntry.entries(for: messages.map { (message: $0, at: ago(60)) }, wording: wording),
            composer: composer(), panel: panel(header), eventsPath: nil)
    }

    private var carla: MailParty { MailParty(name: "Carla Iriarte", address: "carla@ejemplo.com") }
    private var desk: MailParty { MailParty(name: "Estudio Quiroga", address: "hola@estudioquiroga.example") }
    private var others: [MailParty] {
        [MailParty(name: "Bruno Iriarte", address: "bruno@ejemplo.com"), MailParty(address: "obra@ejemplo.com")]
    }
    private var genuine: MailAuthentication {
        MailAuthentication(dmarc: "pass", spf: "pass", dkim: "pass", server: "mx1.estudioquiroga.example")
    }

    private func mail(
        _ id: String, _ text: String = "", _ content: MailContent, attachments: [Attachment] = [], showsSubject: Bool = false,
        direction: MessageBubble.Direction? = nil
    ) -> MessageBubble {
        MessageBubble(
            id: id, direction: direction ?? .inbound(contactName: "Carla Iriarte"),
            content: MessageContent(kind: .email, text: text, attachments: attachments, mail: content), sentAt: ago(60),
            delivery: direction == nil ? nil : DeliveryView(messageID: id, status: .accepted, wording: wording), showsSubject: showsSubject,
            wording: wording)
    }

    private func said(_ text: String, _ folded: [MailBlock] = []) -> [MailBlock] { [MailBlock(.reply, text)] + folded }

    private var invited: MessageBubble {
        let visit = MailCalendar(
            purpose: .invitation, title: "Visita de obra", place: "Calle 85 #11-53, Bogotá", organizer: carla,
            start: .instant(ahead(1_500)),
            end: .instant(ahead(1_590)), repeats: true)
        return mail(
            "m9", "¿Les queda bien?",
            MailContent(subject: "Visita de obra", from: [carla], to: [desk], authentication: genuine, calendar: visit, source: "sample"))
    }

    private var plainThread: [MessageBubble] {
        let first = "Buenas tardes:\n\n¿Nos podrían pasar un presupuesto para una cocina de 3 × 2,4 m? Adjunto el plano.\n\nGracias,\nCarla"
        let answer = "Hola, Carla:\n\nCon gusto. Para afinarlo, ¿las puertas serían lacadas o de melamina?"
        let second = "Lacadas, por favor. Y si pueden, también la isla que hablamos: https://ejemplo.com/isla"
        return [
            mail(
                "m1", first,
                MailContent(subject: "Presupuesto", from: [carla], to: [desk], cc: others, authentication: genuine, source: "sample"),
                attachments: [
                    Attachment(kind: .document, mediaType: "application/pdf", fileName: "Plano cocina.pdf", byteCount: 418_000, blob: "x")
                ],
                showsSubject: true),
            mail(
                "m2", answer, MailContent(subject: "Re: Presupuesto", from: [desk], to: [carla], cc: others),
                direction: .outbound(authorName: "Lucía Ferro")),
            mail(
                "m3", second,
                MailContent(
                    subject: "Presupuesto para la cocina", from: [carla], to: [desk],
                    blocks: said(second, [MailBlock(.signature, "Carla Iriarte\nIriarte & Hijos · 341 555 0190")] + [quotedAnswer]),
                    authentication: genuine, source: "sample"), showsSubject: true),
        ]
    }

    private var quotedAnswer: MailBlock {
        MailBlock(
            .quoted,
            "El mié, 11 mar 2026 a las 9:12, Estudio Quiroga <hola@estudioquiroga.example> escribió:\n> Hola, Carla:\n>\n> Con gusto. "
                + "Para afinarlo, ¿las puertas serían lacadas o de melamina?")
    }

    private var designed: MessageBubble {
        mail(
            "m4", "Su reserva está confirmada: sábado 14 de marzo, 21:00, 4 personas.",
            MailContent(
                subject: "Su reserva del 14 de marzo", from: [MailParty(name: "La Cantina", address: "reservas@cantina.example")],
                to: [desk],
                authentication: genuine, hasHTML: true, remoteImages: 3, source: "sample"))
    }

    private var newsletter: MessageBubble {
        mail(
            "m5", "Papel reciclado con 20 % de descuento durante todo marzo.",
            MailContent(
                subject: "Novedades de marzo en Papelera Sur",
                from: [MailParty(name: "Papelera Sur", address: "novedades@papelera.example")],
                to: [desk], automation: .list, authentication: genuine, hasHTML: true, remoteImages: 12, source: "sample"))
    }

    private var outOfOffice: MessageBubble {
        mail(
            "m6", "Estoy fuera hasta el lunes 16. Lo urgente, con Bruno.",
            MailContent(
                subject: "Respuesta automática: Presupuesto", from: [carla], to: [desk], automation: .automaticAnswer, source: "sample"),
            showsSubject: true)
    }

    private var bounce: MessageBubble {
        mail(
            "m7", "carlla@ejemplo.com: 550 5.1.1 No such user",
            MailContent(
                subject: "Undelivered Mail Returned to Sender",
                from: [MailParty(name: "Mail Delivery System", address: "MAILER-DAEMON@ejemplo.com")],
                to: [desk], automation: .bounce, source: "sample"), showsSubject: true)
    }

    private var receipt: MessageBubble {
        mail(
            "m8", "Leído el 11/3/2026 10:02", MailContent(subject: "Leído: Presupuesto", from: [carla], to: [desk], automation: .receipt),
            showsSubject: true)
    }

    private var spoofed: MessageBubble {
        mail(
            "m9", "Por favor paguen la factura en la cuenta nueva del adjunto, hoy sin falta.",
            MailContent(
                subject: "Urgente: cambio de cuenta",
                from: [MailParty(name: "carla@ejemplo.com", address: "pagos-internacionales@correo-seguro.example")], to: [desk],
                replyTo: [MailParty(address: "cobros@otro-sitio.example")],
                authentication: MailAuthentication(dmarc: "fail", spf: "softfail", dkim: "none", server: "mx1.estudioquiroga.example"),
                warnings: [.nameFeignsAddress, .failedAuthentication, .answersElsewhere], hasHTML: true, remoteImages: 0, source: "sample"))
    }

    private var insider: MessageBubble {
        mail(
            "m10", "Soy Marta, pasame la lista de clientes a este correo.",
            MailContent(
                subject: "Lista", from: [MailParty(name: "Marta Rey", address: "marta.rey@correo-seguro.example")], to: [desk],
                warnings: [.feignsMember], source: "sample"), showsSubject: true)
    }

    private var strayed: MessageBubble {
        mail(
            "m11", "¿Y a mí cuánto me cobran?",
            MailContent(
                subject: "Re: Presupuesto", from: [others[0]], to: [desk], warnings: [.answersAnother, .feignsOwnAddress], source: "sample"),
            showsSubject: true)
    }

    private var longThread: MessageBubble {
        let history = (1...24).map { "> \($0). Lo hablado en la visita, punto por punto: medidas, herrajes, plazos y forma de pago." }
        let blocks = said(
            "Respondo entre líneas:",
            [
                MailBlock(.quoted, "> ¿El plazo de seis semanas les sirve?"), MailBlock(.reply, "Sí, perfecto."),
                MailBlock(.quoted, history.joined(separator: "\n")), MailBlock(.signature, "Carla Iriarte"),
            ])
        return mail(
            "m12", "Respondo entre líneas:\nSí, perfecto.",
            MailContent(
                subject: "Re: Presupuesto para la cocina", from: [carla], to: [desk] + others, cc: others + others, blocks: blocks,
                source: "sample"))
    }

    private var onlyQuoted: MessageBubble {
        mail(
            "m13", "",
            MailContent(subject: "Re: Presupuesto para la cocina", from: [carla], to: [desk], blocks: [quotedAnswer], source: "sample"))
    }

    private var encrypted: MessageBubble {
        mail(
            "m14", "",
            MailContent(
                subject: "Documentación", from: [carla], to: [desk], authentication: genuine, protection: .encrypted, source: "sample"),
            attachments: [
                Attachment(kind: .document, mediaType: "application/pkcs7-mime", fileName: "smime.p7m", byteCount: 9_100, blob: "x")
            ])
    }

    private var truncated: MessageBubble {
        mail(
            "m15", "Van las fotos de la obra, son muchas.",
            MailContent(subject: "Fotos", from: [carla], to: [desk], protection: .signed, source: "sample", isTruncated: true),
            showsSubject: true)
    }

    private var sourcePage: MailSourcePage {
        let lines = [
            "Return-Path: <carla@ejemplo.com>", "Received: from mx1.ejemplo.com (mx1.ejemplo.com [192.0.2.25])",
            "        by mx.estudioquiroga.example with ESMTPS id 4TQ9; Wed, 11 Mar 2026 15:12:44 +0000",
            "From: Carla Iriarte <carla@ejemplo.com>", "To: Estudio Quiroga <hola@estudioquiroga.example>",
            "Subject: =?utf-8?Q?Presupuesto?=", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "", "Buenas tardes:", "",
            "¿Nos podrían pasar un presupuesto? <b>Gracias</b>",
        ]
        return MailSourcePage(
            messageID: "m1", conversationID: "carla", subject: "Presupuesto", text: lines.joined(separator: "\n"), shownBytes: 262_144,
            byteCount: 3_100_000, wording: wording)
    }
}
