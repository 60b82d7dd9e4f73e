/// Answering, and what people decide about an answer afterwards.
enum DescribedReplies {
    static let json = #"""
        {
          "/api/v1/conversations/{conversation}/replies": {
            "post": {
              "tags": ["replies"], "operationId": "reply", "summary": "Answers a contact's message",
              "description": "The reply is durably recorded, held for the undo time, and then sent once. A request that is repeated \#
        with the same key and content is the same reply.",
              "parameters": [
                {"$ref": "#/components/parameters/conversation"}, {"$ref": "#/components/parameters/csrf"},
                {
                  "name": "Idempotency-Key", "in": "header", "required": true, "description": "Made anew for each reply",
                  "schema": {"type": "string", "minLength": 1, "maxLength": 255}
                }
              ],
              "requestBody": {
                "required": true,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewReply"}}}
              },
              "responses": {
                "200": {
                  "description": "Recorded before with this key: the message as it is now",
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Message"}}}
                },
                "201": {
                  "description": "Recorded", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Message"}}}
                },
                "409": {
                  "description": "`stale_conversation`, with what is new; or `idempotency_mismatch`. Nothing was sent.",
                  "content": {
                    "application/problem+json": {
                      "schema": {"anyOf": [{"$ref": "#/components/schemas/StaleProblem"}, {"$ref": "#/components/schemas/Problem"}]}
                    }
                  }
                }
              },
              "problems": ["400", "401", "403", "404", "413", "415", "422", "503"]
            }
          },
          "/api/v1/messages/{message}/pending": {
            "delete": {
              "tags": ["replies"], "operationId": "undoReply", "summary": "Takes a held reply back",
              "description": "Its text becomes the author's draft again. 409 `already_sent` once it has left.",
              "parameters": [{"$ref": "#/components/parameters/message"}, {"$ref": "#/components/parameters/csrf"}],
              "responses": {
                "200": {
                  "description": "Undone: `status` is `undone`",
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Message"}}}
                }
              },
              "problems": ["401", "403", "404", "409", "503"]
            }
          },
          "/api/v1/messages/{message}/resolve-unknown": {
            "post": {
              "tags": ["replies"], "operationId": "resolveUnknown", "summary": "Says what became of an unknown message",
              "description": "For messages whose status is `unknown`; 409 `already_sent` otherwise.",
              "parameters": [
                {"$ref": "#/components/parameters/message"}, {"$ref": "#/components/parameters/requestKey"},
                {"$ref": "#/components/parameters/csrf"}
              ],
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object", "required": ["outcome"],
                      "properties": {"outcome": {"type": "string", "enum": ["was_sent", "send_again"]}}
                    }
                  }
                }
              },
              "responses": {
                "200": {
                  "description": "The message", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Message"}}}
                }
              },
              "problems": ["400", "401", "403", "404", "409", "413", "415", "422", "503"]
            }
          },
          "/api/v1/messages/{message}/retry": {
            "post": {
              "tags": ["replies"], "operationId": "retry", "summary": "Sends a failed message again",
              "description": "It really goes to the provider once more. For messages whose status is `failed`; 409 `already_sent` \#
        otherwise. Takes no body.",
              "parameters": [
                {"$ref": "#/components/parameters/message"}, {"$ref": "#/components/parameters/requestKey"},
                {"$ref": "#/components/parameters/csrf"}
              ],
              "responses": {
                "200": {
                  "description": "The message", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Message"}}}
                }
              },
              "problems": ["401", "403", "404", "409", "422", "503"]
            }
          }
        }
        """#
}
