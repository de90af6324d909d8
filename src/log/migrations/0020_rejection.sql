-- Refused requests are alike by reason, places and member names; length and digest are those of the last one.
CREATE TABLE rejection_alike (
  day TEXT NOT NULL,
  source TEXT NOT NULL,       -- `*` for ids that somebody made up, beyond the first of a day
  reason TEXT NOT NULL,       -- `*` for what came beyond the first kinds of a day and source
  detail TEXT NOT NULL,       -- {"places": [...], "body", "skeleton"}
  times INTEGER NOT NULL,
  last INTEGER NOT NULL,
  bytes INTEGER,
  sha256 TEXT,
  PRIMARY KEY (day, source, reason, detail)
) WITHOUT ROWID;

-- Beside a max(), the other columns are those of its row.
INSERT INTO rejection_alike
  SELECT day, source, reason, json_remove(detail, '$.bytes', '$.sha256') AS alike, sum(times), max(last),
    detail ->> 'bytes', detail ->> 'sha256'
  FROM rejection GROUP BY day, source, reason, alike;

DROP TABLE rejection;
ALTER TABLE rejection_alike RENAME TO rejection;

-- Made-up source ids of a day are counted before there is another.
CREATE INDEX rejection_unknown ON rejection (day) WHERE reason = 'unknown_source';
