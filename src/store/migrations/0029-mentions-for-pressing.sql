-- Who was to know of these was mentioned before it was written down.
update incident set report = report || '{"pressing": true}' where pressing and report is not null;

-- When people were mentioned because it is exploited and exposed: so many an hour.
alter table incident add column pressing_mentioned_at timestamptz;
create index incident_pressing_mentioned on incident (pressing_mentioned_at) where pressing_mentioned_at is not null;
