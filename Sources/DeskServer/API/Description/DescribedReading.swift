/// Reading conversations.
enum DescribedReading {
    static let json = #"""
        {
          "/api/v1/conversations": {
            "get": {
              "tags": ["conversations"], "operationId": "listConversations", "summary": "The queue",
              "description": "What is owed comes by due time, the most urgent first; the rest by last activity, newest first.",
              "parameters": [
                {
                  "name": "state", "in": "query", "description": "`answered` is everything that isn't owed",
                  "schema": {"type": "string", "enum": ["owed", "promised", "answered", "all"], "default": "owed"}
                },
                {"name": "assignee", "in": "query", "description": "`me`, `none` or a user's id", "schema": {"type": "string"}},
                {"name": "inbox", "in": "query", "description": "An inbox's id", "schema": {"type": "string"}},
                {
                  "name": "topic", "in": "query", "description": "What it is about",
                  "schema": {"$ref": "#/components/schemas/Topic"}
                },
                {"$ref": "#/components/parameters/limit"}, {"$ref": "#/components/parameters/cursor"}
              ],
              "responses": {
                "200": {
                  "description": "Conversations",
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ConversationList"}}}
                }
              },
              "problems": ["400", "401", "403", "422", "503"]
            }
          },
          "/api/v1/conversations/{conversation}": {
            "get": {
              "tags": ["conversations"], "operationId": "getConversation", "summary": "One conversation",
              "parameters": [{"$ref": "#/components/parameters/conversation"}],
              "responses": {
                "200": {
                  "description": "The conversation",
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Conversation"}}}
                }
              },
              "problems": ["401", "403", "404", "503"]
            }
          },
          "/api/v1/conversations/{conversation}/messages": {
            "get": {
              "tags": ["conversations"], "operationId": "listMessages", "summary": "The messages of a conversation",
              "description": "In the order in which they were taken in, which never changes: the oldest first within an answer. Without \#
        a cursor these are the newest; `next_cursor` leads to older ones. Replies that were undone are left out: they never left.",
              "parameters": [
                {"$ref": "#/components/parameters/conversation"}, {"$ref": "#/components/parameters/limit"},
                {"$ref": "#/components/parameters/cursor"}
              ],
              "responses": {
                "200": {
                  "description": "Messages", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/MessageList"}}}
                }
              },
              "problems": ["400", "401", "403", "404", "503"]
            }
          },
          "/api/v1/attachments/{message}/{index}": {
            "get": {
              "tags": ["conversations"], "operationId": "getAttachment", "summary": "The bytes of a message's file",
              "description": "404 also while the file has not arrived from the provider.",
              "parameters": [
                {"$ref": "#/components/parameters/message"},
                {"name": "index", "in": "path", "required": true, "schema": {"type": "integer", "minimum": 0}}
              ],
              "responses": {
                "200": {
                  "description": "The file. Types that browsers could run come as application/octet-stream, to be downloaded.",
                  "content": {"*/*": {"schema": {"type": "string", "contentEncoding": "binary"}}}
                }
              },
              "problems": ["401", "403", "404", "503"]
            }
          },
          "/api/v1/search": {
            "get": {
              "tags": ["conversations"], "operationId": "search", "summary": "Messages and contacts that have all the words",
              "description": "Words match by their beginnings, whatever the accents and case. The newest come first.",
              "parameters": [
                {"name": "q", "in": "query", "required": true, "schema": {"type": "string", "minLength": 1, "maxLength": 500}},
                {"$ref": "#/components/parameters/limit"}, {"$ref": "#/components/parameters/cursor"}
              ],
              "responses": {
                "200": {
                  "description": "Hits", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/SearchHitList"}}}
                }
              },
              "problems": ["400", "401", "403", "503"]
            }
          }
        }
        """#
}
