/// Shapes: conversations, and what is found in them.
enum DescribedConversation {
    static let json = #"""
        {
          "Conversation": {
            "type": "object",
            "required": [
              "id", "workspace_id", "inbox_id", "channel", "contact", "state", "owed_since", "due_at", "escalation",
              "commitments", "topic", "assignee",
              "snoozed_until", "version", "reply_window", "last_activity_at", "last_message"
            ],
            "properties": {
              "id": {"type": "string"},
              "workspace_id": {"type": "string"},
              "inbox_id": {"type": "string"},
              "channel": {"type": "string", "examples": ["whatsapp"]},
              "contact": {
                "type": "object", "required": ["id", "name", "address", "class", "is_masked"],
                "properties": {
                  "id": {"type": "string"},
                  "name": {"type": ["string", "null"]},
                  "address": {"type": ["string", "null"], "description": "Exactly as the provider spells it"},
                  "class": {"$ref": "#/components/schemas/ContactClass"},
                  "is_masked": {"type": "boolean", "description": "Whether numbers and addresses are covered to the caller"}
                }
              },
              "state": {
                "type": "string", "enum": ["owed", "answered", "closed"],
                "description": "`owed`: somebody waits, or something was promised. \#
        `answered`: the last word is ours. `closed`: the last word is theirs, and \#
        nothing is owed for it."
              },
              "owed_since": {"type": ["string", "null"], "format": "date-time"},
              "due_at": {
                "type": ["string", "null"], "format": "date-time",
                "description": "When the first of what is owed is due: the answer, by the answer target in business hours, or a commitment"
              },
              "escalation": {"$ref": "#/components/schemas/Escalation"},
              "commitments": {"type": "array", "description": "Those that are owed", "items": {"$ref": "#/components/schemas/Commitment"}},
              "topic": {
                "oneOf": [{"$ref": "#/components/schemas/Topic"}, {"type": "null"}], "description": "Null while nobody said"
              },
              "assignee": {"type": ["string", "null"], "description": "A user's id"},
              "snoozed_until": {"type": ["string", "null"], "format": "date-time"},
              "version": {"type": "integer", "description": "Grows with everything that a writer should have seen before answering"},
              "reply_window": {
                "type": "object", "required": ["open", "closes_at"],
                "properties": {
                  "open": {"type": "boolean"},
                  "closes_at": {
                    "type": ["string", "null"], "format": "date-time", "description": "When it closes, or closed; null without an end"
                  }
                }
              },
              "last_activity_at": {"type": "string", "format": "date-time"},
              "last_message": {
                "anyOf": [
                  {"type": "null"},
                  {
                    "type": "object", "required": ["kind", "direction", "text", "sent_at"],
                    "properties": {
                      "kind": {"$ref": "#/components/schemas/Kind"},
                      "direction": {"$ref": "#/components/schemas/Direction"},
                      "text": {"type": "string", "description": "Its first words"},
                      "sent_at": {"type": "string", "format": "date-time"}
                    }
                  }
                ]
              }
            }
          },
          "ConversationList": {
            "type": "object", "required": ["items", "next_cursor"],
            "properties": {
              "items": {"type": "array", "items": {"$ref": "#/components/schemas/Conversation"}},
              "next_cursor": {"type": ["string", "null"]}
            }
          },
          "SearchHitList": {
            "type": "object", "required": ["items", "next_cursor"],
            "properties": {
              "items": {
                "type": "array",
                "items": {
                  "type": "object",
                  "required": ["conversation_id", "workspace_id", "contact_name", "message_id", "direction", "text", "at"],
                  "properties": {
                    "conversation_id": {"type": "string"},
                    "workspace_id": {"type": "string"},
                    "contact_name": {"type": "string"},
                    "message_id": {"type": ["string", "null"], "description": "Null when the contact matched"},
                    "direction": {"anyOf": [{"$ref": "#/components/schemas/Direction"}, {"type": "null"}]},
                    "text": {"type": "string"},
                    "at": {"type": "string", "format": "date-time"}
                  }
                }
              },
              "next_cursor": {"type": ["string", "null"]}
            }
          }
        }
        """#
}
