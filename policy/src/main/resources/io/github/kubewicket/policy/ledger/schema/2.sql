-- What entries are about: the caller that was refused, the rule that spoke, the kind of act that was proven, the
-- wish that was rejected, or * for all.

ALTER TABLE entries ADD COLUMN subject TEXT
  AS (coalesce(json_extract(body, '$.subject'), json_extract(body, '$.caller'))) VIRTUAL;

CREATE INDEX entries_about ON entries (type, subject, at)
WHERE subject IS NOT NULL AND type NOT IN ('intent', 'requested', 'startup');
