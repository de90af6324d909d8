-- Destinations that get nothing until they are resumed.
CREATE TABLE pause (
  destination TEXT PRIMARY KEY,
  since INTEGER NOT NULL,     -- milliseconds
  reason TEXT NOT NULL
) WITHOUT ROWID;

-- A held delivery waits for its destination, not for a time: its `next` is NULL. Those that were probed least recently
-- come first, then the oldest.
ALTER TABLE delivery ADD COLUMN probed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX delivery_held ON delivery (destination, probed, receipt) WHERE state = 'waiting' AND next IS NULL;

DROP INDEX delivery_waiting;
CREATE INDEX delivery_waiting ON delivery (next) WHERE state = 'waiting' AND next IS NOT NULL;
