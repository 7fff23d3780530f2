-- Whom a text is to mention, and once it was sent whom it did.
alter table publication add column mentions jsonb;

-- When an incident last mentioned somebody: so many call people at a time.
alter table incident rename column pressing_mentioned_at to mentioned_at;
alter index incident_pressing_mentioned rename to incident_mentioned;
create index incident_asking on incident (ask_again_at) where ask_again_at < 'infinity';
