-- What one person on call let run alone: a second person confirms it in time, or it is taken back.
create table emergency (
  incident_id bigint not null references incident,
  recommendation integer not null,
  login text not null,
  account_id bigint not null,
  why text not null,
  began_at timestamptz not null,
  confirm_by timestamptz not null,
  -- confirmed or undone; null while it waits
  ended text,
  ended_at timestamptz,
  -- Once each: what nobody confirmed is not run alone again.
  primary key (incident_id, recommendation)
);
