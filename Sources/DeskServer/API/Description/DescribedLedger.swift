/// The proof.
enum DescribedLedger {
    static let json = #"""
        {
          "/api/v1/workspaces/{workspace}/ledger/head": {
            "get": {
              "tags": ["ledger"], "operationId": "getLedgerHead", "summary": "The newest entry, which stands for all before it",
              "parameters": [{"$ref": "#/components/parameters/workspace"}],
              "responses": {
                "200": {
                  "description": "The head", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/LedgerHead"}}}
                }
              },
              "problems": ["401", "403", "404", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/ledger/entries": {
            "get": {
              "tags": ["ledger"], "operationId": "listLedgerEntries", "summary": "The entries, in order",
              "description": "The cursor is the sequence number of the last entry before.",
              "parameters": [
                {"$ref": "#/components/parameters/workspace"}, {"$ref": "#/components/parameters/limit"},
                {"$ref": "#/components/parameters/cursor"}
              ],
              "responses": {
                "200": {
                  "description": "Entries", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/LedgerEntryList"}}}
                }
              },
              "problems": ["400", "401", "403", "404", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/ledger/consistency": {
            "get": {
              "tags": ["ledger"], "operationId": "getConsistencyProof",
              "summary": "The proof that the ledger only grew since a head that was kept",
              "parameters": [
                {"$ref": "#/components/parameters/workspace"},
                {
                  "name": "from", "in": "query", "required": true, "description": "How many entries the head that was kept stands for",
                  "schema": {"type": "integer", "minimum": 1}
                }
              ],
              "responses": {
                "200": {
                  "description": "The proof", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ConsistencyProof"}}}
                }
              },
              "problems": ["400", "401", "403", "404", "503"]
            }
          },
          "/api/v1/workspaces/{workspace}/ledger/receipts/{message}": {
            "get": {
              "tags": ["ledger"], "operationId": "getReceipt", "summary": "What the ledger says about one message, and the proof",
              "description": "Its own entries, those of its delivery, and those of what was owed for it or ended by it, each with its way to a signed head.",
              "parameters": [{"$ref": "#/components/parameters/workspace"}, {"$ref": "#/components/parameters/message"}],
              "responses": {
                "200": {
                  "description": "The receipt", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Receipt"}}}
                }
              },
              "problems": ["401", "403", "404", "503"]
            }
          }
        }
        """#
}
