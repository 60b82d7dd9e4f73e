import DeskCore
import ProviderSimulators

/// The number for orders and celebrations, answered so far.
extension Stories {
    static let events = [
        wedding,
        Story(
            Neighbour("Isabel Moreno", "34600000121"), to: .events, .daysBack(3, hour: 10, minute: 18),
            [
                .says("Buenos días, quería una tarta para el sábado, 10 personas. Mi padre es alérgico a los frutos secos"),
                .shows(.cake, "Algo así, pero sin las cerezas", after: 1),
                .takes(.lucia, after: 4),
                .reply(
                    .lucia, "Buenos días, Isabel. Qué bonita. ¿La alergia es a todos los frutos secos, o a alguno? ¿Las trazas también?",
                    after: 3),
                .says("A todos, y sí, trazas también", after: 5),
                .note(.lucia, "ALERGIA GRAVE: todos los frutos secos y trazas. Hacerla la primera del día, antes de abrir la almendra."),
                .reply(
                    .lucia,
                    "Entonces la hacemos la primera del día, antes de trabajar con almendra, y sin avellana en el chocolate. Serían 34 €. "
                        + "¿Se la dejo así?", after: 22),
                .says("Perfecto. Me quedo mucho más tranquila", after: 8),
                .reply(.lucia, "El sábado a las 11 la tiene lista. Lleva etiqueta con los ingredientes, para enseñársela a él.", after: 3),
                .reacts("🙏", after: 4),
            ]),
        Story(
            Neighbour("Clara · Falla Sant Roc", "34600000122", showsReading: false), to: .events, .daysBack(2, hour: 18, minute: 40),
            [
                .says("Hola, somos la falla. Queremos chocolate y buñuelos para 120 el día 15"),
                .says("¿Nos haríais precio?", after: 1),
                .reply(.marta, "¡Hola, Clara! Para 120: 340 buñuelos y 25 litros de chocolate, 410 € con vasos y servilletas.", after: 31),
                .says("Lo llevo a la junta y te digo", after: 14),
                .reply(.marta, "Muy bien. Os lo guardo hasta el viernes.", after: 6),
            ]),
        Story(
            Neighbour("Nacho · Radio Barrio", "34600000123"), to: .events, .daysBack(2, hour: 11, minute: 27),
            [
                .says("Buenas, os paso la cuña de la feria del pan para que le deis el visto bueno"),
                .sends(.media(.audio, DemoFile.jingle.file, caption: nil), after: 1),
                .takes(.thiago, after: 7),
                .reply(.thiago, "¡Suena genial, Nacho! Solo un detalle: la feria acaba a las 14, no a las 15.", after: 13),
                .says("Corregido, sale mañana a las 10", after: 18, quotes: true),
                .reply(.thiago, "Gracias 🙌 Lo compartimos también en nuestras redes.", after: 3),
            ]),
        Story(
            Neighbour("Julián Ferrando", "34600000124"), to: .events, .daysBack(1, hour: 12, minute: 5),
            [
                .sends(.listReply(id: "recogida-tarde", title: "Recogida por la tarde", description: "De 17:00 a 20:30")),
                .reply(.lucia, "Anotado, Julián: recogida por la tarde, de 17:00 a 20:30.", after: 4),
                .sends(.formReply(["motivo": "Cumpleaños", "personas": "14", "texto de la tarta": "¡80 y como una rosa!"]), after: 9),
                .reply(.lucia, "Recibido: tarta de 14 raciones con «¡80 y como una rosa!». La tendremos preciosa.", after: 6),
            ]),
    ]

    private static let wedding = Story(
        Neighbour("Laura y Toni", "34600000120"), to: .events, .daysBack(5, hour: 19, minute: 2),
        [
            .says("Hola! Nos casamos el 12 de junio 💍 y queríamos la tarta vuestra, la de la boda de mi prima Sara"),
            .says("Seremos unos 90", after: 1),
            .takes(.marta, after: 9),
            .reply(
                .marta, "¡Enhorabuena a los dos! La de Sara fue de tres pisos, limón y frutos rojos. ¿Igual, o le damos una vuelta?",
                after: 4),
            .says("Igual de sabor, pero más sencilla por fuera. Con flores de verdad", after: 12),
            .shows(.cake, "Tipo esta, con menos chorreo 😂", after: 1),
            .reply(.marta, "Entendido: lisa, blanca, con flor fresca. ¿Hay alguna alergia entre los invitados?", after: 7),
            .says("Dos celíacos y una vegana", after: 5),
            .note(.marta, "90 personas, 12 de junio, Masía del Pi. Dos celíacos, una vegana: tartitas aparte."),
            .reply(.marta, "Para ellos hacemos tres tartitas aparte, iguales de bonitas. Os preparo el presupuesto mañana.", after: 6),
            .says("Genial!! Gracias Marta", after: 2),
            .reply(
                .marta, "Aquí lo tenéis, con la entrega en la masía incluida. Miradlo con calma.", after: 905,
                file: paper("presupuesto-boda-laura-toni.pdf")),
            .reacts("😍", after: 20),
            .says("Lo hemos leído. Nos cuadra todo. ¿Cómo va lo de la señal?", after: 130),
            .reply(.marta, "Con un 20 % os reservo el día: 118 €. En la tienda o por transferencia, como os vaya mejor.", after: 10),
            .sends(document("justificante.pdf", caption: "Hecha la transferencia"), after: 1_210),
            .reply(.marta, "Recibida. El 12 de junio es vuestro. Para la prueba, ¿os va bien el sábado a las 17?", after: 26, quotes: true),
            .says("El sábado perfecto", after: 9, quotes: true),
            .sends(
                .location(Location(latitude: 39.5696, longitude: -0.4502, name: "Masía del Pi", address: "Camí de la Masía, 3")), after: 3),
            .says("Y aquí es la boda, para que vayas calculando la entrega", after: 1),
            .reply(.marta, "Apuntada la masía. Son 25 minutos desde el obrador; saldríamos a las 16:30. ¡Nos vemos el sábado!", after: 15),
            .reacts("🥂", after: 3),
        ],
        afterwards: ["Gracias Marta, qué ganas 💛"])
}
