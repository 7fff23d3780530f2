-- When a digest told of a critical incident that it holds back.
alter table digest_entry add column told_at timestamptz;
