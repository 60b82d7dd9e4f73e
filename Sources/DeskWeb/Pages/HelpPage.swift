/// The shortcuts, and how the desk thinks.
package struct HelpPage: PageModel {
    package static let template = "pages.help"

    package var section: NavigationSection? { .help }

    package init() {}
}
