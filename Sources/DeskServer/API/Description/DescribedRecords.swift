/// Shapes: people, proof, events, problems.
enum DescribedRecords {
    static let json = #"""
        {
          "Me": {
            "type": "object", "required": ["user", "workspaces"],
            "properties": {
              "user": {
                "type": "object", "required": ["id", "email", "name", "locale", "time_zone"],
                "properties": {
                  "id": {"type": "string"}, "email": {"type": "string"}, "name": {"type": "string"}, "locale": {"type": "string"},
                  "time_zone": {"type": "string"}
                }
              },
              "workspaces": {
                "type": "array",
                "items": {
                  "type": "object",
                  "required": ["id", "name", "role", "locale", "time_zone", "agreement_version", "signed_version", "agreement_signed"],
                  "properties": {
                    "id": {"type": "string"}, "name": {"type": "string"}, "role": {"type": "string"}, "locale": {"type": "string"},
                    "time_zone": {"type": "string"},
                    "agreement_version": {"type": "integer", "description": "The version in force"},
                    "signed_version": {"type": ["integer", "null"]},
                    "agreement_signed": {"type": "boolean", "description": "Whether the version in force is signed; a principal needs \#
        no signature"}
                  }
                }
              }
            }
          },
          "Agreement": {
            "type": "object", "required": ["workspace_id", "version", "text", "sha256", "signed_version", "signed"],
            "properties": {
              "workspace_id": {"type": "string"}, "version": {"type": "integer"}, "text": {"type": "string"},
              "sha256": {"type": "string", "description": "Of the text"}, "signed_version": {"type": ["integer", "null"]},
              "signed": {"type": "boolean", "description": "Whether the caller has signed this version"}
            }
          },
          "LedgerHead": {
            "type": "object", "required": ["workspace_id", "sequence", "hash", "signed"],
            "properties": {
              "workspace_id": {"type": "string"}, "sequence": {"type": "integer"}, "hash": {"type": "string"},
              "signed": {
                "anyOf": [{"$ref": "#/components/schemas/SignedLedgerHead"}, {"type": "null"}],
                "description": "The newest signed head; it may be of fewer entries than there are"
              }
            }
          },
          "SignedLedgerHead": {
            "type": "object",
            "required": [
              "size", "root_hash", "chain_hash", "signed_at", "key_id", "key", "note", "delivered_at", "delivered_to", "delivery_failure"
            ],
            "properties": {
              "size": {"type": "integer", "description": "How many entries it stands for"},
              "root_hash": {"type": "string", "description": "Of the RFC 9162 Merkle tree over the entries' hashes"},
              "chain_hash": {"type": "string", "description": "The hash of the last entry"},
              "signed_at": {"type": "string", "format": "date-time"},
              "key_id": {"type": "string"}, "key": {"type": ["string", "null"], "description": "Verifier key of signed notes"},
              "note": {"type": "string", "description": "The signed checkpoint, to be kept outside"},
              "delivered_at": {"type": ["string", "null"], "format": "date-time"}, "delivered_to": {"type": ["string", "null"]},
              "delivery_failure": {"type": ["string", "null"]}
            }
          },
          "LedgerEntry": {
            "type": "object", "required": ["sequence", "at", "at_microseconds", "kind", "subject", "details", "previous_hash", "hash"],
            "properties": {
              "sequence": {"type": "integer", "description": "1, 2, 3 … without gaps"},
              "at": {"type": "string", "format": "date-time"},
              "at_microseconds": {"type": "integer", "description": "The time as it went into the hash: microseconds since 1970"},
              "kind": {"type": "string"},
              "subject": {"type": "string", "description": "The id of what it is about"},
              "details": {"type": "object", "additionalProperties": {"type": "string"}},
              "previous_hash": {"type": "string"},
              "hash": {
                "type": "string",
                "description": "SHA-256 over workspace id, sequence, time, kind, subject, details in key order and previous hash; each \#
        text after its length in 8 bytes, each number in 8 bytes, most significant first"
              }
            }
          },
          "ProvedLedgerEntry": {
            "type": "object",
            "required": [
              "sequence", "at", "at_microseconds", "kind", "subject", "details", "previous_hash", "hash", "inclusion_proof"
            ],
            "properties": {
              "sequence": {"type": "integer"}, "at": {"type": "string", "format": "date-time"},
              "at_microseconds": {"type": "integer"}, "kind": {"type": "string"}, "subject": {"type": "string"},
              "details": {"type": "object", "additionalProperties": {"type": "string"}},
              "previous_hash": {"type": "string"}, "hash": {"type": "string"},
              "inclusion_proof": {
                "type": "array", "items": {"type": "string"},
                "description": "RFC 9162 section 2.1.3: hashes from the leaf (SHA-256 of 0x00 and the hash's 32 bytes) to the root"
              }
            }
          },
          "LedgerEntryList": {
            "type": "object", "required": ["items", "next_cursor"],
            "properties": {
              "items": {"type": "array", "items": {"$ref": "#/components/schemas/LedgerEntry"}},
              "next_cursor": {"type": ["string", "null"]}
            }
          },
          "ConsistencyProof": {
            "type": "object", "required": ["workspace_id", "from_size", "consistency_proof", "signed_head", "key"],
            "properties": {
              "workspace_id": {"type": "string"}, "from_size": {"type": "integer"},
              "consistency_proof": {
                "type": "array", "items": {"type": "string"}, "description": "RFC 9162 section 2.1.4, in hexadecimal"
              },
              "signed_head": {"type": "string", "description": "The signed checkpoint that the proof leads to"},
              "key": {"type": "string", "description": "Verifier key of signed notes"}
            }
          },
          "Receipt": {
            "type": "object", "required": ["message_id", "workspace_id", "entries", "signed_head", "key", "head"],
            "properties": {
              "message_id": {"type": "string"}, "workspace_id": {"type": "string"},
              "entries": {"type": "array", "items": {"$ref": "#/components/schemas/ProvedLedgerEntry"}},
              "signed_head": {"type": "string", "description": "The signed checkpoint that the proofs lead to"},
              "key": {"type": "string", "description": "Verifier key of signed notes"},
              "head": {"$ref": "#/components/schemas/LedgerHead"}
            }
          },
          "Event": {
            "type": "object", "required": ["id", "type", "workspace_id", "conversation_id", "message_id", "at"],
            "properties": {
              "id": {"type": "string"},
              "type": {
                "type": "string",
                "enum": [
                  "message.received", "message.sent", "message.changed", "note.added", "conversation.changed", "sight.changed",
                  "inbox.changed"
                ]
              },
              "workspace_id": {"type": "string"}, "message_id": {"type": ["string", "null"]},
              "conversation_id": {"type": ["string", "null"], "description": "Null for `inbox.changed`"},
              "at": {"type": "string", "format": "date-time"}
            }
          },
          "Problem": {
            "type": "object", "required": ["type", "title", "status", "detail", "code"],
            "properties": {
              "type": {"type": "string", "format": "uri"}, "title": {"type": "string"}, "status": {"type": "integer"},
              "detail": {"type": "string", "description": "What happened, what was kept, what to do next"},
              "code": {"type": "string", "description": "A stable word for programs"}
            }
          },
          "StaleProblem": {
            "allOf": [
              {"$ref": "#/components/schemas/Problem"},
              {
                "type": "object", "required": ["version", "new_messages"],
                "properties": {
                  "version": {"type": "integer", "description": "To be sent with the reply once what is new was read"},
                  "new_messages": {
                    "type": "array", "maxItems": 50, "items": {"$ref": "#/components/schemas/Message"},
                    "description": "The newest messages, as many as the version has grown: all that are new are among them, up to 50"
                  }
                }
              }
            ]
          }
        }
        """#
}
