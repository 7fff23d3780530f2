-- Where the event comes from: the alert of a correlation rule belongs in a room of one of its events.
alter table rule_match add column scope jsonb not null default '{}';
