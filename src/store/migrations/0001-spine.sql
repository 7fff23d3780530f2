-- What products sent, byte for byte. `identity` is null once a later record with the same bytes took its place.
create table raw_record (
  id bigint generated always as identity primary key,
  source text not null,
  content bytea not null,
  content_hash text not null,
  identity text unique,
  received_at timestamptz not null,
  origin jsonb
);

-- One row of small facts that must survive: cursors, held repository ids.
create table setting (
  key text primary key,
  value jsonb not null
);

create table incident (
  id bigint generated always as identity primary key,
  kind text not null,
  status text not null default 'open',
  title text not null,
  severity text not null,
  severity_by text,
  verdict text not null default 'not-assessed',
  verdict_by text,
  verdict_why text,
  owner text,
  snoozed_until timestamptz,
  issue bigint unique,
  merged_into bigint references incident,
  related_issue bigint,
  opened_at timestamptz not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  alert_count integer not null default 0,
  adopted boolean not null default false,
  -- When the investigator should look next; null when nothing is new.
  investigate_at timestamptz,
  investigated_at timestamptz,
  -- What the investigator said last: data for the renderer.
  report jsonb,
  -- State people set on GitHub that an edit must not undo: title, notes, labels, lock, gone.
  people jsonb not null default '{}'
);
create index incident_due on incident (investigate_at) where investigate_at is not null;
create index incident_open on incident (status) where status = 'open';

create table alert (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  fingerprint text not null,
  kind text not null,
  source text not null,
  product text not null,
  title text not null,
  rule text not null,
  severity text not null,
  effective_severity text not null,
  time timestamptz not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  count integer not null default 1,
  techniques text[] not null,
  quoted jsonb not null,
  subject text[] not null,
  link text,
  lifecycle text,
  floor_because text,
  join_reason text not null,
  join_key text,
  ocsf jsonb not null,
  created_at timestamptz not null
);
create index alert_incident on alert (incident_id);
create index alert_fingerprint on alert (fingerprint);

create table alert_raw (
  raw_id bigint primary key references raw_record,
  alert_id bigint not null references alert
);
create index alert_raw_alert on alert_raw (alert_id);

create table alert_entity (
  alert_id bigint not null references alert,
  type text not null,
  value text not null,
  role text not null,
  found_in text not null,
  primary key (alert_id, type, value, role)
);
create index alert_entity_value on alert_entity (type, value);

-- When an open incident has seen a key: disjoint spans, further apart than the join window.
create table incident_span (
  incident_id bigint not null references incident,
  key text not null,
  first_at timestamptz not null,
  last_at timestamptz not null
);
create index incident_span_key on incident_span (key, last_at);
create index incident_span_incident on incident_span (incident_id);

create table evidence (
  incident_id bigint not null references incident,
  number integer not null,
  tool text not null,
  query jsonb not null,
  outcome text not null,
  summary jsonb not null,
  result jsonb,
  trust text not null,
  at timestamptz not null,
  hash text not null,
  primary key (incident_id, number)
);

create table recommendation (
  incident_id bigint not null references incident,
  number integer not null,
  action text not null,
  target_type text not null,
  target_value text not null,
  resources text[] not null,
  duration integer not null,
  rule text not null,
  policy_commit text not null,
  evidence text[] not null,
  because text not null,
  requested_by text not null,
  status text not null default 'open',
  replaced_by integer,
  confirmed_at timestamptz,
  approvals text[] not null default '{}',
  hash text not null,
  primary key (incident_id, number)
);

create table task (
  incident_id bigint not null references incident,
  number integer not null,
  recommendation integer not null,
  action text not null,
  target_type text not null,
  target_value text not null,
  resource text not null,
  status text not null,
  expires_at timestamptz,
  requested_by text not null,
  approved_by text[] not null,
  policy_commit text not null,
  detail text not null default '',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- When the executor should look at it next; null when it is at rest.
  due_at timestamptz,
  attempts integer not null default 0,
  primary key (incident_id, number)
);
create index task_due on task (due_at) where due_at is not null;
create index task_target on task (resource, target_type, target_value);

-- A comment of a person that has commands in it; a comment id and line runs at most once.
create table comment (
  id bigint primary key,
  issue bigint not null,
  author text not null,
  author_id bigint not null,
  body text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  -- new, running, done
  state text not null default 'new'
);
create index comment_new on comment (id) where state <> 'done';

create table command (
  comment_id bigint not null references comment,
  line integer not null,
  incident_id bigint references incident,
  name text not null,
  text text not null,
  -- pending, running, waiting (its tasks still run), done, refused, failed
  state text not null default 'pending',
  -- What was understood and what came of it, for the receipt.
  understood text not null default '',
  answer text not null default '',
  tasks text[] not null default '{}',
  at timestamptz not null,
  primary key (comment_id, line)
);

-- One remote object each: an issue, a comment, a receipt, a file, that mirrors something of ours.
create table publication (
  id bigint generated always as identity primary key,
  key text not null unique,
  kind text not null,
  incident_id bigint references incident,
  -- The issue it stands on when it belongs to no incident.
  issue bigint,
  remote_id bigint,
  -- Fixed text of a comment; null when it is rendered from our state at sending time.
  text text,
  -- Higher goes first; 2 may use the reserve.
  priority integer not null default 0,
  dirty boolean not null default true,
  -- Grows with every reason to send again, so that one that comes while sending is not lost.
  touched integer not null default 1,
  -- Set before a creation is sent, cleared by its answer: a row that has it at start may exist already.
  attempted_at timestamptz,
  sent_hash text,
  -- Title and managed labels as last sent: what differs on GitHub was changed by people.
  sent jsonb,
  sent_at timestamptz,
  edits integer not null default 0,
  not_before timestamptz,
  attempts integer not null default 0,
  error text,
  created_at timestamptz not null
);
create index publication_dirty on publication (priority desc, id) where dirty;
create index publication_incident on publication (incident_id);

-- Every creation sent to GitHub, for the sliding windows of the budget; `at` is the latest it can have arrived.
create table creation (
  id bigint generated always as identity primary key,
  at timestamptz not null
);
create index creation_at on creation (at);

-- Webhook deliveries, stored before they are answered.
create table delivery (
  id bigint generated always as identity primary key,
  guid text not null unique,
  event text not null,
  payload jsonb not null,
  received_at timestamptz not null,
  outcome text
);
create index delivery_new on delivery (id) where outcome is null;

create table policy_commit (
  commit text primary key,
  repository text not null,
  files jsonb not null,
  status text not null,
  problems jsonb not null,
  at timestamptz not null
);

-- Append-only and hash-chained: hash = sha256(previous hash, sequence, time, kind, incident, commit, body).
create table ledger (
  seq bigint primary key,
  at timestamptz not null,
  kind text not null,
  incident_id bigint,
  policy_commit text not null,
  body text not null,
  hash text not null
);
create index ledger_incident on ledger (incident_id);

create table ledger_head (
  one boolean primary key default true check (one),
  seq bigint not null,
  hash text not null
);
insert into ledger_head (seq, hash) values (0, 'yagura');

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only';
end $$;
create trigger ledger_append_only before update or delete or truncate on ledger
  for each statement execute function ledger_is_append_only();
