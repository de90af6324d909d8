-- Which events correct which: the same webhook, read again by a later normalizer.
CREATE TABLE correction (
  receipt TEXT PRIMARY KEY,   -- of the new event
  id TEXT NOT NULL,           -- of the new event
  corrects TEXT NOT NULL      -- id of the event before
) WITHOUT ROWID;
CREATE INDEX correction_of ON correction (corrects);

-- All webhooks that repeated an event.
CREATE INDEX duplicate_first ON duplicate (first);
