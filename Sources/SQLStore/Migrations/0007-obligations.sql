-- Business hours, escalation, and what is promised.

-- Null: around the clock, by answer_target alone.
ALTER TABLE workspaces ADD COLUMN answer_policy {json};

-- A reopened obligation that another one took over is neither owed nor ended.
ALTER TABLE obligations ADD COLUMN continued_in TEXT;
ALTER TABLE obligations ADD COLUMN dismissed_at {int64};
ALTER TABLE obligations ADD COLUMN escalation_level {int64} NOT NULL DEFAULT 0;
ALTER TABLE obligations ADD COLUMN escalates_at {int64};
UPDATE obligations SET escalates_at = due_at WHERE is_owed;
CREATE INDEX obligations_escalating ON obligations (escalates_at, id) WHERE is_owed AND escalates_at IS NOT NULL;
CREATE INDEX obligations_dismissed ON obligations (conversation, dismissed_at) WHERE dismissed_at IS NOT NULL;

CREATE TABLE commitments (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL,
    message TEXT NOT NULL,
    text TEXT NOT NULL,
    due_at {int64} NOT NULL,
    member TEXT NOT NULL REFERENCES users (id),
    made_at {int64} NOT NULL,
    is_owed {bool} NOT NULL,
    settlement {json},
    keeper TEXT,
    is_kept {bool} NOT NULL,
    escalation_level {int64} NOT NULL,
    escalates_at {int64},
    changed_at {int64} NOT NULL,
    PRIMARY KEY (workspace, id),
    FOREIGN KEY (workspace, conversation) REFERENCES conversations (workspace, id),
    FOREIGN KEY (message) REFERENCES messages (id)
) {strict};
CREATE INDEX commitments_owed ON commitments (conversation, due_at, id) WHERE is_owed;
CREATE INDEX commitments_by_message ON commitments (message);
CREATE INDEX commitments_by_keeper ON commitments (keeper) WHERE keeper IS NOT NULL;
CREATE INDEX commitments_escalating ON commitments (escalates_at, id) WHERE is_owed AND escalates_at IS NOT NULL;

-- Cards show them: due_at is from now on the sooner of the obligation's and the commitments', escalation the higher of both.
ALTER TABLE conversations ADD COLUMN promise_due_at {int64};
ALTER TABLE conversations ADD COLUMN promise_escalation {int64} NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN escalation {int64} NOT NULL DEFAULT 0;
CREATE INDEX conversations_promised ON conversations (workspace, promise_due_at, id) WHERE promise_due_at IS NOT NULL;
CREATE INDEX conversations_escalated ON conversations (workspace, due_at, id) WHERE escalation > 0;
