-- What nobody expected in the webhooks of a source: new fields, changed types, new words, ids without a label.
CREATE TABLE drift (
  source TEXT NOT NULL,
  path TEXT NOT NULL,         -- `payment.callQuality`, `payment.status=refunded`, `labels.disposition.51`
  what TEXT NOT NULL,
  first INTEGER NOT NULL,     -- when it first came, milliseconds since the epoch
  last INTEGER NOT NULL,
  times INTEGER NOT NULL,     -- at least: counts of an isolate that ends are lost
  sample TEXT NOT NULL,       -- what came at first, scrubbed and cut
  PRIMARY KEY (source, path, what)
) WITHOUT ROWID;
