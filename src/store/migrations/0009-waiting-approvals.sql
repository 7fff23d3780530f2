-- Since when a recommendation waits for people, and when they were reminded.
alter table recommendation add column waits_since timestamptz;
alter table recommendation add column reminded_at timestamptz;
create index recommendation_waiting on recommendation (waits_since) where status = 'open' and waits_since is not null;
