/// Who is calling, and the agreements they work under.
enum DescribedPeople {
    static let json = #"""
        {
          "/api/v1/me": {
            "get": {
              "tags": ["people"], "operationId": "getMe", "summary": "The caller, and their workspaces",
              "responses": {
                "200": {"description": "The caller", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Me"}}}}
              },
              "problems": ["401", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/agreement": {
            "get": {
              "tags": ["people"], "operationId": "getAgreement", "summary": "The confidentiality agreement in force",
              "description": "For every member, signed or not.",
              "parameters": [{"$ref": "#/components/parameters/workspace"}],
              "responses": {
                "200": {
                  "description": "The agreement", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Agreement"}}}
                }
              },
              "problems": ["401", "404", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/agreement/signature": {
            "post": {
              "tags": ["people"], "operationId": "signAgreement", "summary": "Signs the agreement in force",
              "description": "409 `stale_agreement` when another version is in force by now; 401 for a wrong password.",
              "parameters": [{"$ref": "#/components/parameters/workspace"}, {"$ref": "#/components/parameters/csrf"}],
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "object", "required": ["version", "typed_name", "password"],
                      "properties": {
                        "version": {"type": "integer", "description": "The version that was read"},
                        "typed_name": {"type": "string", "description": "The signer's name as they typed it"},
                        "password": {"type": "string", "format": "password"}
                      }
                    }
                  }
                }
              },
              "responses": {
                "201": {
                  "description": "Signed", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Agreement"}}}
                }
              },
              "problems": ["400", "401", "403", "404", "409", "413", "415", "503"]
            }
          }
        }
        """#
}
