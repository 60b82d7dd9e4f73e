-- The identity provider of a workspace, whom it vouches for, and who is on the way there and back.

CREATE TABLE identity_providers (
    workspace TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (id),
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    issuer TEXT NOT NULL,
    client TEXT NOT NULL,
    client_secret TEXT NOT NULL CHECK (client_secret <> ''),
    created_at {int64} NOT NULL
) {strict};

-- An identity is kept as a keyed digest only.
CREATE TABLE linked_identities (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    member TEXT NOT NULL REFERENCES users (id),
    identity_digest TEXT NOT NULL CHECK (identity_digest <> ''),
    linked_at {int64} NOT NULL,
    PRIMARY KEY (workspace, member),
    UNIQUE (workspace, identity_digest)
) {strict};

CREATE TABLE begun_sign_ins (
    state_digest TEXT NOT NULL PRIMARY KEY CHECK (state_digest <> ''),
    browser_digest TEXT NOT NULL CHECK (browser_digest <> ''),
    provider TEXT NOT NULL,
    linking_session TEXT,
    next_path TEXT NOT NULL,
    expires_at {int64} NOT NULL
) {strict};
CREATE INDEX begun_sign_ins_by_end ON begun_sign_ins (expires_at);
CREATE INDEX begun_sign_ins_by_provider ON begun_sign_ins (provider);

-- Of a session that began at a provider: which one, and whether the code of the account's own app came on top.
ALTER TABLE sessions ADD COLUMN provider TEXT;
ALTER TABLE sessions ADD COLUMN confirmed_by_code {bool} NOT NULL DEFAULT FALSE;
CREATE INDEX sessions_by_provider ON sessions (provider, member);
