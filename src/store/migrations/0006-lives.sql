-- The step of an alert's life that counts: the latest by its own clock, in whatever order they came.
alter table alert add column step_at timestamptz;
alter table alert add column step_why text;

-- Why the source closed an incident: `fixed` or `dismissed`; null when people did, or it is open.
alter table incident add column settled text;
alter table incident add column settled_why text;
