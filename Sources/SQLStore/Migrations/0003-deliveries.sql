-- What came from providers, what goes to them, and the proof of both.

CREATE TABLE raw_events (
    workspace TEXT NOT NULL,
    inbox TEXT NOT NULL,
    id TEXT NOT NULL,
    received_at {int64} NOT NULL,
    body {blob} NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('projected', 'ignored', 'quarantined')),
    reason TEXT,
    PRIMARY KEY (workspace, inbox, id),
    FOREIGN KEY (workspace, inbox) REFERENCES inboxes (workspace, id)
) {strict};
CREATE INDEX raw_events_quarantined ON raw_events (workspace, id) WHERE outcome = 'quarantined';

-- An inbox belongs to one workspace, so a key is unique within the inbox.
CREATE TABLE event_keys (
    workspace TEXT NOT NULL,
    inbox TEXT NOT NULL,
    key TEXT NOT NULL,
    at {int64} NOT NULL,
    PRIMARY KEY (workspace, inbox, key),
    FOREIGN KEY (workspace, inbox) REFERENCES inboxes (workspace, id)
) {clustered};

CREATE TABLE parked_statuses (
    workspace TEXT NOT NULL,
    inbox TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    number {int64} NOT NULL,
    stage TEXT NOT NULL,
    details {json} NOT NULL,
    at {int64} NOT NULL,
    PRIMARY KEY (workspace, inbox, provider_id, number),
    FOREIGN KEY (workspace, inbox) REFERENCES inboxes (workspace, id)
) {strict};

CREATE TABLE attempts (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    message TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL,
    inbox TEXT NOT NULL,
    position {int64} NOT NULL,
    obligation TEXT,
    recipient {json} NOT NULL,
    seen_through {int64} NOT NULL,
    state TEXT NOT NULL,
    state_details {json},
    due_at {int64} NOT NULL,
    calls {int64} NOT NULL,
    provider_id TEXT,
    created_at {int64} NOT NULL,
    changed_at {int64} NOT NULL,
    PRIMARY KEY (workspace, id),
    FOREIGN KEY (message) REFERENCES messages (id),
    FOREIGN KEY (workspace, conversation) REFERENCES conversations (workspace, id)
) {strict};
CREATE INDEX attempts_waiting ON attempts (due_at, id) WHERE state IN ('held', 'queued');
CREATE INDEX attempts_in_flight ON attempts (conversation, position) WHERE state IN ('held', 'queued', 'sending');
CREATE INDEX attempts_sending ON attempts (id) WHERE state = 'sending';
CREATE INDEX attempts_undecided ON attempts (workspace, id) WHERE state IN ('unknown', 'failed');
CREATE INDEX attempts_by_provider_id ON attempts (inbox, provider_id) WHERE provider_id IS NOT NULL;

CREATE TABLE media_jobs (
    workspace TEXT NOT NULL,
    message TEXT NOT NULL,
    attachment_index {int64} NOT NULL,
    inbox TEXT NOT NULL,
    attachment {json} NOT NULL,
    tries {int64} NOT NULL,
    due_at {int64} NOT NULL,
    PRIMARY KEY (workspace, message, attachment_index),
    UNIQUE (message, attachment_index),
    FOREIGN KEY (message) REFERENCES messages (id)
) {strict};
CREATE INDEX media_jobs_due ON media_jobs (due_at);

CREATE TABLE ledger_entries (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    sequence {int64} NOT NULL,
    at {int64} NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    details {json},
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (workspace, sequence)
) {clustered};
CREATE INDEX ledger_entries_by_subject ON ledger_entries (workspace, subject, sequence);

CREATE TABLE ledger_heads (
    workspace TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (id),
    sequence {int64} NOT NULL,
    hash TEXT NOT NULL
) {strict};

CREATE TABLE events (
    sequence {int64} NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    kind TEXT NOT NULL,
    conversation TEXT NOT NULL,
    message TEXT,
    at {int64} NOT NULL
) {strict};

-- The last number given to an event; counting here keeps numbers in the order of commits, also where many write at once.
CREATE TABLE event_head (
    name TEXT NOT NULL PRIMARY KEY,
    sequence {int64} NOT NULL
) {strict};
INSERT INTO event_head (name, sequence) VALUES ('events', 0);
