-- The log's records for questions about one account or market; the log itself is in its object.
CREATE TABLE record (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  chain TEXT NOT NULL,
  text TEXT NOT NULL,
  hash_before TEXT NOT NULL,
  hash TEXT NOT NULL
);

CREATE INDEX record_by_chain ON record (chain, seq);

-- Messages that no delivery got through, kept until they are driven again.
CREATE TABLE dead_letter (
  id TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  came_at_ms INTEGER NOT NULL
);
