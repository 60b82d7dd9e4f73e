import DeskCore
import ProviderSimulators

/// Those who wait for an answer, within the time in which they should have it.
extension Stories {
    static let waiting = [
        Story(
            Neighbour("Sofía Martí", "34600000151"), to: .shop, .minutesAgo(3),
            [.says("Hola! ¿Os queda pan de centeno? Salgo del trabajo en veinte minutos")],
            afterwards: ["Genial, voy volando. Gracias!"]),
        Story(
            Neighbour("Pilar Cebrián", "34600000152"), to: .shop, .minutesAgo(15),
            [
                .sends(.media(.voice, nil, caption: nil)),
                .shows(.shoppingNote, "Te mando la lista por si no se me entiende 😅", after: 1),
                .takes(.lucia, after: 4),
            ],
            afterwards: ["Eso es, todo para el sábado a las 17 h", "Un sol, muchas gracias"]),
        Story(
            Neighbour("Jordi Esteve", "34600000153"), to: .shop, .minutesAgo(34),
            [
                .sends(
                    .order(
                        catalogue: "300000000000001",
                        items: [
                            item("hogaza-masa-madre", 2, price: 4.8), item("ensaimada-mallorquina", 6, price: 1.9),
                            item("coca-de-llanda", 1, price: 9.5),
                        ], text: "Para recoger el viernes")),
                .says("Si no hay coca, ponme rosquilletas", after: 1),
            ],
            afterwards: ["Perfecto, el viernes a las 10 estoy ahí"]),
        Story(
            Neighbour("Nerea Campos", "34600000154"), to: .events, .minutesAgo(40),
            [
                .says("Buenas tardes, ¿lleváis los pedidos a domicilio? Es para una merienda de 30 niños"),
                .sends(
                    .location(Location(latitude: 39.4751, longitude: -0.3541, name: "Ludoteca El Patio", address: "Carrer de Bèlgica, 12")),
                    after: 1),
            ],
            afterwards: ["Estupendo. Entonces 30 medias noches y 30 zumos", "¡Gracias, nos salváis la tarde!"]),
        Story(
            Neighbour("Inés Alfonso", "34600000155"), to: .shop, .minutesAgo(53),
            [
                .sends(.unsupported(code: 131_051, type: "poll")),
                .says("No sé si os ha llegado la encuesta. ¿Qué tarta os parece mejor para una comunión?", after: 2),
            ],
            afterwards: ["Pues la de fresas, que es la que gana 🍓"]),
        Story(
            Neighbour("Vicente Roig", "34600000156"), to: .events, .daysBack(1, hour: 17, minute: 20),
            [
                .says("Hola, ¿me confirmáis la tarta de manzana de mañana? 12 raciones"),
                .reply(.lucia, "Confirmada, Vicente: tarta de manzana de 12 raciones.", after: 6),
                .says("¿Me podéis poner «Feliz jubilación, Amalia»?", after: 4),
                .reply(.lucia, "Puesto en la nota. ¿A qué hora pasas?", after: 3, quotes: true),
                .says("A las siete, al salir", after: 2, quotes: true),
                .reply(.lucia, "A las siete, hecho. Son 28 €.", after: 2),
                .reacts("👌", after: 1),
            ],
            afterwards: ["Fenomenal, gracias Lucía"]),
    ]
}
