-- What members may see beyond or short of their role, how delicate contacts are, what conversations are about, and who read what.

ALTER TABLE memberships ADD COLUMN custom_grant {json};
ALTER TABLE invitations ADD COLUMN custom_grant {json};

ALTER TABLE contacts ADD COLUMN contact_class TEXT NOT NULL DEFAULT 'ordinary'
    CHECK (contact_class IN ('ordinary', 'important', 'principal_only'));

ALTER TABLE conversations ADD COLUMN topic TEXT;

CREATE TABLE readings (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    id TEXT NOT NULL,
    reader TEXT NOT NULL REFERENCES users (id),
    seen_by TEXT REFERENCES users (id),
    act TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('page', 'api', 'command')),
    conversation TEXT,
    details {json} NOT NULL,
    at {int64} NOT NULL,
    PRIMARY KEY (workspace, id)
) {strict};
CREATE INDEX readings_by_reader ON readings (workspace, reader, id);
CREATE INDEX readings_by_act ON readings (workspace, reader, act, conversation, at);
CREATE INDEX readings_by_conversation ON readings (workspace, conversation, id) WHERE conversation IS NOT NULL;

CREATE INDEX messages_by_author ON messages (workspace, author, sent_at) WHERE author IS NOT NULL;

-- A browser that somebody signed in with: what it calls itself, from where, and when its owner last proved who they are.
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN confirmed_at {int64} NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN awaits_code {bool} NOT NULL DEFAULT FALSE;
CREATE INDEX sessions_by_member ON sessions (member, created_at);

CREATE TABLE second_factors (
    member TEXT NOT NULL PRIMARY KEY REFERENCES users (id),
    secret TEXT NOT NULL CHECK (secret <> ''),
    confirmed_at {int64},
    last_step {int64} NOT NULL
) {strict};

CREATE TABLE recovery_codes (
    member TEXT NOT NULL REFERENCES users (id),
    digest TEXT NOT NULL CHECK (digest <> ''),
    used_at {int64},
    PRIMARY KEY (member, digest)
) {strict};
