-- How often a text was taken out of an incident: what was read before is not saved after.
alter table incident add column redactions integer not null default 0;
