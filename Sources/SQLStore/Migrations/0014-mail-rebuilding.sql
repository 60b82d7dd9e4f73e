-- A contact of an inbox may have more than one conversation. SQLite can't drop the constraint that forbids it, so the table is built
-- anew, with everything as it was; see https://www.sqlite.org/lang_altertable.html, section 7.
CREATE TABLE rebuilt_conversations (
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
    promise_due_at {int64},
    promise_escalation {int64} NOT NULL DEFAULT 0,
    escalation {int64} NOT NULL DEFAULT 0,
    topic TEXT,
    thread TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (workspace, id),
    FOREIGN KEY (workspace, inbox) REFERENCES inboxes (workspace, id),
    FOREIGN KEY (workspace, contact) REFERENCES contacts (workspace, id)
) {strict};
INSERT INTO rebuilt_conversations
    (workspace, id, inbox, contact, version, last_position, last_inbound_at, last_activity_at, assignee, snoozed_until,
    obligation, due_at, preview_message, preview_position, preview_kind, preview_direction, preview_text, preview_sent_at,
    delivery_message, delivery_position, delivery, delivery_details, promise_due_at, promise_escalation, escalation, topic)
SELECT
    workspace, id, inbox, contact, version, last_position, last_inbound_at, last_activity_at, assignee, snoozed_until,
    obligation, due_at, preview_message, preview_position, preview_kind, preview_direction, preview_text, preview_sent_at,
    delivery_message, delivery_position, delivery, delivery_details, promise_due_at, promise_escalation, escalation, topic
FROM conversations;
DROP TABLE conversations;
ALTER TABLE rebuilt_conversations RENAME TO conversations;
CREATE INDEX conversations_owed ON conversations (workspace, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX conversations_owed_by_inbox ON conversations (workspace, inbox, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX conversations_owed_by_assignee ON conversations (workspace, assignee, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX conversations_answered ON conversations (workspace, last_activity_at, id) WHERE due_at IS NULL;
CREATE INDEX conversations_active ON conversations (workspace, last_activity_at, id);
CREATE INDEX conversations_active_by_inbox ON conversations (workspace, inbox, last_activity_at, id);
CREATE INDEX conversations_active_by_assignee ON conversations (workspace, assignee, last_activity_at, id)
    WHERE assignee IS NOT NULL;
CREATE INDEX conversations_promised ON conversations (workspace, promise_due_at, id) WHERE promise_due_at IS NOT NULL;
CREATE INDEX conversations_escalated ON conversations (workspace, due_at, id) WHERE escalation > 0;
