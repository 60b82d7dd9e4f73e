/// Shapes: messages and replies.
enum DescribedMessage {
    static let json = #"""
        {
          "Kind": {
            "type": "string",
            "enum": [
              "text", "image", "audio", "voice", "video", "document", "sticker", "location", "contacts", "button", "interactive",
              "reaction", "order", "system", "email", "unsupported"
            ]
          },
          "Direction": {
            "type": "string", "enum": ["inbound", "outbound", "echo", "note"],
            "description": "`echo`: the principal answered from elsewhere. `note`: internal."
          },
          "Message": {
            "type": "object",
            "required": [
              "id", "conversation_id", "direction", "kind", "text", "sent_at", "received_at", "status", "failure", "attachments",
              "author", "answers", "provider_id", "edited_at", "deleted_at", "reactions", "is_history", "is_forwarded",
              "quoted_provider_id", "location", "shared_contacts", "order", "payload", "referral", "form", "product", "mail"
            ],
            "properties": {
              "id": {"type": "string"},
              "conversation_id": {"type": "string"},
              "direction": {"$ref": "#/components/schemas/Direction"},
              "kind": {"$ref": "#/components/schemas/Kind"},
              "text": {"type": "string"},
              "sent_at": {"type": "string", "format": "date-time", "description": "By the provider's clock"},
              "received_at": {"type": "string", "format": "date-time"},
              "status": {
                "type": ["string", "null"],
                "enum": ["held", "queued", "sending", "accepted", "delivered", "read", "failed", "unknown", "undone", null],
                "description": "Of outbound messages. `held`: it can still be undone. `unknown`: a person has to find out."
              },
              "failure": {
                "anyOf": [
                  {"type": "null"},
                  {
                    "type": "object", "required": ["class", "code", "text"],
                    "properties": {
                      "class": {
                        "type": "string",
                        "enum": ["transient", "rate", "window", "recipient", "content", "account", "unknown"]
                      },
                      "code": {"type": "string", "description": "The provider's own"},
                      "text": {"type": "string"}
                    }
                  }
                ]
              },
              "attachments": {"type": "array", "items": {"$ref": "#/components/schemas/Attachment"}},
              "author": {"type": ["string", "null"], "description": "A user's id"},
              "answers": {"type": ["string", "null"], "description": "The id of the contact's message that this answers"},
              "provider_id": {"type": ["string", "null"]},
              "edited_at": {"type": ["string", "null"], "format": "date-time"},
              "deleted_at": {"type": ["string", "null"], "format": "date-time", "description": "Taken back by its author"},
              "reactions": {
                "type": "array",
                "items": {
                  "type": "object", "required": ["author", "emoji", "act", "status", "failure"],
                  "properties": {
                    "author": {"type": "string", "enum": ["contact", "us"]}, "emoji": {"type": "string"},
                    "act": {
                      "type": ["string", "null"], "enum": ["put", "remove", null],
                      "description": "Of a reaction from here: what was last tried with it"
                    },
                    "status": {
                      "type": ["string", "null"], "enum": ["sending", "accepted", "failed", "unknown", null],
                      "description": "Of a reaction from here: what came of that"
                    },
                    "failure": {"type": ["object", "null"]}
                  }
                }
              },
              "is_history": {"type": "boolean", "description": "From before the inbox was connected: owed to nobody"},
              "is_forwarded": {"type": "boolean"},
              "quoted_provider_id": {"type": ["string", "null"]},
              "location": {
                "type": ["object", "null"],
                "properties": {
                  "latitude": {"type": "number"}, "longitude": {"type": "number"}, "name": {"type": "string"},
                  "address": {"type": "string"}, "url": {"type": "string"}
                }
              },
              "shared_contacts": {
                "type": "array",
                "items": {
                  "type": "object",
                  "properties": {
                    "name": {"type": "string"}, "phones": {"type": "array", "items": {"type": "string"}},
                    "emails": {"type": "array", "items": {"type": "string"}}, "organization": {"type": "string"}
                  }
                }
              },
              "order": {
                "type": ["object", "null"],
                "properties": {
                  "catalogue": {"type": "string"},
                  "items": {
                    "type": "array",
                    "items": {
                      "type": "object",
                      "properties": {
                        "product": {"type": "string"}, "quantity": {"type": "integer"}, "price": {"type": "string"},
                        "currency": {"type": "string"}
                      }
                    }
                  }
                }
              },
              "payload": {"type": ["string", "null"], "description": "What a pressed button or chosen row carries"},
              "referral": {"type": ["object", "null"], "description": "The advertisement or post that the contact came from"},
              "form": {
                "type": ["array", "null"],
                "items": {"type": "object", "properties": {"name": {"type": "string"}, "value": {"type": "string"}}}
              },
              "product": {
                "type": ["object", "null"], "properties": {"catalogue": {"type": "string"}, "product": {"type": "string"}}
              },
              "mail": {
                "anyOf": [{"type": "null"}, {"$ref": "#/components/schemas/Mail"}],
                "description": "Of a mail: what it says beside its text"
              }
            }
          },
          "Attachment": {
            "type": "object",
            "required": [
              "index", "kind", "media_type", "file_name", "byte_count", "sha256", "state", "url", "failure", "is_voice", "is_animated"
            ],
            "properties": {
              "index": {"type": "integer"},
              "kind": {"$ref": "#/components/schemas/Kind"},
              "media_type": {"type": "string"},
              "file_name": {"type": ["string", "null"]},
              "byte_count": {"type": ["integer", "null"]},
              "sha256": {"type": ["string", "null"]},
              "state": {"type": "string", "enum": ["stored", "fetching", "failed"]},
              "url": {"type": ["string", "null"], "description": "Where the bytes are, once they are stored"},
              "failure": {"type": ["string", "null"]},
              "is_voice": {"type": ["boolean", "null"]},
              "is_animated": {"type": ["boolean", "null"]}
            }
          },
          "MessageList": {
            "type": "object", "required": ["items", "next_cursor"],
            "properties": {
              "items": {"type": "array", "items": {"$ref": "#/components/schemas/Message"}},
              "next_cursor": {"type": ["string", "null"]}
            }
          },
          "NewReply": {
            "type": "object", "required": ["text", "answers", "version"],
            "properties": {
              "text": {"type": "string", "description": "May be empty beside a file"},
              "answers": {"type": "string", "description": "The id of the contact's message that is answered: every reply answers one"},
              "version": {"type": "integer", "description": "The conversation's version that the writer has seen"},
              "quote": {
                "type": ["string", "null"],
                "description": "The id of a message of the conversation that the contact shall see quoted above the answer; 422 \#
        `quote_not_possible` for any other, and nothing is sent"
              },
              "attachments": {
                "type": ["array", "null"],
                "items": {
                  "type": "object", "required": ["name", "media_type", "content"],
                  "properties": {
                    "name": {"type": "string"},
                    "media_type": {"type": "string", "examples": ["application/pdf"]},
                    "content": {"type": "string", "contentEncoding": "base64"}
                  }
                }
              },
              "commitment": {
                "type": ["object", "null"], "required": ["text", "due_at"],
                "description": "What is promised: owed, with its own time, once the contact may have read the reply",
                "properties": {
                  "text": {"type": "string", "minLength": 1, "maxLength": 500},
                  "due_at": {"type": "string", "format": "date-time", "description": "To come, within a year"}
                }
              },
              "keeps": {
                "type": ["array", "null"], "items": {"type": "string"},
                "description": "Ids of commitments of this conversation that the reply keeps; they end when the channel accepts it"
              },
              "copies": {
                "type": ["array", "null"], "items": {"type": "string"},
                "description": "Of a mail: addresses of further people who get the reply too; only those whom the answered mail names"
              },
              "confirmed": {
                "type": ["array", "null"], "items": {"type": "string"},
                "description": "Codes of findings that the writer has confirmed; this version finds none"
              }
            }
          }
        }
        """#
}
