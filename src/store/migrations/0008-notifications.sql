-- Incidents whose severity, status, verdict or owner changed, in the transaction that changed them, whoever did it: what the
-- notifier has not looked at yet.
create table incident_change (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident
);

create function note_incident_change() returns trigger language plpgsql as $$
begin
  insert into incident_change (incident_id) values (new.id);
  return null;
end $$;
create trigger incident_opened after insert on incident for each row execute function note_incident_change();
create trigger incident_changed after update on incident for each row
  when (old.severity is distinct from new.severity or old.status is distinct from new.status
    or old.verdict is distinct from new.verdict or old.owner is distinct from new.owner)
  execute function note_incident_change();

-- One thing to tell one channel of the policy about one incident, once.
create table notification (
  id bigint generated always as identity primary key,
  channel text not null,
  incident_id bigint not null references incident,
  event text not null,
  -- The incident's when it was to be told.
  severity text not null,
  state text not null default 'due',
  due_at timestamptz not null,
  attempts integer not null default 0,
  -- A request is on its way, or the process ended before its answer came.
  attempted_at timestamptz,
  -- The other side said that it is asked too often: nothing goes to the channel before then.
  hold_until timestamptz,
  -- The message that said it with others in one line.
  folded_into bigint references notification,
  -- What became of it, in one sentence.
  detail text not null default '',
  created_at timestamptz not null,
  ended_at timestamptz
);
create index notification_due on notification (channel, due_at) where state = 'due';
create index notification_incident on notification (incident_id, channel, id);
create index notification_folded on notification (folded_into) where folded_into is not null;
create index notification_hold on notification (channel, hold_until) where hold_until is not null;
create index notification_ended on notification (channel, ended_at) where ended_at is not null;
