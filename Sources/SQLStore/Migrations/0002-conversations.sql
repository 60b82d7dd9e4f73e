-- Inboxes, who writes to them, what was said, and what is owed.

CREATE TABLE inboxes (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    id TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    name TEXT NOT NULL,
    account TEXT NOT NULL,
    is_simulated {bool} NOT NULL,
    settings {json} NOT NULL,
    created_at {int64} NOT NULL,
    PRIMARY KEY (workspace, id)
) {strict};

CREATE TABLE inbox_secrets (
    workspace TEXT NOT NULL,
    inbox TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (workspace, inbox, name),
    FOREIGN KEY (workspace, inbox) REFERENCES inboxes (workspace, id)
) {strict};

-- The identities are here once more, in the order in which a reply should be addressed, so that a contact is one row to read.
CREATE TABLE contacts (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    inbox TEXT NOT NULL,
    name TEXT,
    identities {json} NOT NULL,
    created_at {int64} NOT NULL,
    PRIMARY KEY (workspace, id),
    FOREIGN KEY (workspace, inbox) REFERENCES inboxes (workspace, id)
) {strict};

CREATE TABLE contact_identities (
    workspace TEXT NOT NULL,
    inbox TEXT NOT NULL,
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    contact TEXT NOT NULL,
    PRIMARY KEY (workspace, inbox, scheme, value),
    FOREIGN KEY (workspace, contact) REFERENCES contacts (workspace, id)
) {clustered};
CREATE INDEX contact_identities_by_contact ON contact_identities (workspace, contact);

-- From obligation on, the columns repeat what a card of the queue shows, so that a page of the queue reads no other big table
-- but for the contacts' names.
CREATE TABLE conversations (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    inbox TEXT NOT NULL,
    contact TEXT NOT NULL,
    version {int64} NOT NULL,
    last_position {int64} NOT NULL,
    last_inbound_at {int64},
    last_activity_at {int64} NOT NULL,
    assignee TEXT REFERENCES users (id),
    snoozed_until {int64},
    obligation TEXT,
    due_at {int64},
    preview_message TEXT,
    preview_position {int64} NOT NULL DEFAULT 0,
    preview_kind TEXT,
    preview_direction TEXT,
    preview_text TEXT,
    preview_sent_at {int64},
    delivery_message TEXT,
    delivery_position {int64} NOT NULL DEFAULT 0,
    delivery TEXT,
    delivery_details {json},
    PRIMARY KEY (workspace, id),
    UNIQUE (workspace, inbox, contact),
    FOREIGN KEY (workspace, inbox) REFERENCES inboxes (workspace, id),
    FOREIGN KEY (workspace, contact) REFERENCES contacts (workspace, id)
) {strict};
CREATE INDEX conversations_owed ON conversations (workspace, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX conversations_owed_by_inbox ON conversations (workspace, inbox, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX conversations_owed_by_assignee ON conversations (workspace, assignee, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX conversations_answered ON conversations (workspace, last_activity_at, id) WHERE due_at IS NULL;
CREATE INDEX conversations_active ON conversations (workspace, last_activity_at, id);
CREATE INDEX conversations_active_by_inbox ON conversations (workspace, inbox, last_activity_at, id);
CREATE INDEX conversations_active_by_assignee ON conversations (workspace, assignee, last_activity_at, id)
    WHERE assignee IS NOT NULL;

-- What a plain text message does not have is null: most messages need no JSON at all.
CREATE TABLE messages (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL,
    inbox TEXT NOT NULL,
    position {int64} NOT NULL,
    direction TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    content {json},
    sent_at {int64} NOT NULL,
    received_at {int64} NOT NULL,
    provider_id TEXT,
    delivery TEXT,
    delivery_details {json},
    author TEXT REFERENCES users (id),
    answers TEXT,
    edited_at {int64},
    deleted_at {int64},
    reactions {json},
    is_history {bool} NOT NULL,
    reply_member TEXT,
    reply_key TEXT,
    reply_digest TEXT,
    PRIMARY KEY (workspace, conversation, position),
    FOREIGN KEY (workspace, conversation) REFERENCES conversations (workspace, id)
) {strict};
CREATE UNIQUE INDEX messages_by_provider_id ON messages (inbox, provider_id, direction) WHERE provider_id IS NOT NULL;
CREATE UNIQUE INDEX messages_by_reply_key ON messages (reply_member, reply_key) WHERE reply_key IS NOT NULL;

CREATE TABLE drafts (
    workspace TEXT NOT NULL,
    conversation TEXT NOT NULL,
    member TEXT NOT NULL REFERENCES users (id),
    text TEXT NOT NULL,
    changed_at {int64} NOT NULL,
    PRIMARY KEY (workspace, conversation, member),
    FOREIGN KEY (workspace, conversation) REFERENCES conversations (workspace, id)
) {strict};

CREATE TABLE obligations (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL,
    owed_since {int64} NOT NULL,
    due_at {int64} NOT NULL,
    first_position {int64} NOT NULL,
    last_position {int64} NOT NULL,
    is_owed {bool} NOT NULL,
    ending {json},
    ended_by_reply TEXT,
    opened_at {int64} NOT NULL,
    changed_at {int64} NOT NULL,
    PRIMARY KEY (workspace, id),
    FOREIGN KEY (workspace, conversation) REFERENCES conversations (workspace, id)
) {strict};
CREATE UNIQUE INDEX obligations_open ON obligations (conversation) WHERE is_owed;
CREATE INDEX obligations_by_reply ON obligations (ended_by_reply) WHERE ended_by_reply IS NOT NULL;
