-- The advisories of our own repositories are asked for in turn.
create index alert_own_advisory on alert (id) where source = 'github' and kind = 'advisory';
