// swift-tools-version: 6.2

import PackageDescription

let houseRules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let database: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let httpServer: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let httpServerCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let httpServerTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let jsonWebTokens: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let networking: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let networkTypes: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let sockets: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let transportSecurity: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let systemPaths: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

/// Protections that a build can be asked to lack, so that tests can show that they miss them; see docs/simulation.md.
let sabotage: [SwiftSetting] =
    Context.environment["CONTESTA_SABOTAGE"] == "synchronous-normal" ? [.define("SABOTAGE_SYNCHRONOUS_NORMAL")] : []

/// The search for inputs that break something needs a compiler's own parts, and builds everything once more: only `script/fuzz` asks for it.
let isFuzzing = Context.environment["CONTESTA_FUZZING"] == "on"
let fuzzed: [Target.Dependency] = [
    "DeskCore", "DeskServer", "DeskWeb", "MailFormat", "MetaGraph", "SQLStore", "WhatsAppChannel", httpServer, httpTypes, networking,
]

/// What is judged is the same in both: in each run of the tests near what is known already, and by `script/fuzz` farther away.
let fuzzing: [Target] =
    isFuzzing
    ? [
        .systemLibrary(name: "CLibFuzzer", path: "Tests/FuzzingTests/CLibFuzzer"),
        .executableTarget(
            name: "fuzz", dependencies: fuzzed + ["CLibFuzzer"], path: "Tests/FuzzingTests",
            exclude: ["CLibFuzzer", "Corpus", "FuzzingTests.swift"], swiftSettings: houseRules,
            linkerSettings: [.unsafeFlags(["-Xlinker", "--allow-multiple-definition"])]),
    ]
    : [
        .testTarget(
            name: "FuzzingTests", dependencies: fuzzed + ["DeskTesting"], path: "Tests/FuzzingTests", exclude: ["CLibFuzzer", "Runner"],
            resources: [.copy("Corpus")], swiftSettings: houseRules)
    ]

/// A room of the house: a library target, and the doors it may open.
func room(_ name: String, _ doors: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: doors, resources: resources, swiftSettings: houseRules + sabotage)
}

/// The tests of a room.
func tests(of name: String, _ doors: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: doors, resources: resources, swiftSettings: houseRules)
}

let package = Package(
    name: "contesta",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "contesta", targets: ["contesta"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        room("DeskCore", [crypto]),
        room("DeskServices", ["DeskCore", lifecycle, logging]),
        room("SQLStore", ["DeskCore", "DeskServices", crypto], resources: [.embedInCode("Migrations")]),
        room("SQLiteDriver", ["DeskServices", "SQLStore", database, logging]),
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        room("PostgresDriver", ["CLibpq", "DeskCore", "DeskServices", "SQLStore"]),
        room("DeskBackup", ["DeskCore", "DeskServices", "SQLStore", "SQLiteDriver", crypto]),
        room("ChannelKit", ["DeskCore"]),
        room("MetaGraph", ["ChannelKit", "DeskCore", crypto]),
        room("WhatsAppChannel", ["ChannelKit", "DeskCore", "MetaGraph"]),
        room("MailTransport", ["DeskCore", networking, sockets, transportSecurity]),
        .systemLibrary(name: "CGMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"]), .brew(["gmime"])]),
        .systemLibrary(name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"]), .brew(["gumbo-parser"])]),
        .systemLibrary(name: "CIcal", pkgConfig: "libical", providers: [.apt(["libical-dev"]), .brew(["libical"])]),
        room("MailFormat", ["CGMime", "CGumbo", "CIcal", "DeskCore"]),
        room("EmailChannel", ["ChannelKit", "DeskCore", "MailFormat", "MailTransport", crypto]),
        room("OpenIDConnect", ["ChannelKit", "DeskCore", crypto, jsonWebTokens]),
        room("DeskWeb", ["DeskCore", mustache], resources: [.copy("Resources")]),
        room(
            "DeskServer",
            [
                "ChannelKit", "DeskCore", "DeskServices", "DeskWeb", "MailFormat", crypto, cryptoExtras, httpServer, httpServerCore,
                httpTypes, lifecycle, logging, networking, transportSecurity,
            ]
        ),
        room(
            "ProviderSimulators",
            ["ChannelKit", "DeskCore", "MetaGraph", crypto, httpClient, httpServer, httpTypes, lifecycle, logging, networking]),
        room(
            "DeskCommands",
            [
                "ChannelKit", "DeskBackup", "DeskCore", "DeskServer", "DeskServices", "DeskSimulation", "DeskWeb", "EmailChannel",
                "MailFormat", "MailTransport", "MetaGraph", "OpenIDConnect", "PostgresDriver", "ProviderSimulators", "SQLStore",
                "SQLiteDriver",
                "WhatsAppChannel", argumentParser,
                configuration, crypto, cryptoExtras, httpClient, httpServer, lifecycle,
                logging, networking, networkTypes, signals, sockets, systemPaths,
            ]
        ),
        .executableTarget(name: "contesta", dependencies: ["DeskCommands", argumentParser], swiftSettings: houseRules),
        room("DeskSimulation", ["DeskCore", "DeskServices", "SQLStore", "SQLiteDriver", logging]),
        room(
            "DeskTesting", ["CLibpq", "ChannelKit", "DeskCore", "DeskServices", "PostgresDriver", "SQLStore", "SQLiteDriver", logging]),
        tests(of: "MailTransportTests", ["DeskCore", "MailTransport"]),
        tests(of: "DeskCoreTests", ["DeskCore", "DeskTesting"]),
        tests(of: "DeskServicesTests", ["DeskCore", "DeskServices", "DeskTesting", "SQLStore", "SQLiteDriver", lifecycle, logging]),
        tests(of: "ContractTests", ["DeskCore", "DeskServices", "DeskTesting", "SQLStore", "SQLiteDriver"]),
        tests(of: "SQLStoreTests", ["DeskCore", "DeskServices", "DeskTesting", "SQLStore", "SQLiteDriver", crypto]),
        tests(of: "SQLiteDriverTests", ["DeskCore", "DeskServices", "DeskTesting", "SQLStore", "SQLiteDriver", database]),
        tests(of: "PostgresDriverTests", ["DeskCore", "DeskServices", "DeskTesting", "PostgresDriver", "SQLStore", "SQLiteDriver"]),
        tests(of: "DeskBackupTests", ["DeskBackup", "DeskCore", "DeskServices", "DeskTesting", "SQLStore", "SQLiteDriver"]),
        tests(of: "OpenIDConnectTests", ["ChannelKit", "DeskCore", "OpenIDConnect", crypto, cryptoExtras, jsonWebTokens]),
        tests(of: "EmailChannelTests", ["ChannelKit", "DeskCore", "EmailChannel", "MailFormat", "MailTransport"]),
        tests(of: "MailFormatTests", ["DeskCore", "MailFormat"]),
        tests(of: "MetaGraphTests", ["ChannelKit", "DeskCore", "MetaGraph"]),
        tests(
            of: "WhatsAppChannelTests", ["ChannelKit", "DeskCore", "MetaGraph", "WhatsAppChannel"], resources: [.copy("Payloads")]),
        tests(of: "DeskWebTests", ["DeskCore", "DeskWeb", mustache]),
        tests(
            of: "ProviderSimulatorsTests",
            [
                "ChannelKit", "DeskCore", "MetaGraph", "ProviderSimulators", crypto, httpClient, httpServer, httpServerTesting, httpTypes,
                logging,
            ]),
        tests(
            of: "DeskServerTests",
            [
                "ChannelKit", "DeskCore", "DeskServer", "DeskServices", "DeskTesting", "DeskWeb", "MailFormat", "MetaGraph", "SQLStore",
                "SQLiteDriver", "WhatsAppChannel", crypto,
                httpServer, httpServerTesting, httpTypes, lifecycle, logging, networking,
            ]),
        tests(
            of: "DeskCommandsTests",
            ["ChannelKit", "DeskCommands", "DeskCore", "DeskServices", "DeskTesting", "DeskWeb", httpClient, logging, networking, sockets]),
        tests(of: "DeskSimulationTests", ["contesta", "DeskCore", "DeskServices", "DeskSimulation"]),
        tests(of: "TidyTests", []),
    ] + fuzzing
)
