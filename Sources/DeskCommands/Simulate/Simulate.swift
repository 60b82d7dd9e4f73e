import ArgumentParser

/// `contesta simulate`: local stand-ins of the providers.
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Run a local stand-in of a provider, or a simulation of the desk itself. It reaches nobody.",
        discussion: """
            A simulator answers the calls that Contesta makes to a provider, and calls Contesta's webhook as the provider does. \
            Its control side lets contacts write and faults happen, and lists what the contacts have received.
            """,
        subcommands: [SimulateMeta.self, SimulateDesk.self]
    )
}
