import DeskCore
import DeskWeb
import ProviderSimulators

/// Portuguese and Brazilian neighbours. Thiago answers most of them.
extension Stories {
    static let portuguese = [
        Story(
            Neighbour("Beatriz Figueiredo", "351910000131", .portuguese), to: .shop, .daysBack(4, hour: 10, minute: 44),
            [
                .says("Bom dia! Disseram-me que fazem pastéis de nata. É verdade?"),
                .reply(.thiago, "Bom dia, Beatriz! É verdade, às quintas e aos sábados, a partir das 9.", after: 5),
                .says("Que maravilha. Guarda-me meia dúzia para sábado?", after: 2),
                .reply(.thiago, "Meia dúzia guardada em seu nome. São 9 €.", after: 3),
                .says("Levo canela de casa, que a vossa é fraquinha 😄", after: 2_890),
                .reply(.thiago, "Ahah, traga! E depois diga-nos a marca 😊", after: 6),
                .reacts("😂", after: 2),
            ]),
        Story(
            Neighbour("Fernanda Castro", "5511900000132", .portuguese), to: .shop, .daysBack(2, hour: 15, minute: 9),
            [
                .says("Oi, gente! Olha o que a minha filha fez com o pão de queijo de vocês 😂"),
                .sends(.media(.video, DemoFile.hoppingBread.file, caption: "Animou quadro a quadro, no tablet"), after: 1),
                .reply(.thiago, "Que coisa mais fofa, Fernanda! 😍 Podemos repostar nos stories, com o nome dela?", after: 6),
                .says("Podem sim, só o primeiro nome: Alice", after: 4, quotes: true),
                .reply(.thiago, "Combinado: só Alice. Parabéns à artista!", after: 3),
                .reacts("❤️", after: 2),
                .note(.thiago, "Autorizou repostar a animação só com o primeiro nome da menina (Alice)."),
            ],
            afterwards: ["Ela amou ver lá! Obrigada 🥰"]),
        Story(
            Neighbour("Gonçalo Pires", "351910000133", .portuguese), to: .events, .daysBack(1, hour: 9, minute: 50),
            [
                .says("Bom dia. Precisava de um pequeno-almoço para 25 pessoas na quinta-feira, no escritório"),
                .takes(.thiago, after: 5),
                .reply(
                    .thiago, "Bom dia, Gonçalo! Pães variados, bolos pequenos, fruta e sumo: 7,50 € por pessoa. A que horas e onde?",
                    after: 6),
                .sends(
                    .location(Location(latitude: 39.4626, longitude: -0.3726, name: "Escritório", address: "Carrer de Cadis, 48")), after: 4
                ),
                .says("Às 8h30. E duas pessoas não comem glúten", after: 1),
                .reply(.thiago, "Quinta às 8h15 aí, para estar tudo posto às 8h30. O sem glúten vai embalado à parte.", after: 8),
                .says("Impecável", after: 3),
                .needsNone(.thiago, "Confirma o pedido, não falta nada", after: 10),
            ]),
        Story(
            Neighbour("Mateus Rocha", "5521900000134", .portuguese), to: .shop, .minutesAgo(338),
            [
                .says("Boa tarde! Vocês fazem bolo de rolo? Sou de Recife e tô morrendo de saudade 😅"),
                .reply(
                    .thiago, "Mateus, que saudade! Não fazemos sempre, mas posso pedir pra Marta fazer um. Pra quando seria?", after: 12),
                .says("Pra sexta, se der. É aniversário da minha mãe, ela chega amanhã", after: 118),
                .says("E quanto ficaria um grande?", after: 1),
            ],
            afterwards: ["Fechado! Pode fazer 🙏", "Vocês são demais"]),
        Story(
            Neighbour("Rafael Lima", "5531900000135", .portuguese), to: .events, .minutesAgo(23),
            [
                .shows(.cake, "Oi! Consegue fazer um parecido pra 15 pessoas, sábado?"),
                .says("Minha esposa é intolerante à lactose, tem como?", after: 1),
            ],
            afterwards: ["Perfeito! Pode ser de morango então", "Combinado, obrigado 🙌"]),
    ]
}
