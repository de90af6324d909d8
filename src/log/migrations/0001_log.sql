-- Receipts are ULIDs with a prefix: one key gives order of acceptance, cursor and look-up.
-- Event ids are `evt_` + 8 characters of the subject + 24 of the identity: one key gives dedup and all events of a subject.

CREATE TABLE claim (
  id TEXT PRIMARY KEY,
  receipt TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE event (
  receipt TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT,
  time TEXT NOT NULL,
  key TEXT NOT NULL,          -- the reference that proved the webhook, never its value
  due INTEGER NOT NULL,       -- how many destinations wanted it
  results TEXT NOT NULL,      -- first attempts: {"<destination>": {state, status, reason, ms, at}}
  body BLOB NOT NULL          -- the frozen event, deflated
) WITHOUT ROWID;

CREATE TABLE duplicate (
  receipt TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  first TEXT NOT NULL,        -- the receipt that became the event
  source TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE failure (
  receipt TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL
) WITHOUT ROWID;

-- Deliveries that their first attempt did not settle, and replays. The row is the truth; a queue message only wakes it.
CREATE TABLE delivery (
  receipt TEXT NOT NULL,
  destination TEXT NOT NULL,
  run INTEGER NOT NULL,       -- 0: the delivery; from 1: its replays
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead', 'expired')),
  attempt INTEGER NOT NULL,   -- attempts made
  next INTEGER,               -- when the next is due, milliseconds; NULL once settled
  since INTEGER NOT NULL,     -- from when `expireAfter` counts, milliseconds
  reason TEXT,
  attempts TEXT NOT NULL,     -- [{n, at, ms, status, reason}]
  PRIMARY KEY (receipt, destination, run)
) WITHOUT ROWID;
CREATE INDEX delivery_waiting ON delivery (next) WHERE state = 'waiting';
CREATE INDEX delivery_given_up ON delivery (state, receipt) WHERE state IN ('dead', 'expired');

CREATE TABLE tally (
  day TEXT NOT NULL,
  source TEXT NOT NULL,
  events INTEGER NOT NULL DEFAULT 0,
  duplicates INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  unrouted INTEGER NOT NULL DEFAULT 0,
  due INTEGER NOT NULL DEFAULT 0,
  delivered INTEGER NOT NULL DEFAULT 0,
  dead INTEGER NOT NULL DEFAULT 0,
  expired INTEGER NOT NULL DEFAULT 0,
  replay_due INTEGER NOT NULL DEFAULT 0,
  replay_delivered INTEGER NOT NULL DEFAULT 0,
  replay_dead INTEGER NOT NULL DEFAULT 0,
  replay_expired INTEGER NOT NULL DEFAULT 0,
  logins INTEGER NOT NULL DEFAULT 0,
  granted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day, source)
) WITHOUT ROWID;

-- Webhooks that wait for the queue, and bodies too large for it.
CREATE TABLE spool (
  receipt TEXT PRIMARY KEY,
  due INTEGER NOT NULL,       -- when to hand it to the queue (again), milliseconds
  tries INTEGER NOT NULL,
  message TEXT NOT NULL,
  body BLOB                   -- deflated; NULL when the message carries it
) WITHOUT ROWID;

CREATE TABLE rejection (
  day TEXT NOT NULL,
  source TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,       -- {"places": [...], "members": [...], "bytes", "sha256", "skeleton"}
  times INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (day, source, reason, detail)
) WITHOUT ROWID;

-- Validated versions of the documents in KV.
CREATE TABLE document (
  name TEXT NOT NULL,         -- `relay`, or `permissions/<source>`
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  who TEXT NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL,         -- deflated
  PRIMARY KEY (name, version)
) WITHOUT ROWID;
