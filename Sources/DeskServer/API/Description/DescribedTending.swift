/// What people do with a conversation besides answering.
enum DescribedTending {
    static let json = #"""
        {
          "/api/v1/conversations/{conversation}/no-reply-needed": {
            "post": {
              "tags": ["conversations"], "operationId": "noReplyNeeded", "summary": "Ends what is owed by a person's word",
              "description": "400 when nothing is owed. With `version`, 409 `stale_conversation` when the conversation has changed.",
              "parameters": [{"$ref": "#/components/parameters/conversation"}, {"$ref": "#/components/parameters/csrf"}],
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object", "required": ["reason"],
                      "properties": {
                        "reason": {"type": "string", "minLength": 1},
                        "version": {"type": ["integer", "null"], "description": "What the person had seen"}
                      }
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
              "problems": ["400", "401", "403", "404", "409", "413", "415", "503"]
            },
            "delete": {
              "tags": ["conversations"], "operationId": "takeBackNoReplyNeeded", "summary": "Takes the last “no answer needed” back",
              "description": "What it ended is owed again, with its original age. 400 when there was none; 409 `already_sent` when an \#
        answer went out since.",
              "parameters": [{"$ref": "#/components/parameters/conversation"}, {"$ref": "#/components/parameters/csrf"}],
              "responses": {
                "200": {
                  "description": "The conversation",
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Conversation"}}}
                }
              },
              "problems": ["400", "401", "403", "404", "409", "503"]
            }
          },
          "/api/v1/conversations/{conversation}/assign": {
            "post": {
              "tags": ["conversations"], "operationId": "assign", "summary": "Gives a conversation to somebody, or to nobody",
              "description": "400 for somebody who may not answer there.",
              "parameters": [{"$ref": "#/components/parameters/conversation"}, {"$ref": "#/components/parameters/csrf"}],
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object", "required": ["assignee"],
                      "properties": {
                        "assignee": {"type": ["string", "null"], "description": "`me`, a user's id, or null for nobody in particular"}
                      }
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
          "/api/v1/conversations/{conversation}/snooze": {
            "post": {
              "tags": ["conversations"], "operationId": "snooze", "summary": "Lets a conversation rest until a time",
              "description": "What is owed stays owed, with its clock. A new message of the contact ends the rest.",
              "parameters": [{"$ref": "#/components/parameters/conversation"}, {"$ref": "#/components/parameters/csrf"}],
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object", "required": ["until"],
                      "properties": {
                        "until": {"type": ["string", "null"], "format": "date-time", "description": "Null ends the rest"}
                      }
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
          "/api/v1/conversations/{conversation}/notes": {
            "post": {
              "tags": ["conversations"], "operationId": "addNote", "summary": "Writes an internal note",
              "description": "It never leaves.",
              "parameters": [{"$ref": "#/components/parameters/conversation"}, {"$ref": "#/components/parameters/csrf"}],
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object", "required": ["text"],
                      "properties": {"text": {"type": "string", "minLength": 1, "maxLength": 20000}}
                    }
                  }
                }
              },
              "responses": {
                "201": {
                  "description": "The note", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Message"}}}
                }
              },
              "problems": ["400", "401", "403", "404", "413", "415", "503"]
            }
          },
          "/api/v1/conversations/{conversation}/handover": {
            "post": {
              "tags": ["conversations"], "operationId": "handOver", "summary": "Hands a conversation over by the charter",
              "description": "This version has no charter yet: always 422 `not_supported`.",
              "parameters": [{"$ref": "#/components/parameters/conversation"}, {"$ref": "#/components/parameters/csrf"}],
              "responses": {},
              "problems": ["401", "403", "404", "422", "503"]
            }
          }
        }
        """#
}
