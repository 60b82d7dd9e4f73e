import DeskCore
import MetaGraph
import Testing

@Suite struct GraphErrorTests {
    @Test(
        arguments: [
            (.transient, [1, 2, 131_000, 131_016, 133_004]),
            (.rate, [4, 613, 80_007, 130_429, 131_048, 131_056]),
            (.window, [131_047]),
            (.recipient, [131_026, 130_403, 131_050, 130_472, 131_049, 131_030, 131_062]),
            (.content, [100, 131_008, 131_009, 131_051, 131_052, 131_053, 132_000, 132_001, 132_016, 131_063, 131_064]),
            (.account, [0, 3, 10, 33, 190, 200, 299, 368, 131_031, 131_037, 131_042, 131_045, 133_010, 133_016, 130_497]),
        ] as [(DeliveryFailure.Class, [Int])])
    func classesKnownCodesWhateverTheStatus(expected: DeliveryFailure.Class, codes: [Int]) {
        for code in codes {
            #expect(GraphError(code: code).failureClass(status: 400) == expected, "code \(code)")
            #expect(GraphError(code: code).failureClass(status: 500) == expected, "code \(code)")
            #expect(GraphError(code: code).failureClass() == expected, "code \(code)")
        }
    }

    @Test(
        arguments: [
            (10, 2_018_278, .window), (100, 2_018_001, .recipient), (100, 33, .account), (100, 77, .content), (190, 463, .account),
        ] as [(Int, Int, DeliveryFailure.Class)])
    func subcodesRefineTheClass(code: Int, subcode: Int, expected: DeliveryFailure.Class) {
        #expect(GraphError(code: code, subcode: subcode).failureClass(status: 400) == expected)
    }

    @Test(
        arguments: [
            (400, false, .content), (400, true, .transient), (401, false, .account), (429, false, .rate), (500, false, .transient),
            (nil, false, .content),
        ] as [(Int?, Bool, DeliveryFailure.Class)])
    func unknownCodesGoByStatus(status: Int?, isTransient: Bool, expected: DeliveryFailure.Class) {
        #expect(GraphError(code: 999_999, isTransient: isTransient).failureClass(status: status) == expected)
    }

    @Test func readsTheMostTellingText() throws {
        let body = try JSONParser.parse(
            Array(
                #"{"error":{"message":"(#131056) Pair rate","code":"131056","error_subcode":7,"error_data":{"details":"Too many to one"}}}"#
                    .utf8))
        let error = try #require(GraphError(answer: body))
        #expect(error == GraphError(code: 131_056, subcode: 7, text: "Too many to one"))
        #expect(
            error.failure(status: 400, retryAfter: .seconds(4))
                == DeliveryFailure(.rate, code: "131056", text: "Too many to one", retryAfter: .seconds(4)))
    }

    @Test(arguments: ["{}", "[]", #"{"error":"no"}"#, #"{"error":{"message":"no code"}}"#, #"{"error":{"code":1e99}}"#])
    func findsNoErrorWhereNoneHasACode(body: String) throws {
        #expect(GraphError(answer: try JSONParser.parse(Array(body.utf8))) == nil)
    }
}
