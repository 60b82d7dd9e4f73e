-- What people wrote, who they are and what opens their channels is sealed from here on, under keys that the master key wraps.
-- What is there already is sealed right after this, in the same transaction, by the program.

CREATE TABLE sealing_keys (
    name TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    wrapped {blob} NOT NULL,
    master TEXT NOT NULL
) {strict};

-- Of contacts and conversations: without its key, what one of them said can't be read any more.
CREATE TABLE content_keys (
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    subject TEXT NOT NULL UNIQUE,
    id TEXT NOT NULL UNIQUE,
    wrapped {blob} NOT NULL,
    PRIMARY KEY (workspace, subject)
) {strict};

-- The words of a document as the index keeps them.
ALTER TABLE search_documents ADD COLUMN tokens TEXT NOT NULL DEFAULT '';
DROP TABLE search_index;
DROP TABLE IF EXISTS search_progress;
{word_index};
