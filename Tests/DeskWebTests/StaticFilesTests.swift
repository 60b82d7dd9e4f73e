import Foundation
import Testing

@testable import DeskWeb

@Suite struct StaticFilesTests {
    private let files: StaticFiles

    init() throws { files = try StaticFiles() }

    @Test func aFileIsFoundUnderItsHashedAddress() throws {
        let file = try #require(files.file(at: files.url(of: "js/app.js")))
        #expect(file.mediaType == "text/javascript; charset=utf-8")
        #expect(!file.bytes.isEmpty)
    }

    @Test(arguments: ["/static/0/js/app.js", "/static/../js/app.js", "js/app.js", "/static/"])
    func anotherVersionOrPathIsNotFound(path: String) {
        #expect(files.file(at: path) == nil)
        #expect(files.file(at: files.prefix + "../Locales/es.json") == nil)
    }

    @Test func everyStyleSheetOfThePageExists() {
        for name in Chrome.styleSheetNames { #expect(files.names.contains("css/\(name).css")) }
    }

    @Test func everyBehaviourThatATemplateNamesIsAModule() throws {
        for file in try SourceFiles.all(under: "Resources/Templates", ending: ".mustache") {
            for match in file.text.matches(of: /data-behaviour="([^"]+)"/) {
                for name in match.output.1.split(separator: " ") {
                    #expect(files.names.contains("js/behaviours/\(name).js"), "\(file.path)")
                }
            }
        }
    }

    @Test func everyDrawingThatATemplateNamesExists() throws {
        let sheet = try #require(SourceFiles.all(under: "Resources/Static", ending: "icons.svg").first).text
        for file in try SourceFiles.all(under: "Resources/Templates", ending: ".mustache") {
            for match in file.text.matches(of: /\b((?:icon|drawing)-[a-z]+)(?=["{])/) where !match.output.1.hasPrefix("icon-\"") {
                #expect(sheet.contains("id=\"\(match.output.1)\""), "\(file.path): \(match.output.1)")
            }
        }
    }

    @Test func noScriptIsLongOrReachesForAnotherOrigin() throws {
        for file in try SourceFiles.all(under: "Resources/Static/js", ending: ".js") {
            #expect(file.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 101, "\(file.path)")
            #expect(!file.text.contains("http://") && !file.text.contains("https://"), "\(file.path)")
        }
    }
}
