-- Where the records of each account and market are in the log, which itself is in its object.
CREATE TABLE record (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  chain TEXT NOT NULL,
  type TEXT NOT NULL,
  at TEXT NOT NULL
);

CREATE INDEX record_by_chain ON record (chain, seq);

-- Messages that no delivery got through, kept until they are driven again.
CREATE TABLE dead_letter (
  id TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  came_at_ms INTEGER NOT NULL
);
