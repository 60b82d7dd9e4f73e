-- Signed heads of the ledgers, and the salts without which a ledger's commitments say nothing.

-- The peaks are the roots of the tree's full subtrees, from the largest on: all that is needed to go on from here.
CREATE TABLE ledger_signed_heads (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    size {int64} NOT NULL CHECK (size > 0),
    note TEXT NOT NULL,
    peaks TEXT NOT NULL,
    signed_at {int64} NOT NULL,
    delivered_at {int64},
    delivered_to TEXT,
    delivery_failure TEXT,
    PRIMARY KEY (workspace, size)
) {clustered};
CREATE INDEX ledger_signed_heads_undelivered ON ledger_signed_heads (workspace, size) WHERE delivered_at IS NULL;

-- Roots of full subtrees of 256, 65536 … leaves, so that a proof reads few entries of a long ledger.
CREATE TABLE ledger_nodes (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    level {int64} NOT NULL,
    place {int64} NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (workspace, level, place)
) {clustered};

ALTER TABLE messages ADD COLUMN commitment_salt TEXT;

ALTER TABLE memberships ADD COLUMN signature_salt TEXT;
