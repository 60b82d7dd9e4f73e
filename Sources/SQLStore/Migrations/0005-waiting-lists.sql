-- What providers sent may be stored first and be given its meaning right after.

CREATE TABLE raw_events_anew (
    workspace TEXT NOT NULL,
    inbox TEXT NOT NULL,
    id TEXT NOT NULL,
    received_at {int64} NOT NULL,
    body {blob} NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('pending', 'projected', 'ignored', 'quarantined')),
    reason TEXT,
    starts {int64} NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace, inbox, id),
    FOREIGN KEY (workspace, inbox) REFERENCES inboxes (workspace, id)
) {strict};
INSERT INTO raw_events_anew (workspace, inbox, id, received_at, body, outcome, reason)
SELECT workspace, inbox, id, received_at, body, outcome, reason FROM raw_events;
DROP TABLE raw_events;
ALTER TABLE raw_events_anew RENAME TO raw_events;
CREATE INDEX raw_events_quarantined ON raw_events (workspace, id) WHERE outcome = 'quarantined';
CREATE INDEX raw_events_pending ON raw_events (id) WHERE outcome = 'pending';

-- Only what nobody can know waits for a person's decision: what failed is owed again.
DROP INDEX attempts_undecided;
CREATE INDEX attempts_undecided ON attempts (workspace, id) WHERE state = 'unknown';
