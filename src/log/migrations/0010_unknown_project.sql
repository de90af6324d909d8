-- Projects that somebody asked about and no rule of the map named.
CREATE TABLE unknown_project (
  source TEXT NOT NULL,
  project TEXT NOT NULL,
  first INTEGER NOT NULL,     -- when it was first asked about, milliseconds
  PRIMARY KEY (source, project)
) WITHOUT ROWID;
