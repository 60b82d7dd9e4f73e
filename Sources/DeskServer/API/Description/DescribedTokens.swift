/// The tokens by which programs act for people.
enum DescribedTokens {
    static let json = #"""
        {
          "/api/v1/tokens": {
            "get": {
              "tags": ["people"], "operationId": "listTokens", "summary": "One's own tokens that still work, the newest first",
              "description": "A token that is limited to a workspace sees only those that are limited to it too. A token is shown once, \#
        when `contesta token create` makes it; the desk keeps its digest, and does not record its uses.",
              "responses": {
                "200": {
                  "description": "Tokens", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tokens"}}}
                }
              },
              "problems": ["401", "503"]
            }
          },
          "/api/v1/tokens/{token}": {
            "delete": {
              "tags": ["people"], "operationId": "revokeToken", "summary": "Ends one of one's own tokens at once",
              "description": "It may be the one that the call is made with. Open event streams of it end within a second.",
              "parameters": [{"$ref": "#/components/parameters/token"}, {"$ref": "#/components/parameters/csrf"}],
              "responses": {"204": {"description": "Done"}},
              "problems": ["401", "403", "404", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/tokens": {
            "get": {
              "tags": ["people"], "operationId": "listWorkspaceTokens", "summary": "Members' tokens that reach a workspace; for the principal",
              "parameters": [{"$ref": "#/components/parameters/workspace"}],
              "responses": {
                "200": {
                  "description": "Tokens", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tokens"}}}
                }
              },
              "problems": ["401", "403", "404", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/tokens/{token}": {
            "delete": {
              "tags": ["people"], "operationId": "revokeWorkspaceToken", "summary": "Ends a member's token at once; for the principal",
              "description": "One that reaches several workspaces ends for all of them. It is in the ledger, as `token_revoked`.",
              "parameters": [
                {"$ref": "#/components/parameters/workspace"}, {"$ref": "#/components/parameters/token"},
                {"$ref": "#/components/parameters/csrf"}
              ],
              "responses": {"204": {"description": "Done"}},
              "problems": ["401", "403", "404", "503"]
            }
          }
        }
        """#

    static let schemas = #"""
        {
          "Tokens": {
            "type": "object", "required": ["items", "next_cursor"],
            "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/Token"}}, "next_cursor": {"type": "null"}}
          },
          "Token": {
            "type": "object", "required": ["id", "user_id", "workspace_id", "created_at", "expires_at"],
            "properties": {
              "id": {"type": "string"}, "user_id": {"type": "string", "description": "For whom it acts"},
              "workspace_id": {"type": ["string", "null"], "description": "Null: it reaches every workspace of its user"},
              "created_at": {"type": "string", "format": "date-time"}, "expires_at": {"type": "string", "format": "date-time"}
            }
          }
        }
        """#
}
