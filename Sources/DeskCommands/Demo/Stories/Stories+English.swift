import DeskCore
import DeskWeb
import ProviderSimulators

/// English-speaking neighbours.
extension Stories {
    static let english = [
        Story(
            Neighbour("Hannah Clarke", "447700900141", .english), to: .shop, .daysBack(3, hour: 11, minute: 6),
            [
                .says("Hi! Are you open on Monday? I know it's a holiday here"),
                .reply(.lucia, "Hi Hannah! Yes, from 8 to 2 on Monday.", after: 9),
                .says("Amazing. Could you keep a sourdough for me? I'll be there by 1", after: 2, quotes: true),
                .reply(.lucia, "It's yours. Large or small?", after: 4),
                .says("Lrge please"),
                .edits("Large please, sliced if you can"),
                .reply(.lucia, "Large and sliced. See you on Monday!", after: 3),
                .reacts("🥖", after: 1),
            ]),
        Story(
            Neighbour("Chloe Bennett", "447700900142", .english), to: .events, .daysBack(2, hour: 13, minute: 38),
            [
                .says("Hello, do you do afternoon tea boxes? It's for my mum's 60th"),
                .sends(.buttonReply(id: "box-for-four", title: "Box for four"), after: 6),
                .takes(.lucia, after: 5),
                .reply(.lucia, "Lovely idea! A box for four is 38 €: sandwiches, scones, four little cakes. Which day?", after: 3),
                .says("Saturday, around noon. No egg mayo please, she hates it 😅", after: 11),
                .reply(.lucia, "Saturday at 12, no egg mayo. We'll add a candle for her.", after: 5),
                .reacts("❤️", after: 2),
                .says("You lot are the best. She cried (happy tears)", after: 1_180),
                .byPhone("That makes our day, Chloe. Happy birthday to her!", after: 40),
            ]),
        Story(
            Neighbour("Yuki Tanaka", "12025550143", .english), to: .shop, .daysBack(1, hour: 10, minute: 26),
            [
                .says("Hello, I am visiting Valencia for two days. I'm standing here and I can't find you"),
                .sends(.location(Location(latitude: 39.4613, longitude: -0.3745)), after: 1),
                .reply(.lucia, "Hi Yuki! You are one street away: turn left at the church, green awning. We'll wave 👋", after: 3),
                .shows(.bread, "Found you. Worth it!!", after: 26),
                .reply(.lucia, "So happy you made it. Enjoy Valencia!", after: 7),
            ]),
        Story(
            Neighbour("Oliver Grant", "447700900144", .english), to: .events, .minutesAgo(9),
            [
                .says("Hi, could you make a vegan birthday cake for this Saturday? About 12 people"),
                .says("Chocolate if possible. Happy to pay a deposit today", after: 1),
            ],
            afterwards: ["Brilliant, 5pm works for me", "Deposit sent. Thank you so much!"]),
        Story(
            Neighbour("Grace Adeyemi", "447700900145", .english), to: .events, .minutesAgo(48),
            [
                .says("Good afternoon. For our office lunch we need your allergen list before we can order"),
                .sends(document("supplier-form.pdf", caption: "This is the form our health & safety people use"), after: 1),
                .takes(.thiago, after: 6),
            ],
            afterwards: ["Thanks, I'll pass it on and confirm the order tomorrow"]),
    ]
}
