/// Who may see what, who saw what, and what decides it.
enum DescribedMembers {
    static let json = #"""
        {
          "/api/v1/workspaces/{workspace}/members": {
            "get": {
              "tags": ["people"], "operationId": "listMembers", "summary": "Everybody who is or was a member; for the principal",
              "parameters": [{"$ref": "#/components/parameters/workspace"}],
              "responses": {
                "200": {
                  "description": "Members",
                  "content": {
                    "application/json": {
                      "schema": {
                        "type": "object", "required": ["items", "next_cursor"],
                        "properties": {
                          "items": {"type": "array", "items": {"$ref": "#/components/schemas/Member"}}, "next_cursor": {"type": "null"}
                        }
                      }
                    }
                  }
                }
              },
              "problems": ["401", "403", "404", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/members/{member}": {
            "put": {
              "tags": ["people"], "operationId": "setMember", "summary": "Says what a member is, may see and may do; for the principal",
              "description": "It holds at once, for open pages and streams too. `grant` null: what the role has by itself. Nobody is made \#
        a principal this way, nor stops being one.",
              "parameters": [
                {"$ref": "#/components/parameters/workspace"}, {"$ref": "#/components/parameters/member"},
                {"$ref": "#/components/parameters/csrf"}
              ],
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object", "required": ["role"],
                      "properties": {
                        "role": {"$ref": "#/components/schemas/GrantedRole"},
                        "grant": {"oneOf": [{"$ref": "#/components/schemas/Grant"}, {"type": "null"}]}
                      }
                    }
                  }
                }
              },
              "responses": {
                "200": {
                  "description": "The member", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Member"}}}
                }
              },
              "problems": ["400", "401", "403", "404", "413", "415", "503"]
            },
            "delete": {
              "tags": ["people"], "operationId": "revokeMember", "summary": "Ends a membership at once; for the principal",
              "description": "Their held replies are not sent; what they answer is owed again.",
              "parameters": [
                {"$ref": "#/components/parameters/workspace"}, {"$ref": "#/components/parameters/member"},
                {"$ref": "#/components/parameters/csrf"}
              ],
              "responses": {
                "200": {
                  "description": "The member", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Member"}}}
                }
              },
              "problems": ["400", "401", "403", "404", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/invitations": {
            "post": {
              "tags": ["people"], "operationId": "invite", "summary": "Makes a link by which somebody becomes a member; for the principal",
              "description": "The link works once, for seven days, and is shown only in this answer.",
              "parameters": [{"$ref": "#/components/parameters/workspace"}, {"$ref": "#/components/parameters/csrf"}],
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object", "required": ["email", "role"],
                      "properties": {
                        "email": {"type": "string", "format": "email"}, "role": {"$ref": "#/components/schemas/GrantedRole"},
                        "grant": {"oneOf": [{"$ref": "#/components/schemas/Grant"}, {"type": "null"}]}
                      }
                    }
                  }
                }
              },
              "responses": {
                "201": {
                  "description": "The link",
                  "content": {
                    "application/json": {
                      "schema": {
                        "type": "object", "required": ["link", "expires_at"],
                        "properties": {
                          "link": {"type": "string", "format": "uri"}, "expires_at": {"type": "string", "format": "date-time"}
                        }
                      }
                    }
                  }
                }
              },
              "problems": ["400", "401", "403", "404", "413", "415", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/reports/readings": {
            "get": {
              "tags": ["people"], "operationId": "listReadings", "summary": "Who saw what, the newest first; for the principal",
              "description": "With `Accept: text/csv`, as a table. `notes` are what is out of the ordinary in the last week.",
              "parameters": [
                {"$ref": "#/components/parameters/workspace"},
                {"name": "reader", "in": "query", "description": "A user's id", "schema": {"type": "string"}},
                {"name": "conversation", "in": "query", "description": "A conversation's id", "schema": {"type": "string"}},
                {"name": "act", "in": "query", "schema": {"$ref": "#/components/schemas/ReadingAct"}},
                {"$ref": "#/components/parameters/limit"}, {"$ref": "#/components/parameters/cursor"}
              ],
              "responses": {
                "200": {
                  "description": "Readings",
                  "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Readings"}}, "text/csv": {"schema": {"type": "string"}}
                  }
                }
              },
              "problems": ["400", "401", "403", "404", "503"]
            }
          },
          "/api/v1/conversations/{conversation}/reveal": {
            "post": {
              "tags": ["conversations"], "operationId": "reveal", "summary": "Uncovers numbers and addresses for fifteen minutes",
              "description": "Needs `reveal` in the caller's grant, and a reason, which the principal reads.",
              "parameters": [{"$ref": "#/components/parameters/conversation"}, {"$ref": "#/components/parameters/csrf"}],
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object", "required": ["reason"],
                      "properties": {"reason": {"type": "string", "minLength": 1, "maxLength": 300}}
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
          "/api/v1/conversations/{conversation}/topic": {
            "put": {
              "tags": ["conversations"], "operationId": "setTopic", "summary": "Says what a conversation is about",
              "description": "Grants can be limited to topics: afterwards others may see it, and the caller may not.",
              "parameters": [{"$ref": "#/components/parameters/conversation"}, {"$ref": "#/components/parameters/csrf"}],
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object", "required": ["topic"],
                      "properties": {"topic": {"oneOf": [{"$ref": "#/components/schemas/Topic"}, {"type": "null"}]}}
                    }
                  }
                }
              },
              "responses": {"204": {"description": "Done"}},
              "problems": ["400", "401", "403", "404", "413", "415", "503"]
            }
          },
          "/api/v1/conversations/{conversation}/contact-class": {
            "put": {
              "tags": ["conversations"], "operationId": "setContactClass", "summary": "Says how delicate a contact is",
              "description": "Only the principal makes somebody `principal_only`, and takes it back.",
              "parameters": [{"$ref": "#/components/parameters/conversation"}, {"$ref": "#/components/parameters/csrf"}],
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object", "required": ["class"], "properties": {"class": {"$ref": "#/components/schemas/ContactClass"}}
                    }
                  }
                }
              },
              "responses": {"204": {"description": "Done"}},
              "problems": ["400", "401", "403", "404", "413", "415", "503"]
            }
          }
        }
        """#

    static let schemas = #"""
        {
          "GrantedRole": {
            "type": "string",
            "enum": [
              "supervisor", "assistant", "support", "sales", "finance", "administration", "administrator", "community_manager",
              "personal_assistant"
            ]
          },
          "Topic": {
            "type": "string",
            "enum": [
              "sales", "support", "complaint", "brand", "appointment", "personal", "admin", "finance", "job", "greeting", "thanks", "spam"
            ]
          },
          "ContactClass": {"type": "string", "enum": ["ordinary", "important", "principal_only"]},
          "ReadingAct": {"type": "string", "enum": ["listed", "opened", "searched", "revealed", "downloaded", "exported"]},
          "Grant": {
            "type": "object", "required": ["actions", "inboxes", "topics", "contact_classes", "own_only", "ends_at"],
            "properties": {
              "actions": {
                "type": "array",
                "items": {
                  "type": "string", "enum": ["read", "reply", "hand_over", "approve", "reveal", "export", "administer", "govern"]
                }
              },
              "inboxes": {"type": ["array", "null"], "items": {"type": "string"}, "description": "Null: every inbox"},
              "topics": {
                "oneOf": [{"type": "array", "items": {"$ref": "#/components/schemas/Topic"}}, {"type": "null"}],
                "description": "Null: every topic, and what has none"
              },
              "contact_classes": {"type": "array", "items": {"$ref": "#/components/schemas/ContactClass"}},
              "own_only": {"type": "boolean"},
              "ends_at": {"type": ["string", "null"], "format": "date-time"}
            }
          },
          "Member": {
            "type": "object",
            "required": ["id", "name", "email", "role", "custom_grant", "grant", "signed_version", "revoked_at"],
            "properties": {
              "id": {"type": "string"}, "name": {"type": "string"}, "email": {"type": "string"}, "role": {"type": "string"},
              "custom_grant": {"oneOf": [{"$ref": "#/components/schemas/Grant"}, {"type": "null"}]},
              "grant": {"$ref": "#/components/schemas/Grant"},
              "signed_version": {"type": ["integer", "null"]},
              "revoked_at": {"type": ["string", "null"], "format": "date-time"}
            }
          },
          "Readings": {
            "type": "object", "required": ["items", "next_cursor", "notes"],
            "properties": {
              "items": {
                "type": "array",
                "items": {
                  "type": "object", "required": ["at", "reader", "seen_by", "act", "way", "conversation", "details"],
                  "properties": {
                    "at": {"type": "string", "format": "date-time"}, "reader": {"type": "string"},
                    "seen_by": {"type": ["string", "null"], "description": "The principal who looked with the reader's eyes"},
                    "act": {"$ref": "#/components/schemas/ReadingAct"}, "way": {"type": "string", "enum": ["page", "api", "command"]},
                    "conversation": {"type": ["string", "null"]},
                    "details": {"type": "object", "additionalProperties": {"type": "string"}}
                  }
                }
              },
              "next_cursor": {"type": ["string", "null"]},
              "notes": {
                "type": "array",
                "items": {
                  "type": "object", "required": ["reader", "kind", "count", "conversation"],
                  "properties": {
                    "reader": {"type": "string"}, "kind": {"type": "string", "enum": ["much_reading", "odd_hours", "one_conversation"]},
                    "count": {"type": "integer"}, "conversation": {"type": ["string", "null"]}
                  }
                }
              }
            }
          }
        }
        """#
}
