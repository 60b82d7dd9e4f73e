-- A contact of an inbox may have more than one conversation.
ALTER TABLE conversations DROP CONSTRAINT conversations_workspace_inbox_contact_key;
ALTER TABLE conversations ADD COLUMN thread TEXT NOT NULL DEFAULT '';
