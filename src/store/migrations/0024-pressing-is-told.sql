-- What is exploited and exposed by now wakes those who would be told in the morning.
drop trigger incident_changed on incident;
create trigger incident_changed after update on incident for each row
  when (old.severity is distinct from new.severity or old.status is distinct from new.status
    or old.verdict is distinct from new.verdict or old.owner is distinct from new.owner
    or old.stands is distinct from new.stands or (new.pressing and not old.pressing))
  execute function note_incident_change();
