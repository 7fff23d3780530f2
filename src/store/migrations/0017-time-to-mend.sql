-- By when a vulnerability is to be mended, and whether it is exploited and exposed, so that somebody gets up for it.
alter table incident add column due_at timestamptz;
alter table incident add column pressing boolean not null default false;
create index incident_to_mend on incident (due_at) where status = 'open' and due_at is not null;
create index alert_place on alert (lower(place ->> 'repository')) where place is not null;
