-- What an inbox may have missed, when the program last lived, and which workspaces send nothing until somebody says so.

CREATE TABLE incidents (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    id TEXT NOT NULL UNIQUE,
    inbox TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stopped', 'deaf')),
    began_at {int64} NOT NULL,
    ended_at {int64},
    noticed_at {int64} NOT NULL,
    cleared_at {int64},
    cleared_by TEXT REFERENCES users (id),
    word TEXT,
    PRIMARY KEY (workspace, id),
    FOREIGN KEY (workspace, inbox) REFERENCES inboxes (workspace, id)
) {strict};
CREATE UNIQUE INDEX incidents_by_beginning ON incidents (inbox, began_at, kind);
CREATE INDEX incidents_uncleared ON incidents (workspace, id) WHERE cleared_at IS NULL;
CREATE INDEX incidents_ongoing ON incidents (inbox) WHERE ended_at IS NULL;

CREATE TABLE pulses (
    name TEXT NOT NULL PRIMARY KEY,
    at {int64} NOT NULL
) {strict};

CREATE TABLE delivery_holds (
    workspace TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (id),
    since {int64} NOT NULL,
    backup_at {int64} NOT NULL
) {strict};
