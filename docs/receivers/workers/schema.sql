-- Every event, once.
CREATE TABLE event (id TEXT PRIMARY KEY, type TEXT NOT NULL, body TEXT NOT NULL);

-- Of each subject, what is newest.
CREATE TABLE newest (
  source TEXT NOT NULL,
  subject TEXT NOT NULL,
  at INTEGER NOT NULL, -- Milliseconds since the epoch.
  sequence TEXT NOT NULL,
  id TEXT NOT NULL,
  corrects TEXT,
  body TEXT NOT NULL,
  PRIMARY KEY (source, subject)
);
