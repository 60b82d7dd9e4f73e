/// The event stream.
enum DescribedEvents {
    static let json = #"""
        {
          "/api/v1/events": {
            "get": {
              "tags": ["events"], "operationId": "listen", "summary": "What changes, as it changes",
              "description": "Server-Sent Events. Their names: `message.received`, `message.sent`, `message.changed`, `note.added`, \#
        `conversation.changed`, `sight.changed`, `inbox.changed`; the data is an Event. Events say which things changed, not what they hold.\n\nA stream opens with the \#
        number that it begins after, and gives a sign of life at least every 15 seconds. Come back with the last number in \#
        `Last-Event-ID`, and nothing is missing in between; when that is no longer kept, the first event is named `reset`, and \#
        everything should be read anew. A stream ends when the caller's sight changes, by a signature, a revocation or the end of their \#
        sign-in.",
              "parameters": [
                {
                  "name": "Last-Event-ID", "in": "header", "description": "The last number that was received",
                  "schema": {"type": "string"}
                },
                {
                  "name": "last_event_id", "in": "query", "description": "The same, for clients that can't set headers",
                  "schema": {"type": "string"}
                }
              ],
              "responses": {
                "200": {"description": "The stream", "content": {"text/event-stream": {"schema": {"$ref": "#/components/schemas/Event"}}}}
              },
              "problems": ["401", "403", "503"]
            }
          }
        }
        """#
}
