-- Workspaces, and who may do what in them.

CREATE TABLE workspaces (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    answer_target {int64} NOT NULL,
    created_at {int64} NOT NULL
) {strict};
CREATE INDEX workspaces_by_name ON workspaces (name, created_at);

CREATE TABLE agreements (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    version {int64} NOT NULL CHECK (version > 0),
    text TEXT NOT NULL,
    digest TEXT NOT NULL,
    created_at {int64} NOT NULL,
    PRIMARY KEY (workspace, version)
) {strict};

CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    created_at {int64} NOT NULL
) {strict};

CREATE TABLE passwords (
    member TEXT NOT NULL PRIMARY KEY REFERENCES users (id),
    verifier TEXT NOT NULL CHECK (verifier <> ''),
    changed_at {int64} NOT NULL
) {strict};

CREATE TABLE preferences (
    member TEXT NOT NULL PRIMARY KEY REFERENCES users (id),
    choices {json} NOT NULL
) {strict};

CREATE TABLE memberships (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    member TEXT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    signed_agreement {int64},
    revoked_at {int64},
    created_at {int64} NOT NULL,
    PRIMARY KEY (workspace, member)
) {strict};
CREATE INDEX memberships_by_member ON memberships (member);

CREATE TABLE sessions (
    token_digest TEXT NOT NULL PRIMARY KEY CHECK (token_digest <> ''),
    member TEXT NOT NULL REFERENCES users (id),
    csrf_token TEXT NOT NULL,
    created_at {int64} NOT NULL,
    last_seen_at {int64} NOT NULL,
    expires_at {int64} NOT NULL
) {strict};
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE access_tokens (
    digest TEXT NOT NULL PRIMARY KEY CHECK (digest <> ''),
    member TEXT NOT NULL REFERENCES users (id),
    workspace TEXT REFERENCES workspaces (id),
    created_at {int64} NOT NULL,
    expires_at {int64} NOT NULL
) {strict};

CREATE TABLE invitations (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    token_digest TEXT NOT NULL UNIQUE CHECK (token_digest <> ''),
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    created_at {int64} NOT NULL,
    expires_at {int64} NOT NULL,
    used_at {int64},
    PRIMARY KEY (workspace, token_digest)
) {strict};

CREATE TABLE sign_in_failures (
    subject TEXT NOT NULL,
    at {int64} NOT NULL,
    count {int64} NOT NULL,
    PRIMARY KEY (subject, at)
) {clustered};
CREATE INDEX sign_in_failures_by_age ON sign_in_failures (at);

-- A row that is written to see whether writing works.
CREATE TABLE heartbeats (
    name TEXT NOT NULL PRIMARY KEY,
    beats {int64} NOT NULL
) {strict};
INSERT INTO heartbeats (name, beats) VALUES ('store', 0);
