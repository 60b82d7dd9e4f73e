import DeskCore

/// How each session with the server is set up.
enum SessionSettings {
    /// For libpq. What stands before the address are defaults, which the address may change; what stands after it holds. A standby is no
    /// server to work with: of several servers the primary is looked for, also after another one has become it.
    static func connection(_ address: PostgresAddress) -> [(String, String)] {
        [
            ("target_session_attrs", "read-write"), ("connect_timeout", "5"), ("keepalives_idle", "10"), ("keepalives_interval", "5"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", "15000"), ("dbname", address.text.exposed()), ("application_name", "contesta"),
            ("client_encoding", "UTF8"),
        ]
    }

    /// How long the server may say nothing to a statement, with `statement_timeout` below: whoever hangs behind a connection that looks
    /// alive must not make everybody wait for ever.
    static let longestSilence = Duration.seconds(35)

    /// How long one piece of work may keep others waiting before these are refused at once. Providers give up a call after 10 to 20
    /// seconds, and come again.
    static let longestTurn = Duration.seconds(8)

    /// For the server, whatever is usual there. A session that holds the writers' lock and says nothing is ended, so that a program
    /// that hangs doesn't keep the others from writing.
    static let script = """
        SET synchronous_commit = on;
        SET timezone = 'UTC';
        SET bytea_output = 'hex';
        SET standard_conforming_strings = on;
        SET statement_timeout = '30s';
        SET lock_timeout = '10s';
        SET idle_in_transaction_session_timeout = '30s'
        """

    /// For a migration, which may have a big table to go through.
    static let patience = "SET LOCAL statement_timeout = 0"
}
