/// What is kept of people: giving it out, erasing it, and for how long.
enum DescribedData {
    static let json = #"""
        {
          "/api/v1/conversations/{conversation}/export": {
            "get": {
              "tags": ["people"], "operationId": "exportContact", "summary": "Everything that is kept of the conversation's contact",
              "description": "Needs `export` in the caller's grant; numbers are covered for those who may not reveal them. It stands in \#
        the ledger and in the reading log.",
              "parameters": [{"$ref": "#/components/parameters/conversation"}],
              "responses": {
                "200": {
                  "description": "The contact, identities, messages, promises",
                  "content": {"application/json": {"schema": {"type": "object"}}}
                }
              },
              "problems": ["401", "403", "404", "503"]
            }
          },
          "/api/v1/conversations/{conversation}/contact": {
            "delete": {
              "tags": ["people"], "operationId": "eraseContact", "summary": "Erases the contact with everything that was said, for good",
              "description": "For the principal. The keys that it was sealed with are destroyed; the ledger stays provable. 422 while a \#
        reply is on its way.",
              "parameters": [{"$ref": "#/components/parameters/conversation"}, {"$ref": "#/components/parameters/csrf"}],
              "responses": {"204": {"description": "Erased"}},
              "problems": ["401", "403", "404", "422", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/retention": {
            "get": {
              "tags": ["people"], "operationId": "retention", "summary": "For how long the workspace keeps what people wrote",
              "parameters": [{"$ref": "#/components/parameters/workspace"}],
              "responses": {
                "200": {
                  "description": "Days; null keeps everything",
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Retention"}}}
                }
              },
              "problems": ["401", "403", "404", "503"]
            },
            "put": {
              "tags": ["people"], "operationId": "setRetention", "summary": "Says for how long; for the principal",
              "parameters": [{"$ref": "#/components/parameters/workspace"}, {"$ref": "#/components/parameters/csrf"}],
              "requestBody": {
                "required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Retention"}}}
              },
              "responses": {
                "200": {
                  "description": "As it is now",
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Retention"}}}
                }
              },
              "problems": ["400", "401", "403", "404", "413", "415", "422", "503"]
            }
          }
        }
        """#

    static let schemas = #"""
        {
          "Retention": {
            "type": "object", "required": ["conversation_days", "raw_event_days"],
            "properties": {
              "conversation_days": {
                "type": ["integer", "null"], "minimum": 1, "maximum": 3650,
                "description": "Days after the last word of a conversation in which nothing is owed, until its contact is erased"
              },
              "raw_event_days": {
                "type": ["integer", "null"], "minimum": 1, "maximum": 3650,
                "description": "Days that providers' requests are kept as they came"
              }
            }
          }
        }
        """#
}
