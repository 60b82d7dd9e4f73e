/// Shapes: what a mail says beside its text.
enum DescribedMail {
    static let json = #"""
        {
          "MailParty": {
            "type": "object", "required": ["name", "address"],
            "properties": {
              "name": {"type": "string", "description": "In the mail's own words; empty for none"}, "address": {"type": "string"}
            }
          },
          "Mail": {
            "type": "object",
            "required": [
              "subject", "from", "to", "cc", "reply_to", "message_id", "automation", "warnings", "authentication", "protection",
              "calendar", "has_html", "is_truncated"
            ],
            "properties": {
              "subject": {"type": "string"},
              "from": {"type": "array", "items": {"$ref": "#/components/schemas/MailParty"}},
              "to": {"type": "array", "items": {"$ref": "#/components/schemas/MailParty"}},
              "cc": {"type": "array", "items": {"$ref": "#/components/schemas/MailParty"}},
              "reply_to": {"type": "array", "items": {"$ref": "#/components/schemas/MailParty"}},
              "message_id": {"type": ["string", "null"], "description": "Without angle brackets; null where addresses are covered"},
              "automation": {
                "type": ["string", "null"],
                "enum": [
                  "automatic_answer", "notification", "list", "bounce", "delay", "receipt", "complaint", "loop", null
                ],
                "description": "Why nobody waits for an answer (RFC 3834); null: somebody wrote it"
              },
              "warnings": {
                "type": "array",
                "items": {
                  "type": "string",
                  "enum": [
                    "name_feigns_address", "failed_authentication", "feigns_own_address", "feigns_member", "answers_elsewhere",
                    "answers_another"
                  ]
                },
                "description": "What somebody who answers should know before"
              },
              "authentication": {
                "anyOf": [
                  {"type": "null"},
                  {
                    "type": "object", "required": ["dmarc", "spf", "dkim", "server"],
                    "description": "What the receiving server found out about the sender (RFC 8601)",
                    "properties": {
                      "dmarc": {"type": ["string", "null"]}, "spf": {"type": ["string", "null"]}, "dkim": {"type": ["string", "null"]},
                      "server": {"type": "string"}
                    }
                  }
                ]
              },
              "protection": {"type": ["string", "null"], "enum": ["signed", "encrypted", null], "description": "Recognised, not verified"},
              "calendar": {
                "anyOf": [
                  {"type": "null"},
                  {
                    "type": "object", "required": ["purpose", "title", "place", "organizer", "start", "end", "repeats"],
                    "description": "The first entry of a calendar that came with it (RFC 5545), as its sender says",
                    "properties": {
                      "purpose": {
                        "type": "string",
                        "enum": ["invitation", "cancellation", "entry", "accepted", "declined", "tentative", "answer"]
                      },
                      "title": {"type": "string"}, "place": {"type": "string"},
                      "organizer": {"anyOf": [{"type": "null"}, {"$ref": "#/components/schemas/MailParty"}]},
                      "start": {"type": ["string", "null"], "description": "A moment, a date, or a date and time in no known zone"},
                      "end": {"type": ["string", "null"], "description": "Of whole days the last one"},
                      "repeats": {"type": "boolean"}
                    }
                  }
                ]
              },
              "has_html": {"type": "boolean"},
              "is_truncated": {"type": "boolean", "description": "Only the beginning was brought from the server"}
            }
          }
        }
        """#
}
