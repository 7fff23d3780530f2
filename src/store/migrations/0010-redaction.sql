-- A record out of which a person had a text taken: who, when, and the hash it had before; `content_hash` is of what is left.
alter table raw_record add column original_hash text;
alter table raw_record add column redacted_at timestamptz;
alter table raw_record add column redacted_by text;
