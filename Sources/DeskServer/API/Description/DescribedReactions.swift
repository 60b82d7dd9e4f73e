/// Reacting to a contact's message.
enum DescribedReactions {
    static let json = #"""
        {
          "/api/v1/messages/{message}/reaction": {
            "put": {
              "tags": ["reactions"], "operationId": "react", "summary": "Puts one emoji on a contact's message",
              "description": "It takes the place of an earlier one of ours. What the provider made of it is in the message's \#
        `reactions`: a refusal is a `status` there, not an error. A reaction is no answer: what is owed stays owed. 409 \#
        `reaction_under_way` while an earlier call lasts; 422 `not_an_emoji`, `reaction_not_possible`, `reply_window_closed`.",
              "parameters": [{"$ref": "#/components/parameters/message"}, {"$ref": "#/components/parameters/csrf"}],
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object", "required": ["emoji"], "properties": {"emoji": {"type": "string", "examples": ["👍"]}}
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
            },
            "delete": {
              "tags": ["reactions"], "operationId": "removeReaction", "summary": "Takes our reaction away",
              "description": "422 `reaction_not_possible` when there is none. Takes no body.",
              "parameters": [{"$ref": "#/components/parameters/message"}, {"$ref": "#/components/parameters/csrf"}],
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
