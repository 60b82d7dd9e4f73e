/// What may be missing, what could not be read, and what must not be sent yet.
enum DescribedCare {
    static let json = #"""
        {
          "/api/v1/workspaces/{workspace}/incidents": {
            "get": {
              "tags": ["operations"], "operationId": "listIncidents", "summary": "Stretches in which inboxes may have missed something",
              "description": "Those that nobody has cleared, oldest first.",
              "parameters": [{"$ref": "#/components/parameters/workspace"}, {"$ref": "#/components/parameters/limit"}],
              "responses": {
                "200": {
                  "description": "Incidents",
                  "content": {
                    "application/json": {
                      "schema": {
                        "type": "object", "required": ["items", "next_cursor"],
                        "properties": {
                          "items": {"type": "array", "items": {"$ref": "#/components/schemas/Incident"}}, "next_cursor": {"type": "null"}
                        }
                      }
                    }
                  }
                }
              },
              "problems": ["400", "401", "403", "404", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/incidents/{incident}/clearing": {
            "post": {
              "tags": ["operations"], "operationId": "clearIncident", "summary": "Says what was done about an incident",
              "description": "400 without a word, or when somebody has cleared it before. Nothing else ever clears one.",
              "parameters": [
                {"$ref": "#/components/parameters/workspace"}, {"$ref": "#/components/parameters/csrf"},
                {"name": "incident", "in": "path", "required": true, "schema": {"type": "string"}}
              ],
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object", "required": ["word"],
                      "properties": {"word": {"type": "string", "minLength": 1, "maxLength": 500}}
                    }
                  }
                }
              },
              "responses": {
                "200": {
                  "description": "The incident", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Incident"}}}
                }
              },
              "problems": ["400", "401", "403", "404", "413", "415", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/raw-events/{event}/retry": {
            "post": {
              "tags": ["operations"], "operationId": "retryEvent", "summary": "Tries again to read an event in quarantine",
              "description": "404 for an event that is in quarantine no more.",
              "parameters": [
                {"$ref": "#/components/parameters/workspace"}, {"$ref": "#/components/parameters/csrf"},
                {"name": "event", "in": "path", "required": true, "schema": {"type": "string"}}
              ],
              "responses": {
                "200": {
                  "description": "What came of it",
                  "content": {
                    "application/json": {
                      "schema": {
                        "type": "object", "required": ["event_id", "outcome"],
                        "properties": {
                          "event_id": {"type": "string"}, "outcome": {"type": "string", "enum": ["projected", "ignored", "quarantined"]}
                        }
                      }
                    }
                  }
                }
              },
              "problems": ["401", "403", "404", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/delivery": {
            "get": {
              "tags": ["operations"], "operationId": "getDelivery", "summary": "Whether the workspace sends",
              "description": "After a backup was restored it is on hold until its principal says otherwise.",
              "parameters": [{"$ref": "#/components/parameters/workspace"}],
              "responses": {
                "200": {
                  "description": "How it is", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Delivery"}}}
                }
              },
              "problems": ["401", "403", "404", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/delivery/release": {
            "post": {
              "tags": ["operations"], "operationId": "releaseDelivery", "summary": "Lets the workspace send again",
              "description": "For its principal. Replies that may have gone since the backup stay unknown: this sends none of them.",
              "parameters": [{"$ref": "#/components/parameters/workspace"}, {"$ref": "#/components/parameters/csrf"}],
              "responses": {
                "200": {
                  "description": "How it is now", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Delivery"}}}
                }
              },
              "problems": ["401", "403", "404", "503"]
            }
          }
        }
        """#

    static let schemas = #"""
        {
          "Incident": {
            "type": "object",
            "required": ["id", "inbox_id", "kind", "from", "to", "noticed_at", "cleared_at", "cleared_by", "word"],
            "properties": {
              "id": {"type": "string"}, "inbox_id": {"type": "string"},
              "kind": {
                "type": "string", "enum": ["stopped", "deaf"],
                "description": "`stopped`: the provider delivers again what came meanwhile. `deaf`: something may be lost"
              },
              "from": {"type": "string", "format": "date-time"},
              "to": {"type": ["string", "null"], "format": "date-time", "description": "Null while it goes on"},
              "noticed_at": {"type": "string", "format": "date-time"},
              "cleared_at": {"type": ["string", "null"], "format": "date-time"}, "cleared_by": {"type": ["string", "null"]},
              "word": {"type": ["string", "null"], "description": "What was done about it"}
            }
          },
          "Delivery": {
            "type": "object", "required": ["on_hold", "held_since", "backup_at", "undecided"],
            "properties": {
              "on_hold": {"type": "boolean"}, "held_since": {"type": ["string", "null"], "format": "date-time"},
              "backup_at": {"type": ["string", "null"], "format": "date-time", "description": "When the restored backup was made"},
              "undecided": {"type": "integer", "description": "Replies of which nobody knows whether they went"}
            }
          }
        }
        """#
}
