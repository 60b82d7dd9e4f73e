extension DemoStory {
    static func stories(in language: Language) -> [DemoStory] {
        switch language {
        case .spanish: spanish
        case .portuguese: portuguese
        case .english: english
        }
    }

    private static let spanish = [
        DemoStory(
            "Hola buenas!", "Hice un pedido el lunes y todavía no me llega, es el 1042. ¿Me podéis decir dónde está?",
            answers: ["Vale, muchas gracias por mirarlo", "Perfecto, quedo atenta 🙏"]),
        DemoStory("¿Tenéis cita libre esta semana? Si puede ser por la tarde mejor", answers: ["El jueves me viene genial", "Gracias!"]),
        DemoStory(
            "Buenos días, quería saber cuánto cuesta el envío a Canarias",
            answers: ["Ah pues no está mal. ¿Y cuánto tarda?", "Perfecto, lo pido hoy"]),
        DemoStory("Necesito la factura del mes pasado, por favor", "A nombre de Quispe e Hijos", answers: ["Recibida, gracias"]),
        DemoStory(
            .image, caption: "Me llegó así 😕", then: "La caja venía abierta",
            answers: ["Prefiero que me lo cambiéis", "Ok, espero al mensajero"]),
        DemoStory(.voice, answers: ["Eso es, lo que le decía en el audio", "Muy amable, gracias"]),
        DemoStory("¿Abrís el sábado por la mañana?", answers: ["Genial, me paso entonces 👍"]),
        DemoStory(
            "Hola! Me encantó lo que subieron ayer", "¿Hacen colaboraciones con marcas pequeñas?",
            answers: ["Claro, les mando la propuesta por aquí", "Quedo pendiente, gracias!"]),
        DemoStory(
            "Llevo esperando desde el viernes y nadie me contesta", "Ya no sé qué hacer",
            answers: ["Gracias por responder. Sigo esperando solución", "Vale"]),
        DemoStory("Se puede pagar con Bizum?", answers: ["Ok perfecto", "Hecho, ya lo envié"]),
        DemoStory(.document, caption: "Le mando el comprobante", answers: ["¿Ya quedó confirmado?", "Gracias, buen día"]),
        DemoStory("Quisiera cambiar mi cita del martes, me surgió algo", answers: ["A las 5 está bien", "Mil gracias ☺️"]),
        DemoStory("Es para regalo, ¿lo envolvéis?", answers: ["Ay qué bien, sí por favor", "Gracias!!"]),
        DemoStory("Buenas, ¿la talla M equivale a una 40?", answers: ["Entonces pido la L", "Gracias por la ayuda"]),
    ]

    private static let portuguese = [
        DemoStory(
            "Oi, tudo bem?", "Vocês entregam no Rio? Queria três unidades", answers: ["Pode ser na sexta", "Combinado, obrigado!"]),
        DemoStory("Boa tarde, qual é o horário de atendimento?", answers: ["Obrigada 😊"]),
        DemoStory("Fiz o pix mas não recebi a confirmação", answers: ["Foi às 14h, no valor de 89,90", "Ah, agora apareceu. Obrigada!"]),
        DemoStory(.image, caption: "É esse o modelo que eu quero", answers: ["Tem na cor azul?", "Então fecho esse"]),
        DemoStory(
            "Bom dia! Gostava de marcar uma consulta para a semana que vem",
            answers: ["Quarta de manhã, se houver", "Perfeito, até lá"]),
        DemoStory(.voice, answers: ["Isso mesmo, como falei no áudio", "Valeu!"]),
    ]

    private static let english = [
        DemoStory("Hi there, is the blue one back in stock?", answers: ["Great, can you hold one for me?", "You're a star, thanks"]),
        DemoStory(
            "Hello, I was charged twice for order 1107", "Could someone look into it please?",
            answers: ["The card ends in 4471", "Thanks for sorting it so quickly"]),
        DemoStory("Do you ship to Scotland?", answers: ["Lovely, thank you"]),
        DemoStory("Can I move my appointment to Friday?", answers: ["3pm works for me", "See you then 👋"]),
        DemoStory(.document, caption: "Signed copy attached", answers: ["Anything else you need from me?", "Perfect, cheers"]),
        DemoStory(
            "We'd love to feature you in our newsletter next month, who should I talk to?",
            answers: ["I'll wait to hear from them, thanks"]),
    ]
}
