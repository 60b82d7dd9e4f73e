-- For how long a workspace keeps what people wrote; null days keep it.
CREATE TABLE retentions (
    workspace TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (id),
    conversation_days {int64},
    raw_event_days {int64},
    events_removed_at {int64}
) {strict};
CREATE INDEX raw_events_by_age ON raw_events (workspace, received_at) WHERE outcome <> 'pending';
