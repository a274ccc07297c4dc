-- Who is alive. The only table that changes: nothing in it is evidence of anything but that.

CREATE TABLE replicas (
  name text PRIMARY KEY,
  -- By this database's clock, so that the replicas' own do not matter.
  beat_at timestamptz NOT NULL
);
