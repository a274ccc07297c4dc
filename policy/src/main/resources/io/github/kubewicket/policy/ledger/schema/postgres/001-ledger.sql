-- The ledger: one table of entries, one of signed heads. Both only ever grow. The same as 1.sql and 2.sql for SQLite.

-- The body as a value. PostgreSQL's text cannot hold NUL, so U+FFFD stands for it; queries ask for the same.
CREATE FUNCTION ledger_body(body text) RETURNS jsonb
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (CASE WHEN position('\u0000' IN body) = 0 THEN body
    ELSE regexp_replace(body, '(?<!\\)((?:\\\\)*)\\u0000', '\1\\ufffd', 'g') END)::jsonb;

CREATE FUNCTION ledger_field(body text, VARIADIC path text[]) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN ledger_body(body) #>> path;

CREATE TABLE entries (
  seq bigint PRIMARY KEY,
  at bigint NOT NULL,
  type text NOT NULL,
  body text NOT NULL,
  prev text NOT NULL,
  hash text NOT NULL,
  -- Made from the hashed body, so that nothing that is counted stands outside the hash.
  change_id text GENERATED ALWAYS AS (ledger_field(body, 'changeId')) STORED,
  request_id text GENERATED ALWAYS AS (ledger_field(body, 'requestId')) STORED,
  class text GENERATED ALWAYS AS (ledger_field(body, 'class')) STORED,
  subject text GENERATED ALWAYS AS (coalesce(ledger_field(body, 'subject'), ledger_field(body, 'caller'))) STORED,
  scope_pod text GENERATED ALWAYS AS (ledger_field(body, 'scopes', 'pod')) STORED,
  scope_workload text GENERATED ALWAYS AS (ledger_field(body, 'scopes', 'workload')) STORED,
  scope_namespace text GENERATED ALWAYS AS (ledger_field(body, 'scopes', 'namespace')) STORED,
  scope_cluster text GENERATED ALWAYS AS (ledger_field(body, 'scopes', 'cluster')) STORED,
  scope_tool text GENERATED ALWAYS AS (ledger_field(body, 'scopes', 'tool')) STORED,
  scope_caller text GENERATED ALWAYS AS (ledger_field(body, 'scopes', 'caller')) STORED,
  target_uid text GENERATED ALWAYS AS (ledger_field(body, 'targetUid')) STORED,
  charged integer GENERATED ALWAYS AS (
    CASE ledger_body(body) -> 'charged' WHEN 'true'::jsonb THEN 1 WHEN 'false'::jsonb THEN 0 END) STORED,
  CONSTRAINT "an entry's hashes are 64 hex digits"
    CHECK (prev ~ '^[0-9a-f]{64}$' AND hash ~ '^[0-9a-f]{64}$'),
  CONSTRAINT "an entry's body has at most 64 KiB"
    CHECK (octet_length(body) <= 65536),
  CONSTRAINT "an intent has changeId, class, scopes and targetUid"
    CHECK (type <> 'intent' OR (
      change_id IS NOT NULL AND class IS NOT NULL AND target_uid IS NOT NULL
      AND scope_workload IS NOT NULL AND scope_namespace IS NOT NULL
      AND scope_cluster IS NOT NULL AND scope_caller IS NOT NULL)),
  CONSTRAINT "an outcome has changeId and charged"
    CHECK (type <> 'outcome' OR (change_id IS NOT NULL AND charged IS NOT NULL)),
  CONSTRAINT "what concerns a request has requestId"
    CHECK (type NOT IN ('requested', 'approved', 'rejected', 'revoked') OR request_id IS NOT NULL)
);

-- Bodies are read whole in most decisions; compressing them costs more than it saves.
ALTER TABLE entries ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE INDEX entries_of_change ON entries (change_id) WHERE change_id IS NOT NULL;
CREATE INDEX entries_of_request ON entries (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX intents ON entries (seq) WHERE type = 'intent';
CREATE INDEX requests_by_time ON entries (at) WHERE type = 'requested';
CREATE INDEX entries_about ON entries (type, subject, at)
  WHERE subject IS NOT NULL AND type NOT IN ('intent', 'requested', 'startup');

-- An approval is used once, a change is begun once and settled once.
CREATE UNIQUE INDEX "the request has an intent already" ON entries (request_id) WHERE type = 'intent';
CREATE UNIQUE INDEX "the change has an intent already" ON entries (change_id) WHERE type = 'intent';
CREATE UNIQUE INDEX "the change has an outcome already" ON entries (change_id) WHERE type = 'outcome';

-- Budgets: one range of one index each.
CREATE INDEX charges_of_pod ON entries (class, scope_pod, at) WHERE type = 'intent';
CREATE INDEX charges_of_workload ON entries (class, scope_workload, at) WHERE type = 'intent';
CREATE INDEX charges_of_namespace ON entries (class, scope_namespace, at) WHERE type = 'intent';
CREATE INDEX charges_of_cluster ON entries (class, scope_cluster, at) WHERE type = 'intent';
CREATE INDEX charges_of_tool ON entries (class, scope_tool, at) WHERE type = 'intent';
CREATE INDEX charges_of_caller ON entries (class, scope_caller, at) WHERE type = 'intent';
CREATE INDEX outcomes_not_charged ON entries (change_id) WHERE type = 'outcome' AND charged = 0;

CREATE FUNCTION entries_follow_each_other() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last entries%ROWTYPE;
BEGIN
  SELECT * INTO last FROM entries ORDER BY seq DESC LIMIT 1;
  IF NEW.seq IS DISTINCT FROM coalesce(last.seq, 0) + 1
    OR NEW.prev IS DISTINCT FROM coalesce(last.hash, repeat('0', 64))
    OR NEW.at < coalesce(last.at, 0)
  THEN
    RAISE EXCEPTION 'an entry follows the last one in number, hash and time';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entries_follow_each_other BEFORE INSERT ON entries
  FOR EACH ROW EXECUTE FUNCTION entries_follow_each_other();

CREATE FUNCTION outcomes_settle_one_intent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  change text := ledger_field(NEW.body, 'changeId');
BEGIN
  IF change IS NOT NULL AND (
    NOT EXISTS (SELECT 1 FROM entries WHERE type = 'intent' AND change_id = change)
    OR EXISTS (SELECT 1 FROM entries WHERE type = 'outcome' AND change_id = change))
  THEN
    RAISE EXCEPTION 'an outcome settles an intent that has none yet';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER outcomes_settle_one_intent BEFORE INSERT ON entries
  FOR EACH ROW WHEN (NEW.type = 'outcome') EXECUTE FUNCTION outcomes_settle_one_intent();

-- size is the number of the newest entry that the line signs.
CREATE TABLE checkpoints (
  size bigint PRIMARY KEY,
  line text NOT NULL
);

CREATE FUNCTION checkpoints_are_of_the_newest_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size IS DISTINCT FROM (SELECT max(seq) FROM entries)
    OR NEW.size <= coalesce((SELECT max(size) FROM checkpoints), 0)
  THEN
    RAISE EXCEPTION 'a checkpoint is of the newest entry';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER checkpoints_are_of_the_newest_entry BEFORE INSERT ON checkpoints
  FOR EACH ROW EXECUTE FUNCTION checkpoints_are_of_the_newest_entry();

-- Also against TRUNCATE, which fires no trigger of rows; of a statement, even where no row is concerned.
CREATE FUNCTION the_ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what stands in the ledger is never changed or deleted';
END $$;
CREATE TRIGGER entries_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
  FOR EACH STATEMENT EXECUTE FUNCTION the_ledger_only_grows();
CREATE TRIGGER checkpoints_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION the_ledger_only_grows();
