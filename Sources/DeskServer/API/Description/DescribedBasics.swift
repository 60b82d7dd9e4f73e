/// The head of the description.
enum DescribedBasics {
    static let json = #"""
        {
          "openapi": "3.1.0",
          "info": {
            "title": "Contesta",
            "summary": "The reply desk, for programs.",
            "description": "Answers are JSON; errors are RFC 9457 problem documents with a stable `code`. Times are RFC 3339 in UTC. \#
        Ids are opaque.\n\nEvery field of an answer is always there, and null when it has no value, save inside `location`, `order`, \#
        `referral`, `shared_contacts`, `form` and `product`.\n\nLists take `limit` and `cursor`, and answer `items` and `next_cursor`; \#
        a cursor is only good for the call that gave it.\n\nA caller with the session cookie sends the header `X-CSRF-Token` with \#
        everything but GET; a bearer token needs none. A token that is limited to one workspace sees that workspace only."
          },
          "servers": [{"url": "/"}],
          "security": [{"token": []}, {"session": []}],
          "tags": [
            {"name": "people", "description": "Who is calling, and the agreements they work under"},
            {"name": "conversations", "description": "The queue and what is in it"},
            {"name": "replies", "description": "Answering, and deciding about answers"},
            {"name": "reactions", "description": "Emoji on contacts' messages"},
            {"name": "ledger", "description": "The proof"},
            {"name": "events", "description": "What changes, as it changes"},
            {"name": "operations", "description": "For providers and for operators' machines"}
          ]
        }
        """#
}

/// What the calls share.
enum DescribedComponents {
    static let json = #"""
        {
          "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": "Made with `contesta token create`"},
            "session": {"type": "apiKey", "in": "cookie", "name": "__Host-contesta", "description": "A browser's sign-in"}
          },
          "parameters": {
            "workspace": {"name": "workspace", "in": "path", "required": true, "schema": {"type": "string"}},
            "conversation": {"name": "conversation", "in": "path", "required": true, "schema": {"type": "string"}},
            "message": {"name": "message", "in": "path", "required": true, "schema": {"type": "string"}},
            "token": {"name": "token", "in": "path", "required": true, "schema": {"type": "string"}},
            "member": {"name": "member", "in": "path", "required": true, "schema": {"type": "string"}},
            "inbox": {"name": "inbox", "in": "path", "required": true, "schema": {"type": "string"}},
            "limit": {
              "name": "limit", "in": "query", "description": "How many at most",
              "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}
            },
            "cursor": {"name": "cursor", "in": "query", "description": "`next_cursor` of the answer before", "schema": {"type": "string"}},
            "requestKey": {
              "name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "minLength": 1, "maxLength": 255},
              "description": "Made anew for each decision: a request that is repeated with it never sends once more"
            },
            "csrf": {
              "name": "X-CSRF-Token", "in": "header", "description": "Needed with the session cookie", "schema": {"type": "string"}
            }
          },
          "responses": {
            "InvalidRequest": {
              "description": "`invalid_request`: the detail names the field or parameter",
              "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
            },
            "Unauthenticated": {
              "description": "`unauthenticated`: no sign-in, no token, or one that is over",
              "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
            },
            "Forbidden": {
              "description": "`agreement_required`, `out_of_grant`, or `forbidden` without a right CSRF token",
              "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
            },
            "NotFound": {
              "description": "`not_found`: it doesn't exist, or not for this caller",
              "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
            },
            "Conflict": {
              "description": "`already_sent`, `stale_conversation` or `stale_agreement`",
              "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
            },
            "TooLarge": {
              "description": "`request_too_large` or `attachment_too_large`",
              "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
            },
            "UnsupportedMediaType": {
              "description": "`unsupported_media_type`: the body is not application/json",
              "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
            },
            "Unprocessable": {
              "description": "Understood, and not possible: `empty_reply`, `reply_too_long`, `reply_window_closed`, `wrong_recipient`, \#
        `attachment_not_allowed`, `picture_too_large`, `not_supported`",
              "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
            },
            "Unavailable": {
              "description": "`storage_unavailable`: nothing was stored; come again",
              "headers": {"Retry-After": {"description": "Seconds", "schema": {"type": "integer"}}},
              "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
            }
          }
        }
        """#
}
