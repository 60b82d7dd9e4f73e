/// A value that must never be shown: it prints as `‹secret›` wherever it is printed, described, mirrored or dumped.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    package init(_ value: String) { self.value = value }

    /// The value itself, for the one place that has to use it.
    package func exposed() -> String { value }

    package var isEmpty: Bool { value.isEmpty }
    package var description: String { "‹secret›" }
    package var debugDescription: String { "‹secret›" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
