/// Every order of some things.
package func permutations<Element>(of elements: [Element]) -> [[Element]] {
    guard let first = elements.first else { return [[]] }
    return permutations(of: Array(elements.dropFirst())).flatMap { rest in
        (0...rest.count).map { place in Array(rest[..<place]) + [first] + Array(rest[place...]) }
    }
}

/// Every selection of some things, in their order.
package func subsets<Element>(of elements: [Element]) -> [[Element]] {
    elements.reduce([[]]) { known, element in known + known.map { $0 + [element] } }
}
