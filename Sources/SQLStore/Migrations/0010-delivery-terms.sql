-- Which server may call providers: the one that began the newest term. A server that was paused and comes back finds that it is not.
CREATE TABLE delivery_terms (
    name TEXT NOT NULL PRIMARY KEY,
    number {int64} NOT NULL,
    began_at {int64} NOT NULL
) {strict};
