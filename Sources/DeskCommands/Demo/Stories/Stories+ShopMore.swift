import DeskCore
import ProviderSimulators

/// More of the shop's number.
extension Stories {
    static let shopMore = [
        Story(
            Neighbour("Rosa Ibáñez", "34600000108"), to: .shop, .daysBack(1, hour: 9, minute: 33),
            [
                .says("Le dices al pesado de tu hermano que baje la música de una vez"),
                .takesBack(after: 1),
                .says("Ay, perdón, me he equivocado de chat 🙈 ¿Abrís el lunes que es fiesta?", after: 1),
                .reply(.lucia, "Tranquila, Rosa, aquí solo suena el horno 😄 El lunes abrimos de 8 a 14.", after: 7),
                .reacts("😂"),
            ]),
        Story(
            Neighbour("Álvaro Pons", "34600000109"), to: .shop, .daysBack(1, hour: 16, minute: 10),
            [
                .sends(.button(text: "Sí, lo recojo hoy", payload: "RECOGE_HOY")),
                .reply(.lucia, "Perfecto, Álvaro. Está en el mostrador a tu nombre hasta las 20:30.", after: 3),
            ]),
        Story(
            Neighbour("Marina Gil", "34600000110"), to: .shop, .daysBack(1, hour: 18, minute: 22),
            [
                .sends(
                    .text("Hola! Vi la tarta de queso en Instagram. ¿Se puede reservar?"),
                    referral: [
                        "source_url": "https://www.instagram.com/p/demo-tarta-de-queso", "source_id": "120000000000000001",
                        "source_type": "ad",
                        "headline": "La tarta de queso de La Espiga, al horno de leña",
                        "body": "Reserva la tuya. Solo hacemos veinte al día.",
                        "media_type": "image", "ctwa_clid": "DemoClickOfMarina",
                    ]),
                .reply(.thiago, "¡Hola, Marina! Sí, claro. ¿Sola o con frutos rojos? ¿Y para cuántos?", after: 5),
                .says("Con frutos rojos, para 8", after: 2),
                .reply(
                    .thiago,
                    "La grande con frutos rojos, 26 €. Te la reservo para el sábado por la tarde. ¡Y no te la comas por el camino! 😄",
                    after: 4),
                .reacts("😂", after: 2),
                .note(.thiago, "Viene del anuncio de la tarta de queso (cuarta reserva de hoy por ahí)."),
            ]),
        Story(
            Neighbour("Dani", userID: "ES.10000000000000000111"), to: .shop, .daysBack(1, hour: 11, minute: 55),
            [
                .says("Holaa, ¿la napolitana de chocolate lleva leche?"),
                .reply(
                    .thiago, "¡Hola, Dani! Sí, lleva leche y mantequilla. Sin lácteos tenemos la coca de aceite y el pan de pasas.",
                    after: 8),
                .says("Okey pues paso a por la coca 🙌", after: 3),
                .needsNone(.thiago, "Avisa de que pasa, no pregunta nada", after: 12),
            ]),
        Story(
            Neighbour("Tomás Quintana", "34600000112"), to: .shop, .daysBack(4, hour: 13, minute: 15),
            [
                .says("Buenas. El pan de hoy no es el de siempre"),
                .shows(.bread, "Por fuera bien, por dentro estaba crudo", after: 1),
                .says("Y no es la primera vez. Llevo viniendo quince años", after: 2),
                .takes(.lucia, after: 3),
                .reply(.lucia, "Siento mucho lo que cuenta, Tomás. ¿Me dice a qué hora lo compró? Así miro de qué hornada era.", after: 4),
                .says("Sobre las once", after: 6),
                .note(.lucia, "Preguntado en el obrador: a esa hora falló el horno 2. @Marta, ¿le compensamos?", after: 9),
                .note(.marta, "Sí. Hogaza nueva y disculpa mía. El horno ya está revisado.", after: 14),
                .reply(
                    .lucia,
                    "Ya sé qué pasó: a esa hora nos falló un horno y esa hornada no tenía que haber salido. Marta le pide disculpas y le "
                        + "guarda una hogaza recién hecha, sin coste, para cuando quiera pasar.", after: 3),
                .says("Hombre, se agradece. Mañana me paso", after: 12),
                .reply(.lucia, "Gracias a usted por decirlo. Aquí la tiene a su nombre.", after: 2),
                .says("Recogida. Esta sí", after: 1_325),
                .byPhone("Me alegro, Tomás. Gracias por la paciencia y por los quince años 🙏", after: 18),
            ]),
        Story(
            Neighbour("Lola Domènech", "34600000113"), to: .shop, .daysBack(1, hour: 20, minute: 41),
            [
                .says("Marta, ¿te queda algo de masa madre para mi hija? Que quiere empezar"),
                .byPhone("Claro! Mañana le preparo un bote. Que la alimente con harina integral los primeros días", after: 16),
                .sends(.media(.video, DemoFile.hoppingBread.file, caption: "Mira, dice que hasta baila 😂"), after: 820),
                .byPhone("Para ser el primero, de diez!!", after: 22),
                .reactsByPhone("👏"),
            ]),
    ]
}
