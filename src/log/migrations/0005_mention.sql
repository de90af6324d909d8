-- Events that belong to a call which their subject does not name, such as a payment during one.
CREATE TABLE mention (
  receipt TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  call TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX mention_call ON mention (call);
