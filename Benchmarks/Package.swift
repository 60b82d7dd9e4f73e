// swift-tools-version: 6.2

import PackageDescription

/// The floors that Contesta is measured against: what the same libraries do on the same machine when they do nothing else.
/// Contesta itself is built here too, so that one release build makes all that `script/bench` runs.
let houseRules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "contesta-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "contesta", path: ".."),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    ],
    targets: [
        .executableTarget(
            name: "webhook-floor",
            dependencies: [
                .product(name: "contesta", package: "contesta"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            path: "Sources/WebhookFloor",
            swiftSettings: houseRules),
        .executableTarget(
            name: "insert-floor",
            dependencies: [.product(name: "GRDBSQLite", package: "GRDB.swift")],
            path: "Sources/InsertFloor",
            swiftSettings: houseRules),
    ]
)
