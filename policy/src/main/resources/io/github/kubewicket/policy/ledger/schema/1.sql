-- The ledger: one table of entries, one of signed heads. Both only ever grow.

CREATE TABLE entries (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL,
  -- Read from the hashed body each time, so that nothing that is counted stands outside the hash.
  change_id TEXT AS (json_extract(body, '$.changeId')) VIRTUAL,
  request_id TEXT AS (json_extract(body, '$.requestId')) VIRTUAL,
  class TEXT AS (json_extract(body, '$.class')) VIRTUAL,
  scope_pod TEXT AS (json_extract(body, '$.scopes.pod')) VIRTUAL,
  scope_workload TEXT AS (json_extract(body, '$.scopes.workload')) VIRTUAL,
  scope_namespace TEXT AS (json_extract(body, '$.scopes.namespace')) VIRTUAL,
  scope_cluster TEXT AS (json_extract(body, '$.scopes.cluster')) VIRTUAL,
  scope_caller TEXT AS (json_extract(body, '$.scopes.caller')) VIRTUAL,
  target_uid TEXT AS (json_extract(body, '$.targetUid')) VIRTUAL,
  charged INTEGER AS (json_extract(body, '$.charged')) VIRTUAL,
  CONSTRAINT "an entry's hashes are 64 hex digits"
    CHECK (length(prev) = 64 AND length(hash) = 64 AND (prev || hash) NOT GLOB '*[^0-9a-f]*'),
  CONSTRAINT "an entry's body has at most 64 KiB"
    CHECK (length(CAST(body AS BLOB)) <= 65536),
  CONSTRAINT "an intent has changeId, class, scopes and targetUid"
    CHECK (type <> 'intent' OR (
      change_id IS NOT NULL AND class IS NOT NULL AND target_uid IS NOT NULL
      AND scope_workload IS NOT NULL AND scope_namespace IS NOT NULL
      AND scope_cluster IS NOT NULL AND scope_caller IS NOT NULL)),
  CONSTRAINT "an outcome has changeId and charged"
    CHECK (type <> 'outcome' OR (
      change_id IS NOT NULL
      AND coalesce(json_type(body, '$.charged'), 'none') IN ('true', 'false'))),
  CONSTRAINT "what concerns a request has requestId"
    CHECK (type NOT IN ('requested', 'approved', 'rejected', 'revoked') OR request_id IS NOT NULL)
) STRICT;

CREATE INDEX entries_of_change ON entries (change_id) WHERE change_id IS NOT NULL;
CREATE INDEX entries_of_request ON entries (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX intents ON entries (type) WHERE type = 'intent';
CREATE INDEX requests_by_time ON entries (at) WHERE type = 'requested';

-- An approval is used once, a change is begun once and settled once.
CREATE UNIQUE INDEX intent_of_request ON entries (request_id) WHERE type = 'intent';
CREATE UNIQUE INDEX intent_of_change ON entries (change_id) WHERE type = 'intent';
CREATE UNIQUE INDEX outcome_of_change ON entries (change_id) WHERE type = 'outcome';

-- Budgets: one range of one index each.
CREATE INDEX charges_of_pod ON entries (class, scope_pod, at) WHERE type = 'intent';
CREATE INDEX charges_of_workload ON entries (class, scope_workload, at) WHERE type = 'intent';
CREATE INDEX charges_of_namespace ON entries (class, scope_namespace, at) WHERE type = 'intent';
CREATE INDEX charges_of_cluster ON entries (class, scope_cluster, at) WHERE type = 'intent';
CREATE INDEX charges_of_caller ON entries (class, scope_caller, at) WHERE type = 'intent';
CREATE INDEX outcomes_not_charged ON entries (change_id) WHERE type = 'outcome' AND charged = 0;

CREATE TRIGGER entries_follow_each_other BEFORE INSERT ON entries
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
  OR NEW.prev IS NOT coalesce(
    (SELECT hash FROM entries ORDER BY seq DESC LIMIT 1),
    '0000000000000000000000000000000000000000000000000000000000000000')
  OR NEW.at < coalesce((SELECT at FROM entries ORDER BY seq DESC LIMIT 1), 0)
BEGIN
  SELECT RAISE(ABORT, 'an entry follows the last one in number, hash and time');
END;

-- Also keeps INSERT OR REPLACE from removing the older one, which fires no trigger on deletion.
CREATE TRIGGER intents_are_unique BEFORE INSERT ON entries
WHEN NEW.type = 'intent' AND (
  EXISTS (
    SELECT 1 FROM entries
    WHERE type = 'intent' AND request_id = json_extract(NEW.body, '$.requestId'))
  OR EXISTS (
    SELECT 1 FROM entries
    WHERE type = 'intent' AND change_id = json_extract(NEW.body, '$.changeId')))
BEGIN
  SELECT RAISE(ABORT, 'the request or the change has an intent already');
END;

CREATE TRIGGER outcomes_settle_one_intent BEFORE INSERT ON entries
WHEN NEW.type = 'outcome' AND (
  NOT EXISTS (
    SELECT 1 FROM entries
    WHERE type = 'intent' AND change_id = json_extract(NEW.body, '$.changeId'))
  OR EXISTS (
    SELECT 1 FROM entries
    WHERE type = 'outcome' AND change_id = json_extract(NEW.body, '$.changeId')))
BEGIN
  SELECT RAISE(ABORT, 'an outcome settles an intent that has none yet');
END;

CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
BEGIN
  SELECT RAISE(ABORT, 'an entry is never changed');
END;

CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
BEGIN
  SELECT RAISE(ABORT, 'an entry is never deleted');
END;

-- size is the number of the newest entry that the line signs.
CREATE TABLE checkpoints (
  size INTEGER PRIMARY KEY,
  line TEXT NOT NULL
) STRICT;

CREATE TRIGGER checkpoints_are_of_the_newest_entry BEFORE INSERT ON checkpoints
WHEN NEW.size IS NOT (SELECT max(seq) FROM entries)
  OR NEW.size <= coalesce((SELECT max(size) FROM checkpoints), 0)
BEGIN
  SELECT RAISE(ABORT, 'a checkpoint is of the newest entry');
END;

CREATE TRIGGER checkpoints_are_never_changed BEFORE UPDATE ON checkpoints
BEGIN
  SELECT RAISE(ABORT, 'a checkpoint is never changed');
END;

CREATE TRIGGER checkpoints_are_never_deleted BEFORE DELETE ON checkpoints
BEGIN
  SELECT RAISE(ABORT, 'a checkpoint is never deleted');
END;
