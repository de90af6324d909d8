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
  agent TEXT,                 -- {id, username}: whom lists show as its agent
  time TEXT NOT NULL,
  key TEXT NOT NULL,          -- the reference that proved the webhook, never its value
  due INTEGER NOT NULL,       -- how many destinations wanted it
  results TEXT NOT NULL,      -- first attempts: {"<destination>": {state, status, reason, ms, at}}
  class TEXT NOT NULL DEFAULT 'event' CHECK (class IN ('event', 'decision', 'sync', 'relay')),
  hold INTEGER NOT NULL DEFAULT 0,  -- 1: it stays, however old
  size INTEGER NOT NULL DEFAULT 0,  -- of the frozen event, in characters; 0: not known
  marks BLOB,                 -- keyed, four bytes each, the first the version of the key: who may be in it
  body BLOB NOT NULL,         -- the frozen event without `data.raw`: a short text as it is, else deflated
  raw BLOB                    -- what stands there, likewise; NULL once it is removed
) WITHOUT ROWID;

-- The marks of many events in one row: which mark, and when what has it was accepted. Events up to the greatest `last`
-- are in some block, or late.
CREATE TABLE mark_block (
  last TEXT PRIMARY KEY,      -- receipt of the last of them
  first TEXT NOT NULL,
  level INTEGER NOT NULL,     -- blocks of a level become one of the next
  versions TEXT NOT NULL,     -- of the keys that made the marks, in hex
  marks BLOB NOT NULL,        -- four bytes each, ascending, each once
  starts BLOB NOT NULL,       -- where the moments of each begin, and of the last end; four bytes each
  moments BLOB NOT NULL       -- the time in the receipts, milliseconds, six bytes each; the newest of a mark first
) WITHOUT ROWID;

-- Marks of events that were recorded when younger ones were in a block already.
CREATE TABLE late_mark (
  receipt TEXT PRIMARY KEY,
  marks BLOB NOT NULL
) WITHOUT ROWID;
-- Decisions of the login guard, a few among many events; no other event costs a row for it.
CREATE INDEX event_login ON event (receipt, source) WHERE type = 'login.decided';

CREATE TABLE duplicate (
  receipt TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  first TEXT NOT NULL,        -- the receipt that became the event
  source TEXT NOT NULL
) WITHOUT ROWID;
-- All webhooks that repeated an event.
CREATE INDEX duplicate_first ON duplicate (first);

-- Webhooks that became no event.
CREATE TABLE failure (
  receipt TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  reason TEXT NOT NULL,       -- `not_a_webhook`, `body_missing`, `unreadable`, `log_refused`, `queue_refused`, …
  message TEXT NOT NULL,      -- what there is of it, cut
  body BLOB                   -- the deflated body that lay in the spool, if one did
) WITHOUT ROWID;

-- Which events correct which: the same webhook, read again by a later normalizer.
CREATE TABLE correction (
  receipt TEXT PRIMARY KEY,   -- of the new event
  id TEXT NOT NULL,           -- of the new event
  corrects TEXT NOT NULL      -- id of the event before
) WITHOUT ROWID;
CREATE INDEX correction_of ON correction (corrects);

-- Subjects under which an event is found although its id does not begin as theirs do: the call that a payment was made
-- during, or the subject that only the URL of a signed webhook gave.
CREATE TABLE mention (
  receipt TEXT NOT NULL,
  subject TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (receipt, subject)
) WITHOUT ROWID;
CREATE INDEX mention_subject ON mention (subject);

-- Deliveries that their first attempt did not settle, and replays. The row is the truth; a queue message only wakes it.
-- A held delivery waits for its destination, not for a time: its `next` is NULL. Those that were probed least recently
-- come first, then the oldest.
CREATE TABLE delivery (
  receipt TEXT NOT NULL,
  destination TEXT NOT NULL,
  run INTEGER NOT NULL,       -- 0: the delivery; from 1: its replays
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead', 'expired')),
  attempt INTEGER NOT NULL,   -- attempts made
  next INTEGER,               -- when the next is due, milliseconds; NULL while it is held, and once it is settled
  since INTEGER NOT NULL,     -- from when `expireAfter` counts, milliseconds
  reason TEXT,
  attempts TEXT NOT NULL,     -- [{n, at, ms, status, reason}]
  probed INTEGER NOT NULL DEFAULT 0,
  replay TEXT,                -- the replay that began it
  PRIMARY KEY (receipt, destination, run)
) WITHOUT ROWID;
CREATE INDEX delivery_waiting ON delivery (next) WHERE state = 'waiting' AND next IS NOT NULL;
CREATE INDEX delivery_held ON delivery (destination, probed, receipt) WHERE state = 'waiting' AND next IS NULL;
CREATE INDEX delivery_given_up ON delivery (state, receipt) WHERE state IN ('dead', 'expired');
CREATE INDEX delivery_replay ON delivery (replay, state, destination) WHERE replay IS NOT NULL;

-- Replays that somebody asked for: first they count, then they begin what they found, page by page. Whoever writes a page
-- raises `step`, so that nobody writes it again.
CREATE TABLE replay (
  id TEXT PRIMARY KEY,        -- `rpl_` and a ULID: sorts by time
  who TEXT NOT NULL,
  reason TEXT,                -- why, in their words
  asked TEXT NOT NULL,        -- {filter, since, until, event, destination, renormalize, dryRun, perSecond}
  state TEXT NOT NULL CHECK (state IN ('counting', 'counted', 'running', 'done', 'cancelled')),
  step INTEGER NOT NULL,      -- pages and decisions so far
  due INTEGER,                -- when the next page is, milliseconds; NULL while there is none
  called INTEGER NOT NULL DEFAULT 0,  -- how often cron has called for that page
  cursor TEXT,                -- it goes on counting before this receipt
  parts INTEGER NOT NULL DEFAULT 0,   -- parts that are still to begin, the last first
  events INTEGER NOT NULL DEFAULT 0,
  deliveries INTEGER NOT NULL DEFAULT 0,
  destinations TEXT NOT NULL DEFAULT '{}',  -- deliveries by destination
  begun INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  told TEXT NOT NULL DEFAULT '{}',    -- the first that were skipped, the first corrections
  paced INTEGER NOT NULL DEFAULT 0,   -- until when what was begun goes out, milliseconds
  started INTEGER,            -- milliseconds
  starter TEXT,
  ended INTEGER,              -- milliseconds
  ender TEXT,                 -- who cancelled it
  because TEXT                -- why the relay did: `too_many`, `stuck`
) WITHOUT ROWID;
CREATE INDEX replay_due ON replay (due) WHERE due IS NOT NULL;

-- What a replay found and has not begun yet, the newest first.
CREATE TABLE replay_part (
  replay TEXT NOT NULL,
  part INTEGER NOT NULL,
  found TEXT NOT NULL,        -- [{receipt, to: [destination], id: of the correction}]
  PRIMARY KEY (replay, part)
) WITHOUT ROWID;

-- Destinations that get nothing until they are resumed.
CREATE TABLE pause (
  destination TEXT PRIMARY KEY,
  since INTEGER NOT NULL,     -- milliseconds
  reason TEXT NOT NULL,
  who TEXT                    -- who paused it; NULL: the relay did
) WITHOUT ROWID;

-- What is being counted: of this hour, of the one before, and what came late for older ones. Each batch adds to one row
-- of each of its sources; cron moves the rows of closed hours into the sums below, so that few are here.
CREATE TABLE tally (
  hour TEXT NOT NULL,         -- UTC, `2026-11-20T09`
  source TEXT NOT NULL,       -- `*` where nothing but refused requests of unknown sources is counted
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
  questions INTEGER NOT NULL DEFAULT 0,  -- to responders
  answered INTEGER NOT NULL DEFAULT 0,   -- of these, by the responder
  otherwise INTEGER NOT NULL DEFAULT 0,  -- of these, by what the configuration has in its place
  last INTEGER NOT NULL DEFAULT 0,     -- when the last webhook or question came, milliseconds; 0: none did
  flow TEXT NOT NULL DEFAULT '{}',     -- what happened at destinations then: {"<destination> <counter>": number}
  refused TEXT NOT NULL DEFAULT '{}',  -- refused requests: {"<reason>": number}
  keys TEXT NOT NULL DEFAULT '{}',     -- when each key proved something last: {"<reference>": milliseconds}
  PRIMARY KEY (hour, source)
) WITHOUT ROWID;

-- What was counted, by source: of each hour for some weeks, of each day, and of all time.
CREATE TABLE tally_sum (
  unit TEXT NOT NULL CHECK (unit IN ('hour', 'day', 'total')),
  span TEXT NOT NULL,         -- the hour or the day; empty for all time
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
  questions INTEGER NOT NULL DEFAULT 0,
  answered INTEGER NOT NULL DEFAULT 0,
  otherwise INTEGER NOT NULL DEFAULT 0,
  last INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (unit, span, source)
) WITHOUT ROWID;

-- The same by destination, replays among the deliveries; `under_…`: attempts that took up to so many milliseconds.
CREATE TABLE flow_sum (
  unit TEXT NOT NULL CHECK (unit IN ('hour', 'day', 'total')),
  span TEXT NOT NULL,
  destination TEXT NOT NULL,
  due INTEGER NOT NULL DEFAULT 0,
  delivered INTEGER NOT NULL DEFAULT 0,
  dead INTEGER NOT NULL DEFAULT 0,
  expired INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  relay_dead INTEGER NOT NULL DEFAULT 0,  -- of the dead those that the relay told of itself
  ms INTEGER NOT NULL DEFAULT 0,       -- that all attempts took together
  under_50 INTEGER NOT NULL DEFAULT 0,
  under_100 INTEGER NOT NULL DEFAULT 0,
  under_250 INTEGER NOT NULL DEFAULT 0,
  under_500 INTEGER NOT NULL DEFAULT 0,
  under_1000 INTEGER NOT NULL DEFAULT 0,
  under_2500 INTEGER NOT NULL DEFAULT 0,
  under_5000 INTEGER NOT NULL DEFAULT 0,
  under_10000 INTEGER NOT NULL DEFAULT 0,
  under_30000 INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (unit, span, destination)
) WITHOUT ROWID;

-- Refused requests of all time, for as long as a counter may not fall.
CREATE TABLE refused_total (
  source TEXT NOT NULL,
  reason TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (source, reason)
) WITHOUT ROWID;

-- When each key of a source proved a webhook or a login last, by the name of its reference, as far as hours are closed.
CREATE TABLE key_use (
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  last INTEGER NOT NULL,      -- milliseconds
  PRIMARY KEY (source, key)
) WITHOUT ROWID;

-- Webhooks that wait for the queue, and bodies too large for it.
CREATE TABLE spool (
  receipt TEXT PRIMARY KEY,
  due INTEGER NOT NULL,       -- when to hand it to the queue (again), milliseconds
  tries INTEGER NOT NULL,     -- how often a large body was announced
  refused INTEGER NOT NULL DEFAULT 0,  -- how often the queue refused it while it took others
  message TEXT NOT NULL,
  body BLOB                   -- deflated; NULL when the message carries it
) WITHOUT ROWID;
-- Those that were never refused go first.
CREATE INDEX spool_refused ON spool (refused, due) WHERE refused > 0;

-- Refused requests are alike by reason, places and member names; length and digest are those of the last one.
CREATE TABLE rejection (
  day TEXT NOT NULL,
  source TEXT NOT NULL,       -- `*` for ids that somebody made up, beyond the first of a day
  reason TEXT NOT NULL,       -- `*` for what came beyond the first kinds of a day and source
  detail TEXT NOT NULL,       -- {"places": [...], "body", "skeleton"}
  times INTEGER NOT NULL,
  kept INTEGER NOT NULL,      -- how many of them have a row of their own
  last INTEGER NOT NULL,
  bytes INTEGER,
  sha256 TEXT,
  PRIMARY KEY (day, source, reason, detail)
) WITHOUT ROWID;
-- Made-up source ids of a day are counted before there is another.
CREATE INDEX rejection_unknown ON rejection (day) WHERE reason = 'unknown_source';

-- Refused requests one by one, for a week. What comes beyond the first of a minute is only counted.
CREATE TABLE refused_request (
  request TEXT PRIMARY KEY,   -- `req_` and a ULID: sorts by time
  lot TEXT NOT NULL,          -- the source; `*` where none is configured
  source TEXT NOT NULL,
  kind TEXT,                  -- where the vendor has it
  reason TEXT NOT NULL,
  status INTEGER NOT NULL,
  bytes INTEGER,              -- only of requests with a live key
  agent TEXT,                 -- user agent, scrubbed and cut
  address TEXT,               -- the network, not the host
  came TEXT                   -- places where a key stood that nobody looks at
) WITHOUT ROWID;
CREATE INDEX refused_request_lot ON refused_request (lot, request);

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

-- Documents that KV does not show any more. Once it has not for a minute, their deletion becomes a version.
CREATE TABLE missing_document (
  name TEXT PRIMARY KEY,
  since INTEGER NOT NULL      -- when it was first seen to be missing, milliseconds
) WITHOUT ROWID;

-- What nobody expected in the webhooks of a source: new fields, changed types, new words, ids without a label.
CREATE TABLE drift (
  source TEXT NOT NULL,
  path TEXT NOT NULL,         -- `payment.callQuality`, `payment.status=refunded`, `labels.disposition.51`
  what TEXT NOT NULL,
  first INTEGER NOT NULL,     -- when it first came, milliseconds since the epoch
  last INTEGER NOT NULL,
  times INTEGER NOT NULL,     -- at least: counts of an isolate that ends are lost
  sample TEXT NOT NULL,       -- type and length of what came last, never the value
  PRIMARY KEY (source, path, what)
) WITHOUT ROWID;

-- Projects that somebody asked about and no rule of the map named.
CREATE TABLE unknown_project (
  source TEXT NOT NULL,
  project TEXT NOT NULL,
  first INTEGER NOT NULL,     -- when it was first asked about, milliseconds
  PRIMARY KEY (source, project)
) WITHOUT ROWID;

-- Agents that asked to log in. Ids and user names are written as the map compares them; `''` where only the other came.
CREATE TABLE agent (
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  username TEXT NOT NULL,
  seen TEXT NOT NULL,         -- the UTC day on which they asked last
  PRIMARY KEY (source, id, username)
) WITHOUT ROWID;
CREATE INDEX agent_name ON agent (source, username);

-- What runs, and when it did last: cron, and the consumers of the queues when the self-test calls them.
CREATE TABLE beat (
  name TEXT PRIMARY KEY,
  at INTEGER NOT NULL         -- milliseconds since the epoch
) WITHOUT ROWID;

-- Named tokens, which open the API beside ADMIN_TOKEN.
CREATE TABLE token (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  role TEXT NOT NULL,
  destination TEXT,           -- the one that a receiver is bound to
  hash TEXT NOT NULL,         -- SHA-256 of the token, in hex
  created INTEGER NOT NULL,   -- milliseconds
  maker TEXT NOT NULL,        -- who made it
  expires INTEGER,            -- milliseconds
  used INTEGER                -- when it was used last, to the hour; milliseconds
) WITHOUT ROWID;

-- Who did what: each entry's hash covers all of it and the hash before. Of who, what and reason it has salted digests.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,        -- milliseconds; none is before the one before it
  role TEXT NOT NULL,
  action TEXT NOT NULL,
  before TEXT,                -- hash of what was there
  after TEXT,                 -- hash of what is there now
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  reason TEXT,
  hash TEXT NOT NULL          -- SHA-256 of the canonical JSON of all that and the hash before, in hex
) WITHOUT ROWID;
CREATE INDEX audit_at ON audit (at);

-- The words behind the digests. They may be erased, and the chain stays whole.
CREATE TABLE audit_person (
  seq INTEGER PRIMARY KEY,
  salt TEXT NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  reason TEXT
) WITHOUT ROWID;

-- Where the audit has told of failed sign-ins: once an hour and part of an address.
CREATE TABLE failed_sign_in (
  hour INTEGER NOT NULL,      -- hours since the epoch
  address TEXT NOT NULL,
  PRIMARY KEY (hour, address)
) WITHOUT ROWID;

-- Who is shown values of persons in clear, so that the audit tells it once an hour.
CREATE TABLE clear_view (
  hour INTEGER NOT NULL,      -- hours since the epoch
  who TEXT NOT NULL,
  PRIMARY KEY (hour, who)
) WITHOUT ROWID;
