-- What entries are about: the caller that was refused, the rule that spoke, the workload, or * for all.

ALTER TABLE entries ADD COLUMN subject TEXT
  AS (coalesce(json_extract(body, '$.subject'), json_extract(body, '$.caller'))) VIRTUAL;

CREATE INDEX entries_about ON entries (type, subject, at)
WHERE type IN (
  'denied', 'suggested', 'shadowed', 'rule', 'frozen', 'released', 'paused', 'resumed');
