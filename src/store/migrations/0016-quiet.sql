-- Where people can open an incident: an issue of its own, the digest of a day, or the inventory of what was open already
-- when its source was connected.
alter table incident add column stands text not null default 'issue' check (stands in ('issue', 'digest', 'inventory'));
-- It stands in a digest only because the day's issues of its source were used up.
alter table incident add column held boolean not null default false;
create index incident_elsewhere on incident (stands, status) where stands <> 'issue';

-- The days, by the clock of whoever reads them, on which an incident stood in the digest.
create table digest_entry (
  day date not null,
  incident_id bigint not null references incident,
  primary key (day, incident_id)
);
create index digest_entry_incident on digest_entry (incident_id);

-- Since when a source sends: its name, and the installation it sends for where it has several.
create table connection (
  name text primary key,
  since timestamptz not null
);
insert into connection (name, since)
  select source || coalesce(':' || (origin->>'installation'), ''), min(received_at) from raw_record group by 1;

-- Issues opened on a day for a source that was new then.
create table connection_day (
  name text not null references connection,
  day date not null,
  opened integer not null,
  primary key (name, day)
);

-- What gets an issue of its own is news to whoever is told outside GitHub.
drop trigger incident_changed on incident;
create trigger incident_changed after update on incident for each row
  when (old.severity is distinct from new.severity or old.status is distinct from new.status
    or old.verdict is distinct from new.verdict or old.owner is distinct from new.owner
    or old.stands is distinct from new.stands)
  execute function note_incident_change();
