/// For providers and for operators' machines.
enum DescribedOperations {
    static let json = #"""
        {
          "/api/openapi.json": {
            "get": {
              "tags": ["operations"], "operationId": "getDescription", "summary": "This description", "security": [],
              "responses": {"200": {"description": "OpenAPI 3.1", "content": {"application/json": {"schema": {"type": "object"}}}}}
            }
          },
          "/webhooks/{inbox}": {
            "get": {
              "tags": ["operations"], "operationId": "shakeHands", "summary": "A provider's subscription handshake", "security": [],
              "description": "WhatsApp: `hub.mode`, `hub.verify_token` and `hub.challenge`.",
              "parameters": [{"$ref": "#/components/parameters/inbox"}],
              "responses": {
                "200": {"description": "The challenge as it came", "content": {"text/plain": {"schema": {"type": "string"}}}}
              },
              "problems": ["403", "404", "503"]
            },
            "post": {
              "tags": ["operations"], "operationId": "deliver", "summary": "A provider's call", "security": [],
              "description": "Signed over the raw bytes (WhatsApp: `X-Hub-Signature-256`); 401 when the signature is missing or wrong, \#
        and nothing is stored then. 200 only once it is durably stored.",
              "parameters": [{"$ref": "#/components/parameters/inbox"}],
              "requestBody": {"required": true, "content": {"application/json": {"schema": {}}}},
              "responses": {
                "200": {
                  "description": "Stored",
                  "content": {
                    "application/json": {
                      "schema": {
                        "type": "object", "required": ["status"], "properties": {"status": {"type": "string", "const": "received"}}
                      }
                    }
                  }
                }
              },
              "problems": ["401", "404", "413", "503"]
            }
          },
          "/healthz": {
            "get": {
              "tags": ["operations"], "operationId": "getHealth", "summary": "Whether the process is alive", "security": [],
              "responses": {"200": {"description": "It is", "content": {"text/plain": {"schema": {"type": "string"}}}}}
            }
          },
          "/readyz": {
            "get": {
              "tags": ["operations"], "operationId": "getReadiness", "security": [],
              "summary": "Whether something could be stored now, by this program's schema",
              "responses": {"200": {"description": "It could", "content": {"text/plain": {"schema": {"type": "string"}}}}},
              "problems": ["503"]
            }
          },
          "/metrics": {
            "get": {
              "tags": ["operations"], "operationId": "getMetrics", "summary": "Numbers for Prometheus", "security": [],
              "responses": {
                "200": {"description": "Text format, version 0.0.4", "content": {"text/plain": {"schema": {"type": "string"}}}}
              },
              "problems": ["503"]
            }
          },
          "/.well-known/security.txt": {
            "get": {
              "tags": ["operations"], "operationId": "getSecurityContact", "summary": "Where flaws are reported", "security": [],
              "responses": {"200": {"description": "RFC 9116", "content": {"text/plain": {"schema": {"type": "string"}}}}}
            }
          }
        }
        """#
}
