-- Summaries for principals, and what they count.

CREATE TABLE summary_plans (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    member TEXT NOT NULL REFERENCES users (id),
    plan {json} NOT NULL,
    progress {json} NOT NULL,
    next_at {int64} NOT NULL,
    PRIMARY KEY (workspace, member)
) {strict};
CREATE INDEX summary_plans_next ON summary_plans (next_at);

CREATE INDEX messages_received ON messages (workspace, received_at) WHERE direction = 'inbound' AND NOT is_history AND NOT is_automatic;
CREATE INDEX obligations_ended ON obligations (workspace, changed_at) WHERE NOT is_owed;
