/// When answers are due, and what was promised.
enum DescribedObligations {
    static let json = #"""
        {
          "/api/v1/commitments/{commitment}/settlement": {
            "post": {
              "tags": ["conversations"], "operationId": "settleCommitment", "summary": "Ends a commitment by a person's word",
              "description": "400 without a reason, and when it is not owed. A reply that keeps it says so in `keeps`.",
              "parameters": [
                {"name": "commitment", "in": "path", "required": true, "schema": {"type": "string"}},
                {"$ref": "#/components/parameters/csrf"}
              ],
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object", "required": ["reason"], "properties": {"reason": {"type": "string", "minLength": 1}}
                    }
                  }
                }
              },
              "responses": {
                "200": {
                  "description": "The conversation",
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Conversation"}}}
                }
              },
              "problems": ["400", "401", "403", "404", "413", "415", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/answer-policy": {
            "get": {
              "tags": ["people"], "operationId": "getAnswerPolicy", "summary": "How soon answers are due, and when the desk is open",
              "parameters": [{"$ref": "#/components/parameters/workspace"}],
              "responses": {
                "200": {
                  "description": "The policy", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/AnswerPolicy"}}}
                }
              },
              "problems": ["401", "403", "404", "503"]
            },
            "put": {
              "tags": ["people"], "operationId": "setAnswerPolicy", "summary": "Sets targets, hours and escalation",
              "description": "For the principal. What is owed already gets its new deadline at once; steps that were made stay made.",
              "parameters": [{"$ref": "#/components/parameters/workspace"}, {"$ref": "#/components/parameters/csrf"}],
              "requestBody": {
                "required": true,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/AnswerPolicy"}}}
              },
              "responses": {
                "200": {
                  "description": "The policy", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/AnswerPolicy"}}}
                }
              },
              "problems": ["400", "401", "403", "404", "413", "415", "503"]
            }
          }
        }
        """#
}

/// Shapes: deadlines, and what comes after them.
enum DescribedDeadlines {
    static let json = #"""
        {
          "Escalation": {
            "type": "string", "enum": ["member", "supervisor", "principal"],
            "description": "Who has been told that it is late; `member`: nobody but those who answer"
          },
          "Commitment": {
            "type": "object", "required": ["id", "text", "due_at", "message_id", "member", "made_at", "escalation"],
            "properties": {
              "id": {"type": "string"},
              "text": {"type": "string"},
              "due_at": {"type": "string", "format": "date-time"},
              "message_id": {"type": "string", "description": "The reply in which it was made"},
              "member": {"type": "string", "description": "A user's id"},
              "made_at": {"type": "string", "format": "date-time"},
              "escalation": {"$ref": "#/components/schemas/Escalation"}
            }
          },
          "AnswerPolicy": {
            "type": "object", "required": ["target_minutes", "hours", "exceptions", "channels", "inboxes", "escalation"],
            "description": "Sent to be set, everything but `target_minutes` may be left out.",
            "properties": {
              "target_minutes": {"type": "integer", "minimum": 1, "maximum": 43200, "description": "Minutes in which the desk is open"},
              "hours": {
                "type": ["object", "null"],
                "description": "By weekday, `mon` to `sun`, in the workspace's time zone; null: around the clock",
                "additionalProperties": {"$ref": "#/components/schemas/OpeningTimes"},
                "examples": [{"mon": ["09:00-13:00", "22:00-02:00"]}]
              },
              "exceptions": {
                "type": "object", "description": "By date; an empty list is closed",
                "additionalProperties": {"$ref": "#/components/schemas/OpeningTimes"}, "examples": [{"2026-12-25": []}]
              },
              "channels": {"type": "object", "additionalProperties": {"type": "integer"}, "examples": [{"whatsapp": 30}]},
              "inboxes": {"type": "object", "additionalProperties": {"type": "integer"}, "description": "By the inbox's id"},
              "escalation": {
                "type": "object", "required": ["supervisor_minutes", "principal_minutes"],
                "properties": {
                  "supervisor_minutes": {"type": "integer", "description": "Open time after the deadline"},
                  "principal_minutes": {"type": ["integer", "null"], "description": "Null: as much as the answer target"}
                }
              }
            }
          },
          "OpeningTimes": {
            "type": "array", "items": {"type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}$"},
            "description": "`22:00-02:00` ends in the next day"
          }
        }
        """#
}
