-- The issue repository something stands in: '' is the default one, any other its `owner/name` in lower case.
alter table incident add column room text not null default '';
alter table incident drop constraint incident_issue_key;
alter table incident add constraint incident_issue_key unique (room, issue);
alter table comment add column room text not null default '';
-- Of what belongs to no incident; an incident's publications stand where the incident does.
alter table publication add column room text not null default '';

-- Where an alert comes from, as far as its source says.
alter table alert add column scope jsonb not null default '{}';
