-- Matches of detection rules that correlation rules count, as long as a window may hold them: what a correlator is
-- rebuilt from when a process starts.
create table rule_match (
  raw_id bigint not null references raw_record on delete cascade,
  -- Which of the record's events, from 0.
  event int not null,
  rule text not null,
  at timestamptz not null,
  -- The event's values of the fields that correlations asked for.
  field_values jsonb not null,
  entities jsonb not null,
  primary key (raw_id, event, rule)
);
create index rule_match_at on rule_match (at);

-- Correlations that came true, so that each is told once whatever is replayed. The key is of the rule and its events.
create table correlation_told (
  key text primary key,
  at timestamptz not null
);
create index correlation_told_at on correlation_told (at);
