import DeskCore
import ProviderSimulators

/// Those who have waited too long, each for another reason.
extension Stories {
    static let overdue = [
        Story(
            Neighbour("Amalia Vidal", "34600000161"), to: .events, .minutesAgo(57),
            [
                .says("Buenas tardes, soy la mujer de Vicente. La tarta de esta tarde, ¿la podéis dejar para las seis?"),
                .edits("Buenas tardes, soy la mujer de Vicente. La tarta de esta tarde, ¿la podéis dejar para las seis y media?", after: 1),
                .takes(.lucia, after: 5),
                .note(.lucia, "Preguntado en el obrador si da tiempo. Espero respuesta de Marta.", after: 3),
            ],
            afterwards: ["Ay, menos mal. Gracias!"]),
        Story(
            Neighbour("Ana Beltrán", "34600000162"), to: .shop, .minutesAgo(97),
            [
                .says("Hola, ¿el pan de espelta lleva miel?"),
                .reply(
                    .lucia, "Hola, Ana. No, no lleva. Te mando la ficha con todos los ingredientes.", after: 6,
                    file: paper("ficha-pan-de-espelta.pdf"), fate: .fails),
            ],
            afterwards: ["Ah perfecto, gracias por contestar"]),
        Story(
            Neighbour("Héctor Llopis", "34600000163"), to: .shop, .minutesAgo(72),
            [
                .says("Buenas, me he dejado el paraguas esta mañana. Es azul, con el mango de madera"),
                .reply(.thiago, "¡Buenas, Héctor! Aquí está, te lo guardamos detrás del mostrador.", after: 11, fate: .remainsUnknown),
            ],
            afterwards: ["Uf, qué bien. Mañana paso a por él"]),
        Story(
            Neighbour("Secretaría Colegio San Blas", "34600000164"), to: .events, .minutesAgo(60 * 27),
            [
                .says(
                    "Buenos días. Querríamos presupuesto para el desayuno de fin de trimestre del profesorado: 64 personas. "
                        + "Necesitamos la respuesta por escrito para la dirección."),
                .says("Si hacen factura electrónica, mejor. Gracias", after: 2),
                .note(.thiago, "Esto le toca a Marta: presupuesto de más de 300 €.", after: 95),
            ],
            afterwards: ["Recibido. Lo paso a dirección y les digo"]),
    ]
}
