import DeskWeb
import ProviderSimulators

/// A small reason to write to a bakery: how somebody begins, and what they say when they are answered.
struct Errand: Sendable {
    let opening: [ContactMessage.Content]
    let answers: [String]

    init(_ opening: ContactMessage.Content..., answers: [String] = []) {
        self.opening = opening
        self.answers = answers
    }

    init(_ opening: String..., answers: [String] = []) {
        self.opening = opening.map(ContactMessage.Content.text)
        self.answers = answers
    }

    /// In the order in which they come up.
    static func all(in language: Language) -> [Errand] {
        switch language {
        case .spanish: spanish
        case .portuguese: portuguese
        case .english: english
        }
    }

    private static let spanish = [
        Errand("Hola, ¿a qué hora sale la segunda hornada?", answers: ["Vale, pues me espero. Gracias!"]),
        Errand("¿Me guardas dos barras y una chapata?", "Paso sobre las dos", answers: ["Gracias, guapa"]),
        Errand(
            .media(.image, DemoFile.cake.file, caption: "¿Cuánto costaría una así para 20?"),
            answers: ["¿Y con fresas?", "Lo hablo en casa y os digo"]),
        Errand("Buenas, ¿vendéis harina de fuerza a granel?", answers: ["Dos kilos me bastan", "Perfecto, mañana me paso"]),
        Errand(.media(.voice, nil, caption: nil), answers: ["Eso, eso es lo que decía", "Gracias 😊"]),
        Errand("¿La coca se puede congelar?", answers: ["Ah, pues compro dos"]),
        Errand(
            .media(.image, DemoFile.bread.file, caption: "¡Mirad cómo me ha salido con vuestra masa madre!"),
            .text("Por dentro se me queda un poco apelmazada, ¿qué hago mal?"), answers: ["Voy a probar con más reposo. Gracias!"]),
        Errand("Se me ha olvidado decir que la tarta es sin nueces!!", "¿Llego a tiempo?", answers: ["Uf, qué susto. Gracias"]),
        Errand("¿Abrís el domingo por la tarde?", answers: ["Vale, pues por la mañana"]),
        Errand("Hola! ¿Hacéis descuento a asociaciones?", answers: ["Somos unos 40 socios", "Os mando un correo con los datos"]),
        Errand(.media(.document, nil, caption: "Justificante del pago"), answers: ["Gracias por confirmar"]),
        Errand("Ayer me cobrasteis de más, creo. Eran tres napolitanas y no cuatro", answers: ["No pasa nada, me lo descontáis mañana"]),
    ]

    private static let portuguese = [
        Errand("Oi! Tem pão de queijo hoje?", answers: ["Oba, guarda uns dez pra mim", "Valeu!"]),
        Errand("Boa tarde, qual é o preço do bolo de cenoura inteiro?", answers: ["Fico com um. Obrigada!"]),
        Errand(
            .media(.image, DemoFile.bread.file, caption: "Este pão leva sementes?"), answers: ["Obrigada, é para a minha mãe"]),
        Errand("Dá para encomendar broa de milho?", "É para domingo", answers: ["Duas, por favor", "Até domingo!"]),
        Errand(.media(.voice, nil, caption: nil), answers: ["Isso mesmo, obrigado"]),
    ]

    private static let english = [
        Errand("Hi! Do you have any gluten-free bread today?", answers: ["Perfect, I'll pop in after five"]),
        Errand("Could I order two baguettes for tomorrow morning?", answers: ["8 is great", "Thank you!"]),
        Errand(
            .media(.image, DemoFile.cake.file, caption: "Can you do this one without chocolate?"),
            answers: ["Lemon sounds wonderful"]),
        Errand("Is the terrace open when it rains?", answers: ["Ha, fair enough. See you tomorrow then"]),
        Errand("Hello, I think I left my sunglasses on the counter", answers: ["Phew! I'll come by this evening"]),
    ]
}
