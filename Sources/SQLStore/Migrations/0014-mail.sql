-- Mails: threads, what nobody waits for, and where collecting stands.

-- One contact may talk about several things at once; chats have one thread, the empty one.
CREATE UNIQUE INDEX conversations_by_contact ON conversations (workspace, inbox, contact, thread);

-- Shown, and never owed.
ALTER TABLE messages ADD COLUMN is_automatic {bool} NOT NULL DEFAULT FALSE;

-- By which marks of messages (Message-IDs, sealed for looking up) a thread is found again.
CREATE TABLE thread_marks (
    workspace TEXT NOT NULL,
    inbox TEXT NOT NULL,
    mark TEXT NOT NULL,
    conversation TEXT NOT NULL,
    PRIMARY KEY (workspace, inbox, mark, conversation),
    FOREIGN KEY (workspace, conversation) REFERENCES conversations (workspace, id)
) {clustered};
CREATE INDEX thread_marks_by_conversation ON thread_marks (workspace, conversation);

-- Inboxes that the desk collects from: how far it is, and how it went last.
CREATE TABLE collections (
    workspace TEXT NOT NULL,
    inbox TEXT NOT NULL,
    place {json},
    standing {json},
    PRIMARY KEY (workspace, inbox),
    FOREIGN KEY (workspace, inbox) REFERENCES inboxes (workspace, id)
) {strict};

-- Copies of sent replies that are still to be laid into the provider's Sent folder.
CREATE TABLE filing_jobs (
    workspace TEXT NOT NULL,
    attempt TEXT NOT NULL,
    inbox TEXT NOT NULL,
    tries {int64} NOT NULL,
    due_at {int64} NOT NULL,
    PRIMARY KEY (workspace, attempt),
    FOREIGN KEY (workspace, attempt) REFERENCES attempts (workspace, id)
) {strict};
CREATE INDEX filing_jobs_due ON filing_jobs (due_at);
