-- What can be found by words: a document for each message, and one for each contact's name and addresses.

CREATE TABLE search_documents (
    number {identity},
    workspace TEXT NOT NULL REFERENCES workspaces (id),
    subject TEXT NOT NULL,
    conversation TEXT,
    message TEXT,
    scope TEXT NOT NULL,
    text TEXT NOT NULL,
    at {int64} NOT NULL,
    UNIQUE (workspace, subject)
) {strict};

{word_index};
