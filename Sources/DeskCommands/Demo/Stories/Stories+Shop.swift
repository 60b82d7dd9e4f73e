import DeskCore
import ProviderSimulators

/// The shop's number: bread, opening hours, orders to collect. All of these were answered.
extension Stories {
    static let shop = [
        Story(
            Neighbour("Carmen Ruiz", "34600000101"), to: .shop, .daysBack(5, hour: 9, minute: 12),
            [
                .says("Buenos días! Soy Carmen, la del tercero. ¿Hacéis pan sin gluten?"),
                .says("Es para mi nieto, que viene pasado mañana", after: 1),
                .reply(.lucia, "¡Buenos días, Carmen! Sí, por encargo, de un día para otro. ¿Cuántos panes te guardo?", after: 6),
                .says("Uno grande. ¿Se hace aparte de lo otro?", after: 3, quotes: true),
                .reply(
                    .lucia,
                    "Lo hacemos a primera hora, con el obrador recién limpio y en bandejas que solo usamos para eso. Pero no tenemos la "
                        + "certificación, y te lo digo para que lo sepas.", after: 5, quotes: true),
                .says("Gracias por la franqueza. El médico dice que con ese cuidado le vale", after: 4),
                .reply(.lucia, "Entonces te guardo uno grande para pasado mañana, a partir de las 10. Son 5,20 €.", after: 2),
                .reacts("❤️"),
                .note(.lucia, "Carmen, 3.º B. Nieto celíaco (Leo, 6 años). Pan sin gluten por encargo, siempre a su nombre."),
                .sends(.media(.voice, nil, caption: nil), after: 2_870),
                .reply(.lucia, "Claro que sí, Carmen, también dos magdalenas para Leo. Te las pongo en la misma bolsa 😊", after: 9),
                .says("Qué apañada eres. Luego paso", after: 2),
                .reply(.lucia, "Aquí te esperamos.", after: 3),
                .shows(.bread, "¡Mira qué buena pinta! Leo se ha comido media hogaza él solo", after: 1_510),
                .reply(.marta, "¡Qué alegría, Carmen! Dale un beso a Leo de parte de todo el obrador.", after: 12),
            ],
            afterwards: ["Un beso para todas 😘"]),
        Story(
            Neighbour("Paco Benavent", "34600000102"), to: .shop, .daysBack(4, hour: 7, minute: 41),
            [
                .says(
                    "ATENCIÓN!! A partir de mañana WhatsApp será de pago. Reenvía esto a 10 contactos y tu cuenta seguirá gratis",
                    isForwarded: true),
                .needsNone(.lucia, "Cadena reenviada, no pide nada", after: 34),
                .says("Perdonad, eso era para mi cuñado 😅 ¿Tenéis barra de cuarto mañana?", after: 25),
                .reply(.lucia, "No pasa nada, Paco 😄 Sí, sale a las 7:30. ¿Te guardo una?", after: 4),
                .says("Dos"),
                .reply(.lucia, "Dos apartadas a tu nombre.", after: 1),
            ]),
        Story(
            Neighbour("Amparo Soler", "34600000103", nextPhone: "34600000193"), to: .shop, .daysBack(3, hour: 17, minute: 5),
            [
                .says("Hola guapa, apúntame la ensaimada del domingo como siempre"),
                .reply(.lucia, "Apuntada, Amparo: una grande de cabello de ángel, a las 9 el domingo.", after: 7),
                .sends(.numberChange(newPhone: "34600000193"), after: 185),
                .says("Soy Amparo, que he cambiado de número. Que me han puesto la fibra esa y venía con móvil nuevo", after: 4),
                .reply(.lucia, "¡Hola, Amparo! Ya te tengo con el número nuevo. La ensaimada sigue apuntada.", after: 8),
                .reacts("👍"),
            ]),
        Story(
            Neighbour("Remei Llorca", "34600000104"), to: .shop, .daysBack(2, hour: 8, minute: 20),
            [
                .sends(.media(.voice, nil, caption: nil)),
                .reply(.lucia, "¡Buenos días, Remei! Lo he escuchado: media docena de rollitos de anís para las doce. Hecho.", after: 11),
                .sends(.media(.sticker, nil, caption: nil), after: 2),
                .needsNone(.lucia, "Solo manda un sticker de gracias", after: 6),
            ]),
        Story(
            Neighbour("Quique · Bar La Marina", "34600000105"), to: .shop, .daysBack(3, hour: 19, minute: 30),
            [
                .says("Para mañana: 40 barras, 12 de molde y 2 kg de coca"),
                .byPhone("Apuntado Quique. A las 6:15 en la puerta de atrás, como siempre", after: 3),
                .says("Perfecto jefa", after: 1_437),
                .says("Para mañana lo mismo pero 50 barras, que hay partido", after: 1),
                .byPhone("50 barras. Suerte con el partido ⚽", after: 2),
            ],
            afterwards: ["Mañana 45, que no hay partido"]),
        Story(
            Neighbour("Elena Prats", "34600000106"), to: .shop, .daysBack(2, hour: 12, minute: 48),
            [
                .says("Hola! Mañana no puedo ir yo a por el encargo, va mi hermana"),
                .sends(
                    .contacts([
                        SharedContact(name: "Mireia Prats", phones: ["+34 600 000 196"], organization: "Gestoría Prats")
                    ]), after: 1),
                .reply(.lucia, "Sin problema, Elena. Se lo damos a Mireia; que diga tu nombre al llegar.", after: 5),
                .says("Mil gracias", after: 1),
                .needsNone(.lucia, "Da las gracias y queda todo claro", after: 9),
            ]),
        Story(
            Neighbour("Miguel Ángel Soria", "34600000107", showsReading: false), to: .shop, .daysBack(2, hour: 10, minute: 2),
            [
                .says("Buenos días. Necesito factura de la compra del martes, la piden en la oficina"),
                .sends(document("ticket-martes.pdf", caption: "Aquí el ticket. NIF B12345674, Soria Reformas SL"), after: 2),
                .takes(.lucia, after: 6),
                .reply(
                    .lucia, "Aquí tiene la factura. Si hay que cambiar algún dato, nos dice.", after: 21,
                    file: paper("factura-0231.pdf")),
            ]),
    ]
}
