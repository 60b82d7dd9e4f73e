import DeskCore

/// Who somebody is, as far as the provider says.
enum PersonReport {
    static func describe(_ person: Correspondent) -> ReportObject {
        var report = ReportObject()
        report.add("phone", person.identity(.phone))
        report.add("bsuid", person.identity(.businessScoped))
        report.add("parent_bsuid", person.parentUserID)
        report.add("name", person.name)
        report.add("username", person.username)
        report.add("raw_from", person.identity(.opaque))
        return report
    }
}
