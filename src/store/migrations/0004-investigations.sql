-- A run of the model over an incident: begun by itself once at each severity, or because somebody asked.
create table investigation (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  kind text not null check (kind in ('investigate', 'ask')),
  status text not null default 'waiting' check (status in ('waiting', 'running', 'stopping', 'done', 'stopped', 'failed')),
  severity text not null,
  asked_by text,
  focus text,
  attempts int not null default 0,
  not_before timestamptz,
  -- What it is about and was told, kept so that a resumed run sends what it would have sent.
  brief jsonb,
  prompts jsonb,
  policy_commit text,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  -- What came of it, after the gates.
  outcome jsonb
);
create unique index investigation_by_itself on investigation (incident_id, severity) where asked_by is null;
create index investigation_open on investigation (created_at) where status in ('waiting', 'running', 'stopping');
create index investigation_incident on investigation (incident_id);

-- Its journal: a row a step, written before the step and again when it is done.
create table investigation_step (
  investigation_id bigint not null references investigation,
  key text not null,
  kind text not null check (kind in ('model', 'tool', 'phase')),
  request_hash text,
  tier text,
  model text,
  usage jsonb,
  -- The most it may cost until it is answered, then what it cost; money in millionths of a US dollar.
  tokens bigint not null default 0,
  money bigint not null default 0,
  -- What requests may have cost whose answer a killed process never wrote down.
  lost_tokens bigint not null default 0,
  lost_money bigint not null default 0,
  reply jsonb,
  at timestamptz not null,
  done_at timestamptz,
  primary key (investigation_id, key)
);
create index investigation_step_month on investigation_step (at) where kind = 'model';
